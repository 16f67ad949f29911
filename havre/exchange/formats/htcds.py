"""HTCDS 2.0 in tables: one row a person and case, its field names as columns, `reference` if the office has one.

Read and checked without a database. Multiselect cells join codes with ';'. An empty cell means "not recorded".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Any, BinaryIO

from havre.exchange.formats import cells
from havre.exchange.formats.faults import LISTED, Fault, Sentence, _
from havre.exchange.formats.fields import REFERENCE, Field, belongs, fields, named
from havre.exchange.formats.sentences import CELLS
from havre.exchange.formats.table import Header, Merged, Row, Unreadable, table
from havre.exchange.formats.writing import write
from havre.kernel.vocabularies import load

__all__ = [
    "LISTED",
    "REFERENCE",
    "Fault",
    "Field",
    "Reading",
    "Record",
    "Sentence",
    "fields",
    "texts",
    "write",
]
REFERENCE_LENGTH, TITLE_LENGTH = 80, 300
UNKNOWN = _("no field of HTCDS 2.0; rename the column, or take it away")
MEANT = _("no field of HTCDS 2.0; is it %(near)s?")
TWICE = _("this column stands twice; take one away")
TITLE = _("a title is longer than %(most)d characters; shorten it")
NOBODY = _("no column says who a row is about; add prs_FirstName and prs_SecondName, or reference")
NO_HEADER = _("no column of HTCDS 2.0 in the header; name the columns as the standard does, such as prs_FirstName")
NO_PERSON = _("no person stands below the header; export the register again")
WIDTH = _(
    "cells in this row: %(cells)d, in the header: %(columns)d; check separators and quotation marks, "
    "or save the register as a workbook (.xlsx)"
)
SAME = _("the same as in row %(row)d; each person has one of their own")
MERGED = _("cells are merged here; part them and fill each")


@dataclass
class Record:
    """What one row says: values by field, empty cells left out."""

    row: int
    reference: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)  # what stands in columns that are none of the standard


@dataclass
class Column:
    """A column: its place from 0, its name, what reads its cells, and whether it is none of the standard."""

    place: int
    name: str
    read: cells.Read
    outside: bool = False


class Reading:
    """A register read once from its top, whatever its format: its sound records, and the faults of the others."""

    def __init__(self, file: BinaryIO, today: date, passed: Callable[[int], None] = lambda size: None) -> None:
        self._file, self._today, self._passed = file, today, passed
        self.header = 0  # its row
        self.records = 0
        self.outside: list[str] = []  # columns that are not of the standard
        self.faults: list[Fault] = []
        self.more = 0  # faults beyond those listed
        self._kind, self._width, self._columns = "", 0, list[Column]()
        self._references: dict[str, int] = {}  # reference to row

    @property
    def columns(self) -> list[str]:
        """The columns of the standard that the file has."""
        return [each.name for each in self._columns if not each.outside]

    def __iter__(self) -> Iterator[Record]:
        """The records of the rows without a fault; what is wrong stands in `faults` at the end."""
        try:
            yield from self._sound()
        except Unreadable as refused:
            self._add(Fault(refused.row, "", refused.sentence))
        if not self.records and not self.faults:
            self._add(Fault(0, "", Sentence(NO_PERSON)))

    def _add(self, *faults: Fault) -> None:
        room = LISTED - len(self.faults)
        self.faults += faults[:room]
        self.more += len(faults[room:])

    def _sound(self) -> Iterator[Record]:
        for each in table(self._file, self._passed):
            if isinstance(each, Row):
                self.records += 1
                faults, record = self._record(each)
                self._add(*faults)
                if not faults:
                    yield record
            elif isinstance(each, Merged):
                self._add(*self._parted(each))
            elif not self._understood(each):
                return

    def _understood(self, header: Header) -> bool:
        """Takes the columns of the header; False when one of them is at fault."""
        self.header, self._kind, self._width = header.row, header.kind, len(header.titles)
        names = [named(title) for title in header.titles]
        known = {**fields(), REFERENCE: Field(REFERENCE, "line")}
        faults = _wrong_titles(header.row, names, known)
        self._add(*faults)
        for place, name in enumerate(names):
            self._columns.append(self._column(place, name, known.get(name)))
        self.outside = [each.name for each in self._columns if each.outside and names[each.place]]
        return not faults

    def _column(self, place: int, name: str, known: Field | None) -> Column:
        if known is None:
            # By its letter where it has no title, or the title of another.
            twice = any(each.name == name for each in self._columns)
            unlike = f"{name} ({letters(place)})".strip() if twice or not name else name
            return Column(place, unlike, cells.outside, outside=True)
        if name == REFERENCE:
            return Column(place, name, partial(cells.reference, most=REFERENCE_LENGTH))
        return Column(place, name, cells.reader(known.kind, name, self._today))

    def _record(self, row: Row) -> tuple[list[Fault], Record]:
        record, faults = Record(row.number), list[Fault]()
        if len(row.cells) > len(self._columns) and self._kind != "csv":
            self._columns += [self._column(place, "", None) for place in range(len(self._columns), len(row.cells))]
        if len(row.cells) != self._width and (self._kind == "csv" or len(row.cells) < self._width):
            values = {"cells": len(row.cells), "columns": self._width}
            return [Fault(row.number, "", Sentence(WIDTH, values))], record
        for column, cell in zip(self._columns, row.cells, strict=False):
            if row.wrong and (code := row.wrong.get(column.place)):
                faults.append(Fault(row.number, column.name, Sentence(CELLS.get(code, CELLS["error"]))))
            elif cell.strip():
                try:
                    self._keep(record, column, cell)
                except cells.BadCell as bad:
                    faults.append(Fault(row.number, column.name, bad.sentence))
        record.reference = record.values.pop(REFERENCE, "")
        return faults + self._twice(record), record

    def _keep(self, record: Record, column: Column, cell: str) -> None:
        value = column.read(cell)
        if column.outside:
            record.outside[column.name] = value
            if column.name not in self.outside:
                self.outside.append(column.name)
        elif value not in ("", []):
            record.values[column.name] = value

    def _twice(self, record: Record) -> list[Fault]:
        first = self._references.setdefault(record.reference, record.row) if record.reference else record.row
        return [] if first == record.row else [Fault(record.row, REFERENCE, Sentence(SAME, {"row": first}))]

    def _parted(self, merged: Merged) -> list[Fault]:
        """A fault where more than one cell that we read is merged into one: only the first would have a value."""
        touched = [each for each in self._columns[: self._width] if merged.column <= each.place <= merged.last_column]
        if not touched or (len(touched) == 1 and merged.row == merged.last_row):
            return []
        return [Fault(max(merged.row, self.header + 1), touched[0].name, Sentence(MERGED))]


def _wrong_titles(row: int, names: Sequence[str], known: dict[str, Field]) -> list[Fault]:
    """What is wrong with the columns, one line each."""
    faults = [
        Fault(row, name, Sentence(TWICE)) for name in dict.fromkeys(names) if name in known and names.count(name) > 1
    ]
    for name in names:
        if name not in known and belongs(name):
            near = get_close_matches(name[:100], known, n=1)
            faults.append(Fault(row, name[:100], Sentence(MEANT, {"near": near[0]}) if near else Sentence(UNKNOWN)))
    faults += [
        Fault(row, name[:40], Sentence(TITLE, {"most": TITLE_LENGTH})) for name in names if len(name) > TITLE_LENGTH
    ]
    if not faults and not set(names) & fields().keys():
        return [Fault(row, "", Sentence(NO_HEADER))]
    if not faults and REFERENCE not in names and not any(name.startswith("prs_") for name in names):
        return [Fault(row, "", Sentence(NOBODY))]
    return faults


def letters(place: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        name, place = chr(65 + letter) + name, place - 1
    return name


def texts(record: Record, *, strict: bool = False) -> dict[str, str]:
    """The inverse of reading: the cells of a record as HTCDS writes them, fields without a value left out.

    `strict` gives local codes as those of the standard they stand for (SPEC 2.5); deprecated fields are never written.
    """
    said = {REFERENCE: record.reference} if record.reference else {}
    for name, value in record.values.items():
        known = fields()[name]
        if not known.deprecated:
            codes = _standard(name, value) if strict and known.kind in ("code", "codes") else value
            said[name] = cells.written(codes, known.kind)
    return said


def _standard(name: str, value: str | list[str]) -> str | list[str]:
    rows = {row["code"]: row.get("export_as") or row["code"] for row in load(name).rows}
    if isinstance(value, str):
        return rows.get(value, value)
    return list(dict.fromkeys(rows.get(code, code) for code in value))
