"""A directory read once from its top, whatever its form: its rows as they stand, and what is wrong with the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, BinaryIO
from uuid import UUID

from havre.exchange.formats import sentences
from havre.exchange.formats.faults import LISTED, Fault, Sentence, _
from havre.exchange.formats.sentences import CELLS
from havre.exchange.formats.table import lines
from havre.kernel.guards import unguarded

from .schema import ENTITIES, values

READER = "havre.exchange.hsds.sandbox"
FILES = {
    **sentences.FILES,
    "large": _("the file is larger than %(megabytes)d MB; split it into several files"),
    "unpacked": _("the file unpacks to more than %(megabytes)d MB; split it into several files"),
    "bomb": _("the file unpacks to far more than a directory can be; pack it anew"),
    "neither": _(
        "neither HSDS JSON, nor a tabular data package (.zip), nor a workbook (.xlsx); a single CSV of HSDS "
        "belongs into a folder or .zip with the others"
    ),
    "json": _("not JSON from this line on; write the file anew"),
    "cut": _("the JSON ends before it is complete; write the file anew"),
    "deep": _("the JSON is nested too deeply here"),
    "element": _("one organisation of this file is larger than %(megabytes)d MB; split it"),
    "no_list": _("no list of organisations; HSDS JSON is a list of them, or an object with `organizations`"),
    "no_table": _("no table of HSDS 3.0 in it; name each after its entity, such as organization.csv and service.csv"),
    "described": _("datapackage.json cannot be understood; take it away, or write it anew"),
    "no_column": _("no column of this entity of HSDS 3.0 in the first rows"),
    "rows": _("more than %(most)d rows; split it into several files"),
    "latin": _("not UTF-8 (Latin-1, perhaps); save it as UTF-8"),
    "utf16": _("the text is UTF-16; save it as UTF-8"),
    "quotes": _("not CSV: signs stand after a closing quotation mark; check the quotation marks of this row"),
}
WRONG = {
    **CELLS,
    "nested": _("a single value is due here, not a list or an object"),
    "list": _("a list is due here"),
    "object": _("an object is due here"),
}
UNKNOWN = _("no field of HSDS 3.0; rename it, or take it away")
MEANT = _("no field of HSDS 3.0; is it %(near)s?")
TWICE = _("this column stands twice; take one away")
WIDTH = _("cells in this row: %(cells)d, in the header: %(columns)d; check separators and quotation marks")
MERGED = _("cells are merged here; part them and fill each")
NOTHING = _("no organisation stands in the file")
KNOWN = {entity: frozenset(values(entity)) for entity in ENTITIES}
DECODE = json.JSONDecoder().decode


@dataclass(frozen=True)
class At(Fault):
    """A fault and the part of the file it is in: a table of it, or where in a document."""

    part: str = ""

    def at(self, name: str) -> str:
        """The fault as one line, of a file of that name."""
        if "[" in self.part:
            return f"{name}: {self.part}: {self.column}: {self.sentence}"
        return Fault(self.row, self.column, self.sentence).at(f"{name}/{self.part}" if self.part else name)

    def stored(self) -> dict[str, Any]:
        """The fault as JSON holds it, with its part."""
        return {**super().stored(), "part": self.part}

    @classmethod
    def again(cls, stored: Mapping[str, Any]) -> At:
        """The fault that was stored."""
        return cls(**vars(Fault.again(stored)), part=stored.get("part", ""))


@dataclass
class Row:
    """A row of an entity as it stands in the file: where, and what it says, field by field."""

    part: str
    number: int
    entity: str
    values: dict[str, Any]
    wrong: Sequence[Any] = ()
    # Fields of ours, and what said each: a row, or an attribute by its place among those of this row.
    extension: dict[str, tuple[Any, Row | int]] = field(default_factory=dict)
    hangs: list[tuple[str, str, UUID | None]] = field(default_factory=list)  # by which field, on what entity, its id

    def fault(self, name: str, message: str, **said: str | int) -> At:
        """That something is wrong with a field."""
        column = f"{self.entity}.{name}" if name else self.entity
        return At(self.number, column, Sentence(message, said), self.part)

    def said_by(self, name: str) -> Row:
        """The row that said a field of ours."""
        found = self.extension[name][1]
        if isinstance(found, int):
            return Row(f"{self.part}.attributes[{found}]", self.number, "attribute", {})
        return found


@dataclass
class Table:
    """The table that is read at the moment."""

    entity: str
    part: str
    header: int
    names: list[str]


class Reading:
    """Reads a directory in a process that can do nothing else."""

    def __init__(self, file: BinaryIO, passed: Callable[[int], None] = lambda size: None) -> None:
        self._file, self._passed = file, passed
        self.faults: list[Fault] = []
        self.more = 0  # faults beyond those listed
        self.organizations = 0
        self._table = Table("", "", 0, [])
        self._known: set[tuple[str, tuple[str, ...]]] = set()

    def add(self, *faults: Fault) -> None:
        """Keeps faults, a thousand of them."""
        room = LISTED - len(self.faults)
        self.faults += faults[:room]
        self.more += len(faults[room:])

    def __iter__(self) -> Iterator[Row]:
        """The rows; what is wrong with their form stands in `faults` at the end."""
        for line in lines(self._file, self._passed, READER):
            try:
                each = DECODE(line.decode())
                if isinstance(each, dict):
                    if "end" in each or self._ended(each):
                        break
                    continue
                rows = [self._row(row) for row in (each if each and isinstance(each[0], list) else [each])]
            except (ValueError, TypeError, LookupError, RecursionError):
                self.add(At(0, "", Sentence(FILES["failed"], {"kind": "line"})))
                break
            for row in rows:
                if row.entity == "organization":
                    self.organizations += 1
                if not row.wrong or ["", "object"] not in row.wrong:
                    yield row
        if not self.organizations and not self.faults:
            self.add(Fault(0, "", Sentence(NOTHING)))

    def _ended(self, each: dict[str, Any]) -> bool:
        """Takes what is not a row; True where the reading ends with it."""
        if "refused" in each:
            row, code, said, part = each["refused"]
            said = {name: value if isinstance(value, int) else str(value)[:400] for name, value in said.items()}
            self.add(At(int(row), "", Sentence(FILES[code], said), str(part)[:100]))
            return True
        if "merged" in each:
            row, _last_row, first, last = (int(number) for number in each["merged"])
            touched = [name for at, name in enumerate(self._table.names) if first <= at <= last]
            if touched:
                self.add(At(row, f"{self._table.entity}.{touched[0]}", Sentence(MERGED), self._table.part))
            return False
        entity, part, header, names = each["table"]
        self._table = Table(_entity(entity), str(part)[:100], int(header), [str(name)[:100] for name in names])
        self._check_titles(self._table)
        return False

    def _check_titles(self, table: Table) -> None:
        for name in dict.fromkeys(table.names):
            if name and name not in values(table.entity):
                self.add(self._unknown(table.part, table.header, table.entity, name))
            elif name and table.names.count(name) > 1:
                self.add(At(table.header, f"{table.entity}.{name}", Sentence(TWICE), table.part))

    def _unknown(self, part: str, number: int, entity: str, name: str) -> Fault:
        near = get_close_matches(name[:100], values(entity), n=1)
        said = Sentence(MEANT, {"near": near[0]}) if near else Sentence(UNKNOWN)
        return At(number, f"{entity}.{name[:40]}", said, part)

    def _row(self, each: list[Any]) -> Row:
        if len(each) > 3:
            part, number, entity, told, wrong, *said = each
            row = Row(str(part), int(number), entity, told, wrong)
            if not KNOWN[entity].issuperset(told):
                unknown = told.keys() - KNOWN[entity]
                self.add(*(self._unknown(row.part, row.number, row.entity, name) for name in unknown))
            if said:
                row.extension = {name: (value, int(at)) for name, (at, value) in said[0].items()}
        else:
            row = self._of_table(*each)
        for name, code in row.wrong:
            self.add(row.fault(str(name)[:40], WRONG.get(code, WRONG["error"])))
        return row

    def _of_table(self, number: Any, cells: Any, wrong: Any) -> Row:
        table = self._table
        names = table.names
        if len(cells) > len(names):
            said = {"cells": len(cells), "columns": len(names)}
            self.add(At(int(number), table.entity, Sentence(WIDTH, said), table.part))
        told = {name: unguarded(cell) for name, cell in zip(names, cells, strict=False) if cell and name}
        bad = [(names[at] if at < len(names) else "", code) for at, code in wrong]
        return Row(table.part, int(number), table.entity, told, bad)


def _entity(name: Any) -> str:
    if name not in ENTITIES:
        raise ValueError(name)
    return str(name)
