"""HSDS in tables: the tabular data package (a CSV per entity, and what describes them) and a workbook."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Any, BinaryIO

from havre.exchange.formats.writing import LONGEST, TooLong
from havre.kernel.guards import guarded

from .leaving import Rows
from .mapping import columns
from .schema import ENTITIES, Field, links, values
from .told import Told, plain

DESCRIBED = "datapackage.json"
IN_MEMORY = 8_000_000  # bytes of a table, before it goes to a file without a name
# A telephone number may begin with + as it does everywhere: of digits and blanks no program makes more than a number.
DIALLED = re.compile(r"[+\d][\d\s().\-/]*", flags=re.ASCII)
TYPES = {"number": "number"}


def cells(entity: str, row: Told) -> list[str]:
    """The cells of a row."""
    return [_cell(name, row[name]) if name in row else "" for name in columns(entity)]


def _cell(name: str, value: Any) -> str:
    text = value if isinstance(value, str) else plain(value)
    return text if name == "number" and DIALLED.fullmatch(text) else guarded(text)


def write_package(batches: Iterable[Rows], free: Rows, out: BinaryIO) -> int:
    """Writes a .zip with a table of each entity that has rows, and says how many organizations are in it."""
    many = 0
    with ExitStack() as stack, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        tables: dict[str, tuple[IO[bytes], Any]] = {}
        for rows in _all(batches, free):
            many += len(rows.get("organization", ()))
            for entity, some in rows.items():
                if some and entity not in tables:
                    tables[entity] = _begun(stack, entity)
                if some:
                    tables[entity][1].writerows(cells(entity, each) for each in some)
        for entity in ENTITIES:
            if entity in tables:
                _kept(archive, entity, tables[entity][0])
        archive.writestr(DESCRIBED, json.dumps(described(tables), ensure_ascii=False, indent=1))
    return many


def _all(batches: Iterable[Rows], free: Rows) -> Iterator[Rows]:
    yield free
    yield from batches


def _begun(stack: ExitStack, entity: str) -> tuple[IO[bytes], Any]:
    file = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - the stack closes it
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    stack.callback(text.detach)
    writer = csv.writer(text)
    writer.writerow(columns(entity))
    return file, writer


def _kept(archive: zipfile.ZipFile, entity: str, file: IO[bytes]) -> None:
    file.seek(0)
    with archive.open(f"{entity}.csv", "w", force_zip64=True) as part:
        while piece := file.read(1 << 20):
            part.write(piece)


def described(entities: Iterable[str]) -> dict[str, Any]:
    """The description of a package: its tables, their fields and what they lead to."""
    there = [entity for entity in ENTITIES if entity in set(entities)]
    return {
        "profile": "tabular-data-package",
        "name": "hsds",
        "title": "Human Services Data Specification 3.0",
        "resources": [_resource(entity, there) for entity in there],
    }


def _resource(entity: str, there: list[str]) -> dict[str, Any]:
    known = [
        {"fields": name, "reference": {"resource": parent, "fields": "id"}}
        for name, parent in links(entity).items()
        if parent in there
    ]
    return {
        "profile": "tabular-data-resource",
        "name": entity,
        "path": f"{entity}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_described(each) for each in values(entity).values()],
            "primaryKey": "id",
            **({"foreignKeys": known} if known else {}),
        },
    }


def _described(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "type": TYPES.get(field.type, "string")}
    if field.format in ("email", "uri"):
        told["format"] = field.format
    limits: dict[str, Any] = {"required": True} if field.required else {}
    limits |= {"unique": True} if field.name == "id" else {}
    limits |= {"enum": list(field.enum)} if field.enum else {}
    return {**told, "constraints": limits} if limits else told


def write_workbook(batches: Iterable[Rows], free: Rows, out: BinaryIO) -> int:
    """Writes a workbook with a sheet of each entity, and says how many organizations are in it."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    many = 0
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        sheets, heights = {}, dict.fromkeys(ENTITIES, 0)
        for entity in ENTITIES:
            sheets[entity] = book.add_worksheet(entity)
            sheets[entity].freeze_panes(1, 0)
            for place, name in enumerate(columns(entity)):
                sheets[entity].set_column(place, place, min(max(len(name) + 2, 12), 40))
                sheets[entity].write_string(0, place, name, bold)
        for rows in _all(batches, free):
            many += len(rows.get("organization", ()))
            for entity, some in rows.items():
                for each in some:
                    heights[entity] += 1
                    _write(sheets[entity], heights[entity], entity, each)
    return many


def _write(sheet: Any, height: int, entity: str, row: Told) -> None:
    for place, text in enumerate(cells(entity, row)):
        if len(text) > LONGEST:
            raise TooLong(height + 1, f"{entity}.{columns(entity)[place]}")
        if text:
            sheet.write_string(height, place, text)
