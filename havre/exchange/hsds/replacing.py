"""Cards of ours that come in anew: what stands here is written over or taken away, and its history keeps it.

A card that comes whole (as in a document, or in tables of one batch) is told row by row in its history. One whose rows
come in several batches is told in one line, and so is what is taken away at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from havre.directory import bulk
from havre.directory.history import change_of, record_changes, values_of
from havre.directory.models import Change, ConfidentialPlace, Detail, Location, Organisation, ServiceAtLocation
from havre.platform.accounts.models import User
from havre.platform.database.arrays import array

from . import mapping

if TYPE_CHECKING:
    from .reading import Row

Rows = Mapping[str, list[Any]]  # by entity
HOW = "imported"
JUDGED = ("vetting_status", "mou_status")  # an agency does not judge its own card
DERIVED = {"service": ("countries", "languages", "hours", "folded"), "schedule": ("last_on",)}


class Replacing:
    """What is here of the cards of a file, and what the file says of them."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.cards: set[UUID] = set()  # those that are replaced
        self.said: dict[UUID, set[UUID]] = defaultdict(set)  # rows of the file, of cards that are not done
        self.standing: dict[str, dict[UUID, Any]] = {}  # by entity, of the batch
        self.hiding: list[tuple[Row, Any]] = []  # places that become confidential
        self.done: set[UUID] = set()

    def look(self, batch: Mapping[str, Iterable[UUID]]) -> None:
        """Finds the rows of ours that have the ids of a batch: cards, and what is on them."""
        self.standing = {}
        for entity in sorted(batch, key=lambda each: each != "organization"):
            model = mapping.MODELS.get(entity, Detail)
            mine = model._default_manager.filter(owner=self.by.agency_id).in_bulk(list(batch[entity]))
            if entity == "organization":
                mine = {pk: one for pk, one in mine.items() if pk not in self.done}
                self.cards |= mine.keys()
            self.standing[entity] = {pk: one for pk, one in mine.items() if self._replaced(entity, one)}

    def _replaced(self, entity: str, one: Any) -> bool:
        if isinstance(one, Detail) and (one.entity != entity or one.organisation_id is None):
            return one.entity == entity
        return card_of(one) in self.cards

    def found(self, entity: str, pk: Any) -> Any:
        """The row of ours in whose place this one comes, if any."""
        return self.standing.get(entity, {}).get(pk)

    def is_left(self, card: UUID | None, pk: UUID) -> bool:
        """Whether this row of a card that is replaced is not in the file, so far: nothing may hang on it."""
        return card in self.cards and pk != card and pk not in self.said[card]

    def take(self, entity: str, row: Row, one: Any) -> str:
        """What a row is: `new`, `old` for one that is written over, `twice` when the file said it before."""
        old, card = self.found(entity, one.pk), card_of(one)
        if one.pk in self.done or one.pk in self.said.get(card, ()):
            return "twice"
        if card in self.cards:
            self.said[card].add(one.pk)
        if old is None or card_of(old) != card:
            return "new"
        _keep(one, old)
        if isinstance(one, Location) and one.address_confidential and not old.address_confidential:
            self.hiding.append((row, one))
            return "later"
        return "old"

    def leave(self, cards: Iterable[UUID]) -> None:
        """Takes away what these cards had and the file does not say, what hangs on others first."""
        keys = list(cards)
        said = {pk for card in keys for pk in self.said[card]}
        for model in reversed(bulk.ORDER):
            if model in (Organisation, ConfidentialPlace) or not keys:
                continue
            there: Any = model._default_manager.filter(organisation__in=keys)
            gone = [pk for pk in there.values_list("pk", flat=True).iterator() if pk not in said]
            for start in range(0, len(gone), bulk.SIZE):
                some = gone[start : start + bulk.SIZE]
                rows = list(there.filter(pk__in=some).select_related(*_way(model)))
                record_changes([change_of(one, values_of(one), None, self.by, HOW) for one in rows])
                if model is Location:
                    _delete(ConfidentialPlace, "location_id", some)
                _delete(model, "id", some)

    def finish(self, cards: Iterable[UUID]) -> None:
        """These cards are done: none of their ids may come again."""
        for card in cards:
            self.done.add(card)
            self.said.pop(card, None)

    def tell(self, rows: Rows) -> None:
        """Writes the history of rows of a batch, those of replaced cards that came whole."""
        offers = {one.pk: one for one in rows.get("service_at_location", ())}
        record_changes(self._changes(rows, offers))

    def _changes(self, rows: Rows, offers: Mapping[UUID, ServiceAtLocation]) -> Iterator[Change | None]:
        for entity, some in rows.items():
            for one in some:
                if card_of(one) not in self.cards:
                    continue
                offer = offers.get(getattr(one, "service_at_location_id", one.pk))
                if offer is not None and offer is not one:
                    one.service_at_location = offer
                old, hidden = self.found(entity, one.pk), DERIVED.get(entity, ())
                before = None if old is None else _without(hidden, values_of(old))
                yield change_of(one, before, _without(hidden, values_of(one)), self.by, HOW)


def tell_rows(rows: Iterable[Any], by: User) -> None:
    """A line for each of these rows, which are new on cards that were here."""
    record_changes([change_of(one, None, values_of(one), by, HOW) for one in rows])


def tell_cards(cards: Iterable[Organisation], by: User, standing: Mapping[UUID, Any] | None = None) -> None:
    """One line for each of these cards: what it says that is new, or says now."""
    standing = standing or {}
    bulk.insert(Change, [_line(one, by, standing.get(one.pk)) for one in cards])


def _without(names: Collection[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _line(one: Organisation, by: User, old: Any) -> Change:
    after = {name: value for name, value in values_of(one).items() if value not in (None, "", [])}
    before = values_of(old) if old is not None else {}
    told = {"before": {name: value for name, value in before.items() if name in after}, "after": after}
    return Change(owner_id=one.owner_id, card=one.pk, row_id=one.pk, entity="organisation", how=HOW, by=by, **told)


def card_of(one: Any) -> UUID:
    """The card a row is on."""
    found: UUID = one.pk if isinstance(one, Organisation) else one.organisation_id
    return found


def _way(model: type[models.Model]) -> tuple[str, ...]:
    names = {each.name for each in model._meta.concrete_fields}
    return ("service_at_location",) if "service_at_location" in names else ()


def _keep(one: Any, old: Any) -> None:
    """What a file does not say of a row stays: whose card it is, its version, what was judged of it."""
    values = vars(one)
    if "version" in values:
        values["version"] = old.version + 1
    if isinstance(one, Organisation):
        values["tenant_id"] = old.tenant_id
        if old.tenant_id:
            values.update({name: getattr(old, name) for name in JUDGED})


def _delete(model: type[models.Model], column: str, keys: list[UUID]) -> None:
    with connection.cursor() as cursor:
        statement = f"delete from {model._meta.db_table} where {column} = any(%s::uuid[])"  # noqa: S608 - our own
        cursor.execute(statement, [array([str(key) for key in keys])])
