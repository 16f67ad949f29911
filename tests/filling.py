"""At least one row in every guarded table, made from the models themselves: a new table is covered at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from django.db import connection, models

from havre.cases.people.models import Case, Person
from havre.platform.accounts.models import Agency, User
from havre.platform.crypto.fields import SealedText
from havre.platform.database.policies import rows_of
from havre.platform.database.rows import Unguarded
from havre.platform.keeping.rows import KeptRows, Visibility
from havre.platform.permissions import Compartment

BORN_WITH_A_CASE = {"people_person", "people_case", "people_caseaccess", "crypto_subjectkey"}
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
PLAIN: dict[type[models.Field], Any] = {
    models.CharField: "x",
    models.TextField: "x",
    models.IntegerField: 1,
    models.DecimalField: Decimal(1),
    models.BooleanField: False,
    models.DateField: NOON.date(),
    models.DateTimeField: NOON,
    models.DurationField: timedelta(minutes=1),
    models.JSONField: {},
    models.BinaryField: b"x",
}
# Of those that are open or unreviewed, each user has one at most.
TOLD: dict[str, dict[str, Any]] = {
    "agreements.Agreement": {"act": "register.export"},
    "exchange.CardsExport": {"state": "cancelled", "kind": "json", "profile": "hsds"},
    "exchange.CardsImport": {"state": "cancelled"},
    "exchange.RegisterExport": {"state": "cancelled", "kind": "csv"},
    "exchange.RegisterImport": {"state": "cancelled"},
    "law.HelpStep": {"kind": "meeting"},
    "law.LawPoint": {"answer": "yes"},
    "glass.BreakGlass": {"reviewed_at": NOON, "verdict": "justified"},
}

# Of those that an agency keeps once for each value: what tells one from the next.
NUMBERS = count()
VARIED: dict[str, Callable[[], dict[str, Any]]] = {
    "law.TreatyStatus": lambda: {"instrument": f"x{next(NUMBERS)}"},
    "law.Score": lambda: {"year": 2000 + next(NUMBERS) % 100},
}

# May be empty, and must not be for the row to be somebody's.
SOMEBODY = {("directory.Suggestion", "user"), ("directory.Suggestion", "agency")}


@dataclass
class Place:
    """A case, its person and who works there; `text` says what stands in a sealed field, `told` what in others."""

    case: Case
    user: User
    text: Callable[[models.Field], str] = lambda field: ""
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[type[models.Model], models.Model] = field(default_factory=dict)
    cards: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)  # one of each visibility
    readers: tuple[int, ...] = ()  # who is named, beside the user, in what only named people read

    def given(self) -> dict[type[models.Model], models.Model]:
        """What a foreign key to one of these points to."""
        return {Case: self.case, Person: self.case.person, User: self.user, Agency: self.user.agency}

    def named(self) -> dict[str, Any]:
        """What stands in a column that is no foreign key but means one."""
        user, case = self.user, self.case
        return {
            "case_id": case.pk,
            "person_id": case.person_id,
            "user_id": user.pk,
            "subject": case.pk,
            "watcher": user.agency.audit_principal,
            "readers": [user.principal, *self.readers],
            "sent_on": NOON.date(),  # of a referral: may be empty, but not in one that was written here
        }


def guarded() -> list[type[models.Model]]:
    """Every model whose rows are guarded."""
    return [model for model in apps.get_models() if not isinstance(rows_of(model), Unguarded)]


def sealed_fields() -> list[SealedText]:
    """Every sealed column of a guarded table."""
    return [each for model in guarded() for each in model._meta.concrete_fields if isinstance(each, SealedText)]


def fill(place: Place) -> None:
    """The rows, written as the owner of the tables in the transaction that is open; their keys must be held."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        for model in guarded():
            if model._meta.db_table not in BORN_WITH_A_CASE:
                _of(place, model)
        cursor.execute("set local role havre_app")


def _of(place: Place, model: type[models.Model]) -> models.Model:
    if model not in place.rows:
        made = [_new(place, model, **variant) for variant in _variants(model)]
        # Not save(): the rows stand for what actions wrote, and no action is at work here.
        models.QuerySet(model).bulk_create(made)
        place.rows[model] = made[0]
        if isinstance(rows_of(model), KeptRows):
            place.cards[model] = made
    return place.rows[model]


def _variants(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    """One row; of a table whose rows name their compartment, one in each; of a card, one of each visibility."""
    if getattr(rows_of(model), "per_row", False):
        yield from ({"compartment": int(each)} for each in Compartment)
    elif isinstance(rows_of(model), KeptRows):
        varied = VARIED.get(model._meta.label, dict)
        yield from ({"visibility": int(each), **varied()} for each in Visibility)
    else:
        yield {}


def _new(place: Place, model: type[models.Model], **variant: Any) -> models.Model:
    values = {
        each.attname: _value(place, each, variant) for each in model._meta.concrete_fields if _wanted(place, each)
    }
    if "second_id" in values:
        values["first_id"], values["second_id"] = sorted((values["first_id"], values["second_id"]))
    told = TOLD.get(model._meta.label, {}) | place.told.get(model._meta.label, {})
    return model(**{**values, **variant, **told})


def _wanted(place: Place, column: models.Field) -> bool:
    named = column.name in place.named() or (column.model._meta.label, column.name) in SOMEBODY
    if isinstance(column, SealedText) or named:
        return True
    return not (column.null or column.has_default() or column.has_db_default() or isinstance(column, models.AutoField))


def _value(place: Place, column: models.Field, variant: dict[str, Any]) -> Any:
    if isinstance(column, SealedText):
        return place.text(column)
    if isinstance(column, models.ForeignKey):
        target = column.related_model
        if target in place.given():
            return place.given()[target].pk
        first = _of(place, target)
        if "visibility" not in variant:
            return first.pk
        # What hangs on a card is seen as far as the card; the second of a pair is the next card.
        return place.cards[target][(variant["visibility"] + (column.name == "second")) % len(Visibility)].pk
    if column.name in place.named():
        return place.named()[column.name]
    if isinstance(column, models.UUIDField):
        return uuid.uuid4()
    return next(value for kind, value in reversed(PLAIN.items()) if isinstance(column, kind))
