"""Many rows at once, as the application: row policies refuse COPY, so arrays are handed over and unfolded there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, cast

from django.db import IntegrityError, connection, models, transaction

from havre.cases.people.actions.opening import OPEN
from havre.kernel import references
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.crypto.fields import SealedText
from havre.platform.database.arrays import array
from havre.platform.permissions import CASEWORK_COMPARTMENTS

TRIES = 5
NEAR = "overlay(gen_random_uuid()::text placing %s from 1)::uuid"  # a random key that begins as its neighbours do

# What a register says of a person and a case in codes, in the order in which `open_case` takes it.
ABOUT = {
    "outside_reference": "text",
    "gender": "text",
    "birth_year": "int",
    "birth_precision": "text",
    "marital_status": "text",
    "education": "text",
    "number_of_children": "int",
    "deceased": "boolean",
    "closed_on": "date",
    "closure_reason": "text",
}
IMPORTED = OPEN.rstrip().removesuffix(")") + f", true, {', '.join(f'%s::{kind}[]' for kind in ABOUT.values())})"
OUTSIDE_ONCE = "a_reference_once_an_agency"


@dataclass
class Opening:
    """A person and a case that are to be opened."""

    state: str
    on: date
    restricted: bool = False
    owner: uuid.UUID | None = None  # whoever opens it, when nobody else is named
    person: uuid.UUID = field(default_factory=uuid.uuid4)
    case: uuid.UUID = field(default_factory=uuid.uuid4)
    person_reference: str = field(default_factory=lambda: references.new())
    case_reference: str = field(default_factory=lambda: references.new())
    person_key: bytes = field(default_factory=keyring.drawn, repr=False)
    case_key: bytes = field(default_factory=keyring.drawn, repr=False)
    about: tuple[object, ...] = ()  # of an imported one, as `ABOUT` names it

    @property
    def keys(self) -> Iterator[tuple[uuid.UUID, bytes]]:
        """The keys of the two, by whose they are."""
        yield self.person, self.person_key
        yield self.case, self.case_key

    def redraw(self) -> None:
        """Other references, since one of these is taken."""
        self.person_reference, self.case_reference = references.new(), references.new()


def open_cases(openings: Sequence[Opening], *, by: User, tries: int = TRIES) -> list[Opening]:
    """Opens them for their owners and holds their keys; those whose outside reference the agency holds are given back.

    A reference of ours that is taken is drawn again.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(IMPORTED if openings[0].about else OPEN, _columns(openings, by))
    except IntegrityError as error:
        is_held = _constraint(error) == OUTSIDE_ONCE
        alone = len(openings) == 1
        if alone and is_held:
            return list(openings)
        if alone and not tries:
            raise
        for each in () if is_held else openings:
            each.redraw()
        # Halves: in a large register some reference of a long list is always taken, and whose it is may be hidden.
        half = len(openings) // 2
        parts = [part for part in (openings[:half], openings[half:]) if part]
        return [held for part in parts for held in open_cases(part, by=by, tries=tries - alone)]
    keyring.hold(pair for each in openings for pair in each.keys)
    return []


def _constraint(error: IntegrityError) -> str:
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))


def _columns(openings: Sequence[Opening], by: User) -> list[Any]:
    agency = by.agency_id
    columns: list[Sequence[object]] = [
        [each.person for each in openings],
        [each.person_reference for each in openings],
        [each.case for each in openings],
        [each.case_reference for each in openings],
        [each.state for each in openings],
        [each.on for each in openings],
        [each.restricted for each in openings],
        [each.owner or by.pk for each in openings],
        [keyring.fresh(agency, each.person, key=each.person_key) for each in openings],
        [keyring.fresh(agency, each.case, key=each.case_key) for each in openings],
        *zip(*(each.about for each in openings), strict=True),
    ]
    given: list[Any] = [array(column) for column in columns]
    return [*given[:6], int(CASEWORK_COMPARTMENTS), *given[6:]]


@cache
def _insert(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[models.Field[Any, Any]]]:
    """The statement that writes these columns of many rows, and the fields whose one value stands in all of them."""
    titles, values, kinds, alike = [], [], [], []
    for each in model._meta.concrete_fields:
        if each.attname in names:
            continue
        if each.primary_key or isinstance(each, SealedText):
            titles.append(_quoted(each))
            values.append(NEAR if each.primary_key else "''::bytea")
        elif not each.has_db_default() and not (each.null and not each.has_default()):
            titles.append(_quoted(each))
            values.append(f"%s::{each.db_type(connection)}")
            alike.append(each)
    given = [model._meta.get_field(name) for name in names]
    columns = [_quoted(each) for each in given]
    kinds = [_kind(each) for each in given]
    return (
        f"insert into {model._meta.db_table} ({', '.join(titles + columns)})"  # noqa: S608 - our own names
        f" select {', '.join([*values, *(f'given.{each}' for each in columns)])}"
        f" from unnest({', '.join(f'%s::{kind}[]' for kind in kinds)}) as given({', '.join(columns)})"
    ), alike


def _quoted(column: Any) -> str:
    return f'"{column.column}"'


def _kind(column: Any) -> str:
    # A cast to varchar(n) would cut a text short without a word.
    return str(column.db_type(connection)).partition("(")[0]


def insert(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[tuple[object, ...]], near: str, **alike: object
) -> None:
    """Writes rows of these columns; the others have what is `alike` in all of them, else their usual value.

    Keys that are not given begin with `near` (8 hexadecimal digits).
    """
    statement, others = _insert(model, names)
    same: list[Any] = [] if "id" in names else [near]
    same += [alike[each.attname] if each.attname in alike else each.get_default() for each in others]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*same, *map(array, zip(*rows, strict=True))])


def update(rows: Sequence[models.Model], *names: str) -> None:
    """Writes these plain columns of rows that exist, in one statement."""
    if not rows:
        return
    meta = rows[0]._meta
    # Plain columns are fields; Django's type leaves room for relations that have none.
    columns = [cast("models.Field[Any, Any]", each) for each in (meta.pk, *map(meta.get_field, names))]
    titles = [_quoted(each) for each in columns]
    statement = (
        f"update {meta.db_table} set {', '.join(f'{title} = given.{title}' for title in titles[1:])}"  # noqa: S608
        f" from unnest({', '.join(f'%s::{_kind(each)}[]' for each in columns)}) as given({', '.join(titles)})"
        f" where {meta.db_table}.{titles[0]} = given.{titles[0]}"
    )
    values = [array([getattr(row, str(each.attname)) for row in rows]) for each in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
