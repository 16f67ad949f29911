"""The process that reads: a file comes in, rows of plain cells go out, one line of JSON each."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from havre.exchange.formats.fields import LIKE_A_FIELD
from havre.exchange.formats.sandbox.header import LOOKED_AT, MOST_COLUMNS, Row, find, trimmed
from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused
from havre.platform.sandbox.sheet import kinds

LONGEST = 40_002  # signs of a cell handed on: more than twice what is kept, since a line may end in two signs
HEAVIEST = 4_000_000  # bytes of a row
Lines = Iterator[Any]


def main(file: BinaryIO, out: BinaryIO) -> None:
    """Reads the file to its end, or says in a last line why not."""
    limits.grow_no_further()
    try:
        for each in _read(file):
            out.write(_line(each))
        last: dict[str, Any] = {"end": True}
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


def _read(file: BinaryIO) -> Lines:
    start = file.read(kinds.START)
    if start.startswith(kinds.OLE):
        raise Refused(kinds.ole(start + file.read(20_000_000)))
    return {"csv": _text, "xlsx": _workbook}[kinds.kind(start)](start, file)


def _text(start: bytes, file: BinaryIO) -> Lines:
    from havre.platform.sandbox.sheet.text import Whole, rows

    codecs.lookup("utf-8-sig")
    limits.lock("csv")
    source = rows(Whole(start, file), LIKE_A_FIELD)
    first: list[Row] = []
    for row in source:
        first.append(row)
        if len(first) == LOOKED_AT:
            break
    if not first:
        raise Refused("empty")
    number, titles = find(first) or (0, [])
    if not number:
        raise Refused("no_header", first[0][0])
    titles = _titles(number, titles)
    yield {"header": [number, titles], "kind": "csv"}
    for place, cells in chain(first, source):
        if place > number:
            yield [place, trimmed(cells, len(titles)), []]


def _workbook(start: bytes, file: BinaryIO) -> Lines:
    from havre.exchange.formats.sandbox.workbook import Workbook
    from havre.platform.sandbox.sheet.package import PACKED

    for name in ("cp437", "utf-8", "utf-16"):  # names in archives, and what XML may be written in
        codecs.lookup(name)
    limits.lock("xlsx")
    book = Workbook(start + file.read(PACKED))
    sheet, (number, titles) = book.header()
    titles = _titles(number, titles)
    yield {"header": [number, titles], "kind": "xlsx"}
    for row, cells, wrong in book.rows(sheet):
        if row > number:
            cells += [""] * (len(titles) - len(cells))
            yield [row, trimmed(cells, len(titles)), wrong]
    for each in book.merged:
        if each.last_row > number:
            yield {"merged": [each.row, each.last_row, each.column, each.last_column]}


def _titles(number: int, titles: list[str]) -> list[str]:
    titles = trimmed(titles)
    if len(titles) > MOST_COLUMNS:
        raise Refused("columns", number, most=MOST_COLUMNS)
    return titles


def _line(each: Any) -> bytes:
    if isinstance(each, list) and max(map(len, each[1]), default=0) > LONGEST:
        each = _shortened(*each)
    line = json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
    if len(line) > HEAVIEST:
        return _line({"heavy": each[0] if isinstance(each, list) else 0})
    return line


def _shortened(row: int, cells: list[str], wrong: list[tuple[int, str]]) -> list[Any]:
    cells = [cell.strip() if len(cell) > LONGEST else cell for cell in cells]
    long = [(place, "long") for place, cell in enumerate(cells) if len(cell) > LONGEST]
    return [row, [cell if len(cell) <= LONGEST else "" for cell in cells], [*wrong, *long]]


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
