"""Rows of a text with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from havre.platform.sandbox.refused import Refused

Row = tuple[int, list[str]]
LARGEST = 200_000_000  # bytes: a register of 100,000 people takes a quarter of it
LONGEST_CELL = 16_000_000  # signs: beyond this a quotation mark was opened and never closed
DELIMITERS = ",;\t"
WORDS = re.compile(r"[^\W\d]+")
FOREIGN = re.compile("[\udc80-\udcff]")  # what Python reads a byte as that is no UTF-8


class Whole(io.RawIOBase):
    """A file from its top after its start was looked at; refused once it is larger than any register."""

    def __init__(self, start: bytes, rest: BinaryIO, largest: int = LARGEST) -> None:
        self.start, self.rest, self.size, self.largest = start, rest, 0, largest

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        piece, self.start = self.start or self.rest.read(len(room)), b""
        self.size += len(piece)
        if self.size > self.largest:
            raise Refused("large", megabytes=self.largest // 1_000_000)
        room[: len(piece)] = piece
        return len(piece)


class Lines:
    """Lines for csv; between two records those without content are skipped, ten millions of them if need be."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self.lines, self.nothing = lines, delimiter + " \t\r\n\u00a0"
        self.between, self.skipped = True, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        while self.between and not line.strip(self.nothing):
            self.skipped += 1
            line = next(self.lines)
        self.between = False
        if not line.isascii() and FOREIGN.search(line):
            raise Refused("latin")
        return line


def rows(file: io.RawIOBase, title: re.Pattern[str] = WORDS) -> Iterator[Row]:
    """Each row that holds something, with its number as a spreadsheet shows it."""
    csv.field_size_limit(LONGEST_CELL)
    with io.BufferedReader(file, 1 << 16) as buffered:
        text = io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="surrogateescape", newline="")
        first = list(islice(text, 20))
        delimiter = _delimiter(first, title)
        yield from _records(Lines(chain(first, text), delimiter), delimiter)


def _records(lines: Lines, delimiter: str) -> Iterator[Row]:
    number = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.between = True
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Refused(_broken(str(error)), number + lines.skipped + 1) from None
        except Refused as refused:
            refused.row = refused.row or (number + lines.skipped + 1 if refused.code == "latin" else 0)
            raise
        if cells is None:
            return
        number += 1
        if any(cell.strip() for cell in cells):
            yield number + lines.skipped, cells


def _broken(error: str) -> str:
    return "unclosed" if "unexpected end" in error or "field larger" in error else "quotes"


def _delimiter(lines: list[str], title: re.Pattern[str]) -> str:
    """What separates the cells: where a comma is a decimal sign, spreadsheets write semicolons."""
    header = max(lines, key=lambda line: len(title.findall(line[:1_000_000])), default="")
    return max(DELIMITERS, key=header.count)
