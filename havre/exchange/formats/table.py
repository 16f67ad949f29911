"""A table in a file, read by a process that can do nothing else; whatever is wrong with the file is one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from havre.exchange.formats.faults import Sentence
from havre.exchange.formats.sentences import FILES
from havre.platform import sandbox
from havre.platform.sandbox import Passed

READER = "havre.exchange.formats.sandbox"


class Unreadable(Exception):
    """The file cannot be read as a table: at which row (0: the whole of it), why, and what to do."""

    def __init__(self, row: int, sentence: Sentence | str) -> None:
        super().__init__(row)
        self.row, self.sentence = row, sentence


@dataclass
class Row:
    """The cells of a row, and the codes of those that cannot be read, by their place."""

    number: int
    cells: list[str]
    wrong: dict[int, str]


@dataclass
class Merged:
    """Cells that are one: their rows and their columns, counted from 0."""

    row: int
    last_row: int
    column: int
    last_column: int


@dataclass
class Header:
    """The titles of the columns, and whether a cell can slip into another (`csv`) or not (`xlsx`)."""

    row: int
    titles: list[str]
    kind: str


def table(file: BinaryIO, passed: Passed) -> Iterator[Header | Row | Merged]:
    """The header, then each row that holds something; Unreadable where the file ends otherwise."""
    for line in lines(file, passed):
        try:
            each = json.loads(line)
            if isinstance(each, list):
                yield _row(*each)
            elif "end" in each:
                return
            elif "refused" in each:
                raise unreadable(*each["refused"])
            elif "heavy" in each:
                raise unreadable(each["heavy"], "heavy", {})
            elif "merged" in each:
                yield Merged(*(int(number) for number in each["merged"]))
            else:
                yield Header(int(each["header"][0]), _texts(each["header"][1]), str(each["kind"]))
        except (ValueError, TypeError, LookupError, RecursionError):
            raise unreadable(0, "failed", {"kind": "line"}) from None
    raise AssertionError  # `lines` ends in no other way


def _row(number: Any, cells: Any, wrong: Any = ()) -> Row:
    return Row(int(number), _texts(cells), {int(place): str(code) for place, code in wrong} if wrong else {})


def _texts(cells: Any) -> list[str]:
    if type(cells) is not list or not all(type(cell) is str for cell in cells):
        raise ValueError
    return cells


def unreadable(row: Any, code: str, values: dict[str, Any]) -> Unreadable:
    said = {name: value if isinstance(value, int) else str(value)[:400] for name, value in values.items()}
    return Unreadable(int(row), Sentence(FILES[code], said))


def lines(file: BinaryIO, passed: Passed, reader: str = READER) -> Iterator[bytes]:
    """What the process that reads says; Unreadable where it ended otherwise than it should."""
    try:
        yield from sandbox.lines(file, reader, passed)
    except sandbox.Ended as ended:
        values = {"kind": "line"} if ended.code == "line" else {}
        raise unreadable(0, "failed" if values else ended.code, values) from None
