"""HSDS 3.0: its entities and fields, and what hangs on what. Plain Python, for the process that reads too."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# What a row hangs on comes before it.
ENTITIES = (
    "taxonomy",
    "taxonomy_term",
    "meta_table_description",
    "organization",
    "program",
    "service",
    "location",
    "service_at_location",
    "contact",
    "phone",
    "address",
    "schedule",
    "service_area",
    "language",
    "organization_identifier",
    "funding",
    "cost_option",
    "required_document",
    "accessibility",
    "attribute",
    "metadata",
)
# The lists that a document holds, and what other versions of the standard call a field of 3.0.
LISTS = {
    "organizations": "organization",
    "services": "service",
    "contents": "organization",  # or services with their organizations, as the API of HSDS gives them
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "meta_table_descriptions": "meta_table_description",
}
ALSO = {"addresses": "addresss", "accessibility": "accessibilitys"}
LINKS = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
NOT_SAID = "-"  # stands where the standard wants a text and nobody knows one


@dataclass(frozen=True)
class Field:
    """A field of an entity: a value of a type, several rows of an entity (`many`), or one (`one`)."""

    entity: str
    name: str
    type: str
    required: bool
    format: str
    many: str
    one: str
    enum: tuple[str, ...]

    @property
    def is_value(self) -> bool:
        """Whether it is a cell of a table."""
        return not self.many and not self.one


@cache
def fields(entity: str) -> dict[str, Field]:
    """The fields of an entity in the order of the standard."""
    return {each.name: each for each in _every() if each.entity == entity}


@cache
def values(entity: str) -> dict[str, Field]:
    """The fields that are cells of a table."""
    return {name: each for name, each in fields(entity).items() if each.is_value}


@cache
def below(entity: str) -> dict[str, str]:
    """The lists within an entity, and what each holds; an organization holds its services too, as the API of HSDS."""
    found = {name: each.many for name, each in fields(entity).items() if each.many}
    return {**found, "services": "service"} if entity == "organization" else found


@cache
def ones(entity: str) -> dict[str, str]:
    """The single rows within an entity."""
    return {name: each.one for name, each in fields(entity).items() if each.one}


@cache
def links(entity: str) -> dict[str, str]:
    """The fields that hold the id of another row, and of what entity, the closest first."""
    found = {name: name[:-3] for name in fields(entity) if name.endswith("_id") and name[:-3] in ENTITIES}
    return dict(sorted(found.items(), key=lambda pair: -ENTITIES.index(pair[1])))


@cache
def _every() -> tuple[Field, ...]:
    return tuple(_read())


def _read() -> Iterator[Field]:
    with Path(__file__).with_name("hsds_fields.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            many, one = (row[each].removesuffix(".json") for each in ("relation_many", "relation_one"))
            enum = tuple(row["enum"].split(",")) if row["enum"] else ()
            required = row["required"] == "true"
            yield Field(row["entity"], row["field"], row["type"], required, row["format"], many, one, enum)
