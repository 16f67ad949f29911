"""HTCDS 2.0 in tables: one row a person and case, its field names as columns, `reference` if the office has one.

Read and checked without a database. Multiselect cells join codes with ';'. An empty cell means "not recorded".
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, Literal

import xlsxwriter

from havre.exchange.formats import cells
from havre.exchange.formats.table import Unreadable, rows

REFERENCE, REFERENCE_LENGTH = "reference", 80
# The XLSForm of the toolkit names these otherwise (SPEC 2.5).
ALSO = {
    "prs_First_Name": "prs_FirstName",
    "prs_Second_Name": "prs_SecondName",
    "vic_Methods_of_Control": "vic_MethodsOfControl",
}
LISTED = 1000
KEPT, DEPRECATED, OUTSIDE = "yes", "deprecated", "outside"
TITLE_LENGTH = 300


@dataclass(frozen=True)
class Field:
    """A field of the standard: how its cells are read, and whether they are kept."""

    name: str
    kind: str
    kept: str


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where, and what to do."""

    row: int
    column: str
    sentence: object

    def at(self, name: str) -> str:
        """The fault as one line."""
        where = f"{name}:{self.row}" if self.row else name
        return ": ".join(filter(None, [where, self.column, str(self.sentence)]))


@dataclass
class Record:
    """What one row says: values by field, empty cells left out."""

    row: int
    reference: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)  # what stands in columns that are none of the standard


@cache
def fields() -> dict[str, Field]:
    """Every field of the standard by its name."""
    with (Path(__file__).parent / "htcds_fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["field"]: Field(row["field"], row["kind"], row["kept"]) for row in csv.DictReader(file)}


class Reading:
    """A register read once from its top, whatever its format: its sound records, and the faults of the others."""

    def __init__(self, file: BinaryIO, today: date, passed: Callable[[int], None] = lambda size: None) -> None:
        self._file, self._today, self._passed = file, today, passed
        self.records = 0
        self.outside: list[str] = []  # columns that are not of the standard
        self.faults: list[Fault] = []
        self.more = 0  # faults beyond those listed
        self._references: dict[str, int] = {}  # reference to row

    def __iter__(self) -> Iterator[Record]:
        """The records of the rows without a fault; what is wrong stands in `faults` at the end."""
        try:
            yield from self._sound()
        except Unreadable as refused:
            self._add(Fault(refused.row, "", refused.sentence))
        if not self.records and not self.faults:
            self._add(Fault(0, "", "no person stands below the header; export the register again"))

    def _add(self, *faults: Fault) -> None:
        room = LISTED - len(self.faults)
        self.faults += faults[:room]
        self.more += len(faults[room:])

    def _sound(self) -> Iterator[Record]:
        lines = rows(self._file, self._passed)
        _row, titles = next(lines, (1, []))
        columns = _columns([title.strip() for title in titles])
        self.outside += [each.name for each in columns if each and each.kept == OUTSIDE]
        for number, row in lines:
            self.records += 1
            if len(row) != len(columns):
                many = f"{len(row)} cells where the header has {len(columns)}"
                self._add(Fault(number, "", f"{many}; check separators and quotation marks"))
                continue
            faults, record = _record(number, row, columns, self._today)
            if record.reference:
                first = self._references.setdefault(record.reference, number)
                if first != number:
                    same = f"the same as in row {first}; each person has one of their own"
                    faults.append(Fault(number, REFERENCE, same))
            self._add(*faults)
            if not faults:
                yield record


def _columns(titles: list[str]) -> list[Field | None]:
    """The field of each column, also of one that is none of the standard; nothing for one without a title."""
    named = [ALSO.get(title, title) for title in titles]
    twice = sorted({name for name in named if name and named.count(name) > 1})
    if twice:
        raise Unreadable(1, f"the column {twice[0]} stands twice; take one away")
    known = {**fields(), REFERENCE: Field(REFERENCE, "line", KEPT)}
    prefixes = {name.partition("_")[0] for name in fields()}
    for name in named:
        if name not in known and "_" in name and name.partition("_")[0] in prefixes:
            near = get_close_matches(name, known, n=1)
            raise Unreadable(
                1, f"{name} is no field of HTCDS 2.0; {f'is it {near[0]}?' if near else 'rename it or take it away'}"
            )
    if not set(named) & fields().keys():
        raise Unreadable(
            1, "no column of HTCDS 2.0 in the header; name the columns as the standard does, such as prs_FirstName"
        )
    if any(len(name) > TITLE_LENGTH for name in named):
        raise Unreadable(1, f"a title is longer than {TITLE_LENGTH} characters; shorten it")
    return [known.get(name) or (Field(name, "words", OUTSIDE) if name else None) for name in named]


def _record(number: int, row: list[str], columns: list[Field | None], today: date) -> tuple[list[Fault], Record]:
    faults, record = [], Record(number)
    for cell, column in zip(row, columns, strict=True):
        if column is None or not cell.strip(" \u00a0\n"):
            continue
        try:
            value = cells.read(cell, column.kind, column.name, today)
            if column.name == REFERENCE:
                record.reference = _reference(value)
            elif column.kept == OUTSIDE:
                record.outside[column.name] = value
            elif value not in ("", []):
                record.values[column.name] = value
        except cells.BadCell as bad:
            faults.append(Fault(number, column.name, str(bad)))
    return faults, record


def _reference(value: str) -> str:
    if len(value) > REFERENCE_LENGTH:
        raise cells.BadCell(f"longer than {REFERENCE_LENGTH} characters; shorten it")
    return value


def texts(record: Record, *, strict: bool = False) -> dict[str, str]:
    """The inverse of reading: the cells of a record as HTCDS writes them, fields without a value left out."""
    written = {REFERENCE: record.reference} if record.reference else {}
    for name, value in record.values.items():
        if fields()[name].kept != DEPRECATED:
            written[name] = _text(value)
    return written


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(_text(each) for each in value) if isinstance(value, list) else str(value)


def write(
    records: Iterable[dict[str, str]], columns: Sequence[str], out: BinaryIO, kind: Literal["csv", "xlsx"]
) -> int:
    """Writes the cells of the records below a header, and says how many there were."""
    return _write_csv(records, columns, out) if kind == "csv" else _write_xlsx(records, columns, out)


def _write_csv(records: Iterable[dict[str, str]], columns: Sequence[str], out: BinaryIO) -> int:
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    many = 0
    for each in records:
        writer.writerow([each.get(column, "") for column in columns])
        many += 1
    text.detach()
    return many


def _write_xlsx(records: Iterable[dict[str, str]], columns: Sequence[str], out: BinaryIO) -> int:
    many = 0
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("HTCDS")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column)
        for each in records:
            many += 1
            for place, column in enumerate(columns):
                if cell := each.get(column, ""):
                    sheet.write_string(many, place, cell)
    return many
