"""A row of the directory as HSDS tells it: the inverse of `cells`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from django.db import models

from havre.directory.models import Address, Detail, Location
from havre.exchange.formats.cells import BadCell
from havre.kernel.vocabularies import load

from . import cells, mapping
from .checks import implied
from .schema import NOT_SAID, Field, values

Profile = Literal["hsds", "full"]
Told = dict[str, Any]
ALONE = ("service_at_location_id", "contact_id", "service_id", "location_id")


def row(entity: str, one: Any) -> Told:
    """The fields of HSDS, in its order, without those that say nothing."""
    if isinstance(one, Detail):
        return detail(one)
    told: Told = {}
    for name, known in values(entity).items():
        ours = mapping.column(entity, name)
        value = _value(known, getattr(one, ours)) if ours else None
        if value in (None, ""):
            value = _unknown(entity, known, one)
        if value not in (None, ""):
            told[name] = value
    # What hangs on something closer belongs to the organization through it.
    if entity in ("phone", "contact") and any(each in told for each in ALONE):
        told.pop("organization_id", None)
    return told


def detail(one: Detail) -> Told:
    """A row that is kept as it came."""
    said = {"id": str(one.pk), **one.fields}
    return {name: said[name] for name in values(one.entity) if name in said}


def attributes(entity: str, one: Any, profile: Profile, near: Any, addresses: list[Address]) -> Iterator[Told]:
    """What HSDS has no field for, as its attributes; `near` is the row's organisation."""
    names = list(mapping.COMPLETES.get(entity, ()))
    if isinstance(one, Location) and any(implied(each) == _lies(one) for each in addresses[:1]):
        names = []
    if profile == "full":
        names += mapping.EXTENSION.get(entity, ())
        names += [mapping.VISIBILITY] if one is near or one.visibility != near.visibility else []
    for name in names:
        text = _extension(entity, name, getattr(one, name))
        if text:
            yield {
                "id": str(uuid.uuid5(uuid.UUID(str(one.pk)), name)),
                "link_id": str(one.pk),
                "taxonomy_term_id": mapping.term(entity, name),
                "link_type": name,
                "link_entity": entity,
                "value": text,
            }


def taxonomy() -> Told:
    """The taxonomy of our attributes."""
    said = "What Havre knows of organizations, services and places beyond HSDS 3.0: one term for each field."
    return {"id": mapping.TAXONOMY, "name": "Havre directory extension", "description": said}


def terms(profile: Profile) -> Iterator[Told]:
    """A term for each of our fields that this profile may hold."""
    for pk, (entity, name) in mapping.ours().items():
        if profile == "full" or name in mapping.COMPLETES.get(entity, ()):
            said = {"code": name, "name": f"{entity}.{name}", "description": f"The field {name} of {entity} in Havre."}
            yield {"id": pk, **said, "language": "en", "taxonomy_id": mapping.TAXONOMY}


def _lies(one: Location) -> dict[str, str]:
    return {"country": one.country, "region": one.region, "city": one.city}


def _value(known: Field, value: Any) -> Any:
    if value is None or value == "":
        return None
    if known.type == "number":
        return _number(value)
    if known.format in ("email", "uri"):
        return _sound(known, value)
    return plain(value)


def _number(value: Any) -> int | float | None:
    """A number as JSON has it; nothing for a list of days, which goes as an attribute."""
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        return None
    return int(found) if found == int(found) else float(found)


def _sound(known: Field, value: str) -> str | None:
    try:
        return cells.reader(known.entity, known.name)(value)
    except BadCell:
        return None


def plain(value: Any) -> str:
    """A value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _unknown(entity: str, known: Field, one: Any) -> Any:
    """What stands where the standard wants a value and we know none."""
    if not known.required:
        return None
    return known.enum[0] if known.enum else NOT_SAID


def _extension(entity: str, name: str, value: Any) -> str:
    if name == mapping.VISIBILITY:
        return load("visibilities").codes[value]
    if name in ("bymonthday", "byyearday") and (not value or _number(value) is not None):
        return ""
    if value in (None, "", []) or value == _usual(entity, name):
        return ""
    return plain(value)


@cache
def _usual(entity: str, name: str) -> Any:
    """What a field says when nobody said anything."""
    field: Any = mapping.MODELS[entity]._meta.get_field(name)
    return field.get_default() if isinstance(field, (models.CharField, models.BooleanField)) else None
