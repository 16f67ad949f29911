"""A directory in tables: an archive of one CSV per entity, or a workbook of one sheet each."""

from __future__ import annotations

import codecs
import json
import posixpath
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from havre.exchange.formats.sandbox.header import trimmed
from havre.exchange.hsds.schema import ENTITIES, values
from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused
from havre.platform.sandbox.sheet.package import Package, broken_is_refused
from havre.platform.sandbox.sheet.text import Whole
from havre.platform.sandbox.sheet.text import rows as of_text
from havre.platform.sandbox.sheet.workbook import Workbook

LOOKED_AT, LARGEST = 20, 500_000_000  # rows in which the header stands; bytes of a table
DESCRIBED = "datapackage.json"
Cells = tuple[int, list[str], list[tuple[int, str]]]


class Archive(Package):
    """A tabular data package, or a workbook."""

    packed, unpacked = 120_000_000, LARGEST

    def _a_workbook(self) -> None:
        pass


class Sheets(Workbook):
    """A workbook whose sheets are entities."""

    archive = Archive

    def __init__(self, file: bytes) -> None:
        super().__init__(file)
        self.tables = {name.strip().lower().replace(" ", "_"): name for name in self.sheets}


def rows(start: bytes, file: BinaryIO) -> Iterator[Any]:
    """Headers, rows and merged cells of all tables, those that others hang on first."""
    for name in ("cp437", "utf-8", "utf-8-sig", "utf-16"):  # names in archives, text, and what XML may be written in
        codecs.lookup(name)
    limits.lock("hsds")
    packed = start + file.read(Archive.packed)
    archive = Archive(packed)
    return _of_workbook(packed) if "[Content_Types].xml" in archive.names else _of_archive(archive)


def _of_workbook(packed: bytes) -> Iterator[Any]:
    book = Sheets(packed)
    known = [(entity, book.tables[entity]) for entity in ENTITIES if entity in book.tables]
    _some(known)
    for entity, sheet in known:
        yield from _table(entity, sheet, book.rows(sheet))
        for each in book.merged:
            yield {"merged": [each.row, each.last_row, each.column, each.last_column]}


def _of_archive(archive: Archive) -> Iterator[Any]:
    if "mimetype" in archive.names:
        raise Refused("ods")
    described = _described(archive)
    known = [(entity, described[entity]) for entity in ENTITIES if entity in described]
    _some(known)
    for entity, name in known:
        with broken_is_refused(), archive.open(name) as part:
            rows = of_text(Whole(b"", part, LARGEST))  # type: ignore[arg-type]
            told: Iterator[Cells] = ((number, cells, []) for number, cells in rows)
            yield from _table(entity, posixpath.basename(name), told)


def _described(archive: Archive) -> dict[str, str]:
    """The part that holds the table of each entity: named so, or called so by the description of the package."""
    found = {}
    for name in archive.names:
        stem, kind = posixpath.splitext(posixpath.basename(name))
        if kind.lower() == ".csv" and not name.startswith("__MACOSX"):
            found[stem.lower()] = name
    for name in archive.names:
        if posixpath.basename(name) == DESCRIBED:
            found |= _resources(archive, name)
    return found


def _resources(archive: Archive, name: str) -> dict[str, str]:
    with archive.open(name) as part:
        told = part.read(5_000_000)
    try:
        every = json.loads(told)["resources"]
        pairs = [(str(each["name"]), posixpath.join(posixpath.dirname(name), str(each["path"]))) for each in every]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise _within(Refused("described"), DESCRIBED) from None
    return {entity: path for entity, path in pairs if path in archive.names}


def _some(known: list[tuple[str, str]]) -> None:
    if not known:
        raise Refused("no_table")


def _table(entity: str, part: str, source: Iterable[Cells]) -> Iterator[Any]:
    """The header of a table, and its rows."""
    source, first = iter(source), list[Cells]()
    try:
        for row in source:
            first.append(row)
            if len(first) == LOOKED_AT:
                break
        if not first:
            return
        header = max(first, key=lambda row: _strength(entity, row[1]))
        if not _strength(entity, header[1]):
            raise Refused("no_column", first[0][0])
        titles = [each.strip() for each in trimmed(header[1])]
        yield {"table": [entity, part, header[0], titles]}
        for rest in (first, source):
            for number, cells, wrong in rest:
                if number > header[0]:
                    yield [number, trimmed(cells), wrong]
    except Refused as refused:
        raise _within(refused, part) from None


def _strength(entity: str, cells: list[str]) -> int:
    return sum(each.strip() in values(entity) for each in cells[:1000])


def _within(refused: Refused, part: str) -> Refused:
    vars(refused).setdefault("part", part)
    return refused
