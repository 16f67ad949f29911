"""The process that reads: a PDF gives its pages, BibTeX and CSL-JSON their entries; one line of JSON each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused

HEAVIEST = 4_000_000  # bytes of a line


def main(file: BinaryIO, out: BinaryIO) -> None:
    """Reads the file to its end, or says in a last line why not."""
    limits.grow_no_further()
    try:
        for each in _read(file):
            out.write(_line(each))
            out.flush()
        last: dict[str, Any] = {"end": True}
    except Refused as refused:
        last = {"refused": [refused.row, refused.code, refused.values]}
    except (MemoryError, RecursionError):
        last = {"refused": [0, "memory", {}]}
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception as error:
        # Only its kind: the text of an error could repeat a value.
        last = {"refused": [0, "failed", {"kind": type(error).__name__}]}
    out.write(_line(last))
    out.flush()


def _read(file: BinaryIO) -> Iterator[Any]:
    start = file.read(8)
    if start.startswith(b"%PDF-"):
        from havre.knowledge.library.sandbox import pdf

        yield from pdf.pages(start, file)
    else:
        from havre.knowledge.library.sandbox import entries

        yield from entries.entries(start, file)


def _line(each: Any) -> bytes:
    line = json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
    if len(line) > HEAVIEST:
        raise Refused("heavy", each.get("line", 0) if isinstance(each, dict) else 0)
    return line


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
