"""Directories as files, in each of the three forms, and what stands in them."""

from __future__ import annotations

import copy
import io
import uuid

from havre.exchange.actions import Faulty
from havre.exchange.hsds import mapping
from havre.exchange.hsds.actions import WRITE
from havre.exchange.hsds.reading import Reading
from havre.exchange.hsds.register import bring, take_out
from havre.exchange.hsds.schema import ENTITIES
from havre.exchange.hsds.told import plain
from havre.platform.keeping.rows import Visibility

KINDS = ("json", "tabular", "xlsx")


def file(found, kind="json") -> io.BytesIO:
    """These rows as a file."""
    out, found = io.BytesIO(), copy.deepcopy(found)
    free = {entity: found.pop(entity, []) for entity in mapping.FREE}
    WRITE[kind]([found], free, out)
    out.seek(0)
    return out


def texts(rows):
    """Rows by entity and id, their values as text."""
    return {
        entity: {each["id"]: {name: plain(value) for name, value in each.items()} for each in rows.get(entity, ())}
        for entity in ENTITIES
    }


def read(data: bytes):
    """The rows of a file, as the reader finds them."""
    found = {entity: [] for entity in ENTITIES}
    reading = Reading(io.BytesIO(data))
    for row in reading:
        found[row.entity].append(row.values)
        found["attribute"] += [_attribute(row, name) for name in row.extension]
    assert not reading.faults
    return texts(found)


def _attribute(row, name):
    """What the reader folded into the row it stands on."""
    pk = str(row.values["id"])
    return {
        "id": str(uuid.uuid5(uuid.UUID(pk), name)),
        "link_id": pk,
        "taxonomy_term_id": mapping.term(row.entity, name),
        "link_type": name,
        "link_entity": row.entity,
        "value": row.extension[name][0],
    }


def brought(data, login="chloe", visibility=Visibility.PUBLIC, **how):
    """What came in; a fault fails the test with its line."""
    try:
        return bring(data, login, visibility=visibility, **how)
    except Faulty as faulty:
        raise AssertionError([each.at("x") for each in faulty.faults]) from None


def faults(data, login="chloe", name="x", **how) -> list[str]:
    """The lines that are said of a file with faults."""
    try:
        bring(data, login, **how)
    except Faulty as faulty:
        return [each.at(name) for each in faulty.faults]
    raise AssertionError("no fault was found")


def taken(kind="json", profile="full", login="chloe", **how) -> bytes:
    """What goes out."""
    out = io.BytesIO()
    take_out(out, login, kind, profile, **how)
    return out.getvalue()
