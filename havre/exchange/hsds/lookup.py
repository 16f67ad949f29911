"""What rows hang on: their links, and the rows of ours these lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from havre.directory.models import Detail, Organisation
from havre.kernel import places as places_of

from . import cells, mapping
from .reading import Row
from .schema import LINKS, links

NOBODY = UUID(int=0)


class Home(NamedTuple):
    """What a row says to those that hang on it: its organization, and how far it is read."""

    organisation: UUID | None
    visibility: int
    confidential: bool = False


@cache
def mapping_ids() -> frozenset[str]:
    """The ids of our own taxonomy and its terms."""
    return frozenset({mapping.TAXONOMY, *mapping.ours()})


def came_whole(batch: dict[str, list[Row]]) -> bool:
    """Whether all of each card is in the batch: in a document of organizations, not in tables or one of services."""
    every = (("[" in row.part, entity != "service" or "." in row.part) for entity in batch for row in batch[entity])
    return all(in_document and within for in_document, within in every)


def keys_of(rows: Iterable[Row]) -> set[UUID]:
    """The ids of rows."""
    return {pk for row in rows if (pk := key_of(row.values.get("id"))) is not None}


@cache
def written_over(model: type[models.Model]) -> frozenset[str]:
    """The columns of a row that is written over."""
    kept = {"id", "owner", "organisation"}
    return frozenset(each.name for each in model._meta.concrete_fields if each.name not in kept)


def say_where(batch: dict[str, list[Row]]) -> None:
    """Gives places what their addresses say of them, where both came together and the place does not say it."""
    places = {str(row.values.get("id")): row for row in batch.get("location", ())}
    for row in batch.get("address", ()):
        place = places.get(str(row.values.get("location_id")))
        if place is None or any(name in place.extension for name in ("country", "region", "city")):
            continue
        said = {name: row.values.get(name) for name in ("country", "city")}
        if places_of.read_country(str(said["country"])) is None:
            continue
        said["region"] = row.values.get("state_province") or row.values.get("region")
        place.extension |= {name: (value, row) for name, value in said.items() if cells.is_said(value, True)}


def key_of(raw: Any) -> UUID | None:
    """An id; nothing where there is none."""
    try:
        return cells.uuid_of(str(raw)) if raw else None
    except ValueError:
        return None


def links_of(entity: str, row: Row) -> Iterator[tuple[str, str]]:
    """The fields of a row that say what it hangs on, and of what entity each is."""
    if entity in LINKS:
        by_id, by_kind = LINKS[entity]
        if row.values.get(by_id):
            yield by_id, str(row.values.get(by_kind, ""))
    elif entity not in mapping.FREE:
        for name, parent in links(entity).items():
            if row.values.get(name):
                yield name, parent


def looked_up(entity: str, keys: Iterable[UUID], agency: Any) -> Iterator[tuple[UUID, Home]]:
    """Rows of this agency that are there already."""
    model = mapping.MODELS.get(entity, Detail)
    rows = model._default_manager.filter(pk__in=list(keys), owner=agency)
    if model is Detail:
        rows = rows.filter(entity=entity)
    of = "pk" if model is Organisation else "organisation_id"
    hides = {"location": "address_confidential", "service_at_location": "location__address_confidential"}
    extra = [hides[entity]] if entity in hides else []
    for pk, *told in rows.values_list("pk", of, "visibility", *extra):
        yield pk, Home(*told)
