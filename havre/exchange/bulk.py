"""Many rows at once, as the application: row policies refuse COPY, so arrays are handed over and unfolded there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db import IntegrityError, connection, models, transaction

from havre.kernel import references
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.permissions import CASEWORK_COMPARTMENTS

TRIES = 5
OPEN = """
    select havre.open_case(
      person, person_reference, file, file_reference, state, opened, %s, restricted, person_key, case_key)
    from unnest(
      %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::date[], %s::boolean[], %s::bytea[], %s::bytea[])
      as given(person, person_reference, file, file_reference, state, opened, restricted, person_key, case_key)"""


@dataclass
class Opening:
    """A person and a case that are to be opened."""

    state: str
    on: date
    restricted: bool = False
    person: uuid.UUID = field(default_factory=uuid.uuid4)
    case: uuid.UUID = field(default_factory=uuid.uuid4)
    person_reference: str = field(default_factory=lambda: references.new())
    case_reference: str = field(default_factory=lambda: references.new())

    def redraw(self) -> None:
        """Other references, since one of these is taken."""
        self.person_reference, self.case_reference = references.new(), references.new()


def open_cases(openings: Sequence[Opening], *, by: User, tries: int = TRIES) -> None:
    """Opens them all for that worker, and takes their keys in hand; a reference that is taken is drawn again."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(OPEN, [int(CASEWORK_COMPARTMENTS), *_columns(openings, by)])
    except IntegrityError:
        if len(openings) == 1 and not tries:
            raise
        for each in openings:
            each.redraw()
        # Halves: in a large register some reference of a long list is always taken.
        half = len(openings) // 2
        for part in (openings[:half], openings[half:]):
            if part:
                open_cases(part, by=by, tries=tries - 1 if len(openings) == 1 else tries)
    keyring.load([subject for each in openings for subject in (each.person, each.case)])


def _columns(openings: Sequence[Opening], by: User) -> list[list[object]]:
    rows = [
        (
            each.person,
            each.person_reference,
            each.case,
            each.case_reference,
            each.state,
            each.on,
            each.restricted,
            keyring.fresh(by.agency_id, each.person),
            keyring.fresh(by.agency_id, each.case),
        )
        for each in openings
    ]
    return [list(column) for column in zip(*rows, strict=True)]


def update(rows: Sequence[models.Model], *names: str) -> None:
    """Writes these plain columns of rows that exist, in one statement."""
    if not rows:
        return
    meta = rows[0]._meta
    # Plain columns are fields; Django's type leaves room for relations that have none.
    columns = [cast("models.Field[Any, Any]", each) for each in (meta.pk, *map(meta.get_field, names))]
    # A cast to varchar(n) would cut a text short without a word.
    kinds = [str(each.db_type(connection)).partition("(")[0] for each in columns]
    titles = [str(each.column) for each in columns]
    statement = (
        f"update {meta.db_table} set {', '.join(f'{title} = given.{title}' for title in titles[1:])}"  # noqa: S608
        f" from unnest({', '.join(f'%s::{kind}[]' for kind in kinds)}) as given({', '.join(titles)})"
        f" where {meta.db_table}.{titles[0]} = given.{titles[0]}"
    )
    values = [[getattr(row, str(each.attname)) for row in rows] for each in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
