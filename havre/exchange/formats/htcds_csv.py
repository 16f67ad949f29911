"""HTCDS 2.0 as CSV: one row a person and case, the core field names as columns, and `reference` if the office has one.

Read and checked without a database. Multiselect cells join codes with ';'. An empty cell means "not recorded".
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

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
KEPT, DEPRECATED = "yes", "deprecated"


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
    sentence: str

    def at(self, path: Path) -> str:
        """The fault as one line."""
        return ": ".join(filter(None, [f"{path}:{self.row}" if self.row else str(path), self.column, self.sentence]))


@dataclass
class Record:
    """What one row says: values by field, empty cells left out."""

    row: int
    reference: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Checked:
    """What reading the whole file found."""

    records: int = 0
    faults: list[Fault] = field(default_factory=list)
    more: int = 0  # faults beyond those listed
    references: dict[str, int] = field(default_factory=dict)  # reference to row
    outside: list[str] = field(default_factory=list)  # columns that are not of the standard

    def add(self, fault: Fault) -> None:
        """Lists the fault, or counts it."""
        if len(self.faults) < LISTED:
            self.faults.append(fault)
        else:
            self.more += 1


@cache
def fields() -> dict[str, Field]:
    """Every field of the standard by its name."""
    with (Path(__file__).parent / "htcds_fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["field"]: Field(row["field"], row["kind"], row["kept"]) for row in csv.DictReader(file)}


def check(path: Path, today: date, passed: Callable[[int], None] = lambda size: None) -> Checked:
    """Reads the whole file and keeps nothing of it but what is wrong."""
    found = Checked()
    try:
        for each in _read(path, today, found.outside, passed):
            if isinstance(each, Fault):
                found.add(each)
                continue
            found.records += 1
            if not each.reference:
                continue
            first = found.references.setdefault(each.reference, each.row)
            if first != each.row:
                found.add(Fault(each.row, REFERENCE, f"the same as in row {first}; each person has one of their own"))
    except Unreadable as refused:
        found.add(Fault(refused.row, "", refused.sentence))
    if not found.records and not found.faults:
        found.add(Fault(0, "", "no person stands below the header; export the register again"))
    return found


def records(path: Path, today: date) -> Iterator[Record]:
    """The records of a file that was checked; Unreadable when it changed since."""
    for each in _read(path, today, [], lambda size: None):
        if isinstance(each, Fault):
            raise Unreadable(each.row, "the file changed while it was read; start again")
        yield each


def _read(path: Path, today: date, outside: list[str], passed: Callable[[int], None]) -> Iterator[Record | Fault]:
    lines = rows(path, passed)
    _row, titles = next(lines, (1, []))
    columns = _columns([title.strip() for title in titles])
    outside += [title for title, each in zip(titles, columns, strict=True) if each is None and title.strip()]
    for number, row in lines:
        if len(row) != len(columns):
            yield Fault(
                number,
                "",
                f"{len(row)} cells where the header has {len(columns)}; check separators and quotation marks",
            )
            continue
        faults, record = _record(number, row, columns, today)
        yield from faults
        yield record


def _columns(titles: list[str]) -> list[Field | None]:
    """The field of each column, or nothing for a column that is not of the standard."""
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
    return [known.get(name) for name in named]


def _record(number: int, row: list[str], columns: list[Field | None], today: date) -> tuple[list[Fault], Record]:
    faults, record = [], Record(number)
    for cell, column in zip(row, columns, strict=True):
        if column is None or not cell.strip(" \u00a0\n"):
            continue
        try:
            value = cells.read(cell, column.kind, column.name, today)
            if column.name == REFERENCE:
                record.reference = _reference(value)
            elif value not in ("", []):
                record.values[column.name] = value
        except cells.BadCell as bad:
            faults.append(Fault(number, column.name, str(bad)))
    return faults, record


def _reference(value: str) -> str:
    if len(value) > REFERENCE_LENGTH:
        raise cells.BadCell(f"longer than {REFERENCE_LENGTH} characters; shorten it")
    return value
