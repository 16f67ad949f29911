"""Text files as agencies have them: UTF-8 with or without a mark, commas, semicolons or tabs, plain or gzipped."""

from __future__ import annotations

import codecs
import csv
import gzip
import re
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

from havre.workbench.progress import CHECKING, Passed, quiet
from havre.workbench.refusal import refuse

PACKED = 10  # times that a table is longer than its archive, about
DELIMITERS = ",;\t"
MARKS = {
    b"PK\x03\x04": "this is a workbook or an archive, not CSV; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "this is an old workbook, not CSV; save the sheet as CSV UTF-8",
    b"%PDF": "this is a PDF, not CSV; ask for the table as CSV UTF-8",
    b"\xff\xfe": "the text is UTF-16; save it as CSV UTF-8",
    b"\xfe\xff": "the text is UTF-16; save it as CSV UTF-8",
}
MONTHS = "jan|feb|fév|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|aoû|sep|oct|nov|dec|déc"
FINE_DATE = re.compile(
    r"\d{4}-\d{1,2}(-\d{1,2}([T ].*)?)?|\d{4}/\d{1,2}(/\d{1,2})?|\d{1,2}[/.]\d{1,2}[/.](\d{2}|\d{4})|\d{1,2}[/.]\d{4}"
    rf"|(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])|\d{{4}}[- ]?[QT][1-4]|(\d{{1,2}} )?({MONTHS})[^\W\d]*\.? \d{{4}}",
    re.IGNORECASE,
)


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked when its name ends in .gz."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def check_text(path: Path, passed: Passed = quiet) -> None:
    """Refuses what is not UTF-8 text, at its first wrong line; reads the file once, in blocks."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    line, read, size = 1, 0, path.stat().st_size * (PACKED if path.suffix == ".gz" else 1)
    try:
        with opened(path) as file:
            block = file.read(1 << 20)
            _check_start(path, block)
            while block:
                if b"\0" in block:
                    raise refuse(path, line, "this is not text; save the table as CSV UTF-8")
                decode(block)
                line += block.count(b"\n")
                read += len(block)
                passed(CHECKING, min(read, size), size)
                block = file.read(1 << 20)
            decode(b"", True)
    except UnicodeDecodeError as error:
        line += block[: error.start].count(b"\n")
        raise refuse(path, line, "not UTF-8 (Latin-1, perhaps); save the file as CSV UTF-8") from None
    except (OSError, EOFError) as error:
        raise refuse(path, 0, f"the file cannot be read ({type(error).__name__}); fetch or export it again") from None


def _check_start(path: Path, block: bytes) -> None:
    if not block.removeprefix(codecs.BOM_UTF8).strip():
        raise refuse(path, 0, "the file is empty; export it again")
    for mark, sentence in MARKS.items():
        if block.startswith(mark):
            raise refuse(path, 0, sentence)


def rows(path: Path, passed: Passed = quiet) -> Iterator[tuple[int, list[str]]]:
    """Each filled row with its line, the header first, cells without blanks around them; refuses what is not CSV."""
    check_text(path, passed)
    with opened(path) as stored, TextIOWrapper(stored, encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter_of(first), strict=True)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, [cell.strip() for cell in cells]
        except csv.Error as error:
            raise refuse(path, reader.line_num, f"not CSV ({error}); check the quotation marks") from None


def delimiter_of(header: str) -> str:
    """What separates the cells: where a comma is a decimal sign, spreadsheets write semicolons."""
    return max(DELIMITERS, key=header.count)


def finer_than_a_year(value: str) -> bool:
    """Whether a value is a date, a month or a quarter."""
    return FINE_DATE.fullmatch(value) is not None
