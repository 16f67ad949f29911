"""The process that reads a table: `[row, cells, wrong]` for each row that holds something, `{"end": true}` last."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused
from havre.platform.sandbox.sheet import kinds

MOST_COLUMNS, LONGEST, LARGEST = 1000, 4000, 20_000_000  # cells of a row, signs of a cell, bytes of a text


def main(file: BinaryIO, out: BinaryIO) -> None:
    """Reads the file to its end, or says in a last line why not."""
    limits.grow_no_further()
    last: dict[str, Any] = {"end": True}
    try:
        for row, cells, wrong in _rows(file):
            out.write(_line([row, [each[:LONGEST] for each in cells[:MOST_COLUMNS]], wrong]))
    except Refused as refused:
        last = {"refused": [refused.row, refused.code, refused.values]}
    except MemoryError:
        last = {"refused": [0, "memory", {}]}
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception as error:
        # Only its kind: the text of an error could repeat a value.
        last = {"refused": [0, "failed", {"kind": type(error).__name__}]}
    out.write(_line(last))
    out.flush()


def _rows(file: BinaryIO) -> Iterator[tuple[int, list[str], Any]]:
    start = file.read(kinds.START)
    if start.startswith(kinds.OLE):
        raise Refused(kinds.ole(start + file.read(LARGEST)))
    return {"csv": _text, "xlsx": _workbook}[kinds.kind(start)](start, file)


def _text(start: bytes, file: BinaryIO) -> Iterator[tuple[int, list[str], Any]]:
    from havre.platform.sandbox.sheet.text import Whole, rows

    codecs.lookup("utf-8-sig")
    limits.lock("csv")
    for row, cells in rows(Whole(start, file, LARGEST)):
        yield row, cells, []


def _workbook(start: bytes, file: BinaryIO) -> Iterator[tuple[int, list[str], Any]]:
    from havre.platform.sandbox.sheet.package import PACKED
    from havre.platform.sandbox.sheet.workbook import Workbook

    for name in ("cp437", "utf-8", "utf-16"):  # names in archives, and what XML may be written in
        codecs.lookup(name)
    limits.lock("xlsx")
    book = Workbook(start + file.read(PACKED))
    for sheet in list(book.sheets)[:1]:
        yield from book.rows(sheet)


def _line(each: Any) -> bytes:
    return json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
