"""A table in a text file, row by row; whatever is wrong with the file as a whole is one sentence."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import BinaryIO

LARGEST = 200_000_000  # bytes: a register of 100,000 people takes a third of it
DELIMITERS = ",;\t"
MARKS = {
    b"PK\x03\x04": "this is a workbook or an archive, not CSV; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "this is an old workbook, not CSV; save the sheet as CSV UTF-8",
    b"%PDF": "this is a PDF, not CSV; ask for the register as CSV UTF-8",
    b"\xff\xfe": "the text is UTF-16; save it as CSV UTF-8",
    b"\xfe\xff": "the text is UTF-16; save it as CSV UTF-8",
}


class Unreadable(Exception):
    """The file cannot be read as a table: at which row (0: the whole of it), why, and what to do."""

    def __init__(self, row: int, sentence: str) -> None:
        super().__init__(sentence)
        self.row, self.sentence = row, sentence


def check(file: BinaryIO) -> None:
    """Refuses what is no CSV text at all; the file stands at its top again."""
    start, size = file.read(4096), file.seek(0, 2)
    file.seek(0)
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        raise Unreadable(0, "the file is empty; export the register again")
    if size > LARGEST:
        raise Unreadable(0, f"the file is larger than {LARGEST // 1_000_000} MB; split it")
    for mark, sentence in MARKS.items():
        if start.startswith(mark):
            raise Unreadable(0, sentence)
    if b"\0" in start:
        raise Unreadable(0, "this is not text; save the register as CSV UTF-8")


def rows(file: BinaryIO, passed: Callable[[int], None] = lambda size: None) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number as a spreadsheet shows it, the header first; `passed` hears how many bytes are read."""
    check(file)
    number = 0
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        delimiter = _delimiter(text.readline())
        text.seek(0)
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
            if number % 100 == 0:
                passed(file.tell())  # the text itself cannot tell while it is read line by line
            if any(cell.strip() for cell in cells):
                yield number, cells
    except UnicodeDecodeError:
        raise Unreadable(_first_foreign(file), "not UTF-8 (Latin-1, perhaps); save the file as CSV UTF-8") from None
    except csv.Error as error:
        raise Unreadable(
            number + 1, f"not CSV ({error}); check the quotation marks, or export the register again"
        ) from None
    finally:
        text.detach()


def _delimiter(header: str) -> str:
    """What separates the cells: where a comma is a decimal sign, spreadsheets write semicolons."""
    return max(DELIMITERS, key=header.count)


def _first_foreign(file: BinaryIO) -> int:
    file.seek(0)
    for number, line in enumerate(file, start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 0
