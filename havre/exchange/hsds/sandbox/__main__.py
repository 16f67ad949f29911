"""The process that reads: a directory comes in, plain rows go out, one line of JSON each."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from havre.exchange.hsds import schema
from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused
from havre.platform.sandbox.sheet import kinds

MOST = 1_500_000  # rows: 100,000 services with all that hangs on them have half of it
MOST_SAID = 10 * MOST  # with the attributes, of which a service may have a dozen
SAID = ("attribute", "metadata")
TOGETHER = 32  # rows in a line
LONGEST = 40_002  # signs of a value handed on: more than twice what is kept


def main(file: BinaryIO, out: BinaryIO) -> None:
    """Reads the file to its end, or says in a last line why not."""
    limits.grow_no_further()
    try:
        for some in _together(_counted(_read(file))):
            out.write(some)
        last: dict[str, Any] = {"end": True}
    except Refused as refused:
        last = {"refused": [refused.row, refused.code, refused.values, getattr(refused, "part", "")]}
    except MemoryError:
        last = {"refused": [0, "memory", {}, ""]}
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception as error:
        # Only its kind: the text of an error could repeat a value.
        last = {"refused": [0, "failed", {"kind": type(error).__name__}, ""]}
    out.write(_line(last))
    out.flush()


def _counted(lines: Iterator[Any]) -> Iterator[Any]:
    """The lines, as long as they are no more than a directory has."""
    many = said = 0
    entity = ""
    for each in lines:
        if isinstance(each, dict):
            entity = each["table"][0] if "table" in each else entity
        elif (each[2] if len(each) > 3 else entity) in SAID:
            said += 1
        else:
            many += 1
            said += len(each[5]) if len(each) > 5 else 0
        if many > MOST or said > MOST_SAID:
            raise Refused("rows", most=MOST)
        yield each


def _read(file: BinaryIO) -> Iterator[Any]:
    start = file.read(kinds.START)
    if start.startswith(kinds.OLE):
        raise Refused(kinds.ole(start + file.read(20_000_000)))
    for entity in schema.ENTITIES:  # no file can be opened later
        schema.fields(entity)
    if kinds.kind(start) == "xlsx":
        from havre.exchange.hsds.sandbox.tables import rows as of_archive

        return of_archive(start, file)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        raise Refused("neither")
    from havre.exchange.hsds.sandbox.nested import rows as of_document
    from havre.platform.sandbox.sheet.text import Whole

    codecs.lookup("utf-8-sig")
    limits.lock("hsds")
    return of_document(Whole(start, file, largest=1_000_000_000))


def _together(lines: Iterator[Any]) -> Iterator[bytes]:
    """Some rows in one line; each in its own where a value may be too long."""
    some: list[Any] = []
    for each in lines:
        if isinstance(each, dict):
            yield from _several(some)
            some = []
            yield _line(each)
        else:
            some.append(each)
            if len(some) == TOGETHER:
                yield from _several(some)
                some = []
    yield from _several(some)


def _several(some: list[Any]) -> Iterator[bytes]:
    line = _told(some) if some else ""
    if len(line) < LONGEST:
        if some:
            yield line.encode("utf-8", "replace") + b"\n"
        return
    for each in some:
        yield _line(each)


_told = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _line(each: Any) -> bytes:
    line = _told(each)
    if len(line) > LONGEST and isinstance(each, list):
        line = _told(_shortened(each))
    return line.encode("utf-8", "replace") + b"\n"


def _shortened(each: list[Any]) -> list[Any]:
    """The row without the values that are longer than what can be kept, and which these are."""
    said = each[5:]
    *before, values, wrong = each[:5]
    titled = isinstance(values, dict)
    pairs = list(values.items() if titled else enumerate(values))
    long = [name for name, value in pairs if len(str(value)) > LONGEST]
    wrong = [*wrong, *([name, "long"] for name in long)]
    kept = {name: "" if name in long else value for name, value in pairs}
    for name, (at, value) in said[0].items() if said else ():
        said[0][name] = [at, value[:LONGEST] if isinstance(value, str) else value]
    return [*before, kept if titled else list(kept.values()), wrong, *said]


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
