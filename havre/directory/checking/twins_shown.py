"""What the pages of cards that look alike show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.directory.models import Contact, Duplicate, Organisation, Phone, Service
from havre.kernel.places import country_label
from havre.kernel.vocabularies import load

from . import alike

MOST = 100
WHY: Mapping[str, Promise] = {
    "name": _("same name and country"),
    "phone": _("same number"),
    "website": _("same website"),
}


@dataclass(frozen=True)
class Item:
    """One pair of the queue."""

    first: Organisation
    second: Organisation
    why: list[str]


@dataclass(frozen=True)
class Line:
    """One fact of both cards."""

    label: str | Promise
    values: tuple[str, str]

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.values[0] == self.values[1]


@dataclass(frozen=True)
class Both:
    """Two cards side by side; `told`: what another agency decided on them."""

    cards: tuple[Organisation, Organisation]
    lines: list[Line]
    merges: bool
    told: list[Duplicate]
    own: Duplicate | None


def queue(house: UUID) -> dict[str, Any]:
    """The first pairs, and how many there are."""
    found = alike.pairs(house)
    cards = _cards(key for each in found[:MOST] for key in (each.first, each.second))
    items = [
        Item(cards[each.first], cards[each.second], [str(WHY[why]) for why in WHY if why in each.why])
        for each in found[:MOST]
    ]
    return {"items": items, "total": len(found), "more": max(0, len(found) - MOST)}


def both(house: UUID, first: UUID, second: UUID) -> Both | None:
    """The two cards as their readers see them; nothing unless this agency keeps one of them."""
    keys = sorted((first, second))
    cards = _cards(keys)
    if len(cards) < 2 or house not in {each.owner_id for each in cards.values()}:
        return None
    one, other = (cards[key] for key in keys)
    decided = list(Duplicate.objects.filter(first=one, second=other).select_related("owner", "by"))
    told = [each for each in decided if each.owner_id != house]
    own = next((each for each in decided if each.owner_id == house), None)
    return Both((one, other), _lines(one, other), one.owner_id == other.owner_id, told, own)


def _cards(keys: Iterable[UUID]) -> dict[UUID, Organisation]:
    return {each.pk: each for each in Organisation.objects.filter(pk__in=set(keys)).select_related("owner")}


def _lines(one: Organisation, other: Organisation) -> list[Line]:
    facts = [_facts(each, _counts([one.pk, other.pk])) for each in (one, other)]
    return [Line(label, (mine, theirs)) for (label, mine), (_label, theirs) in zip(*facts, strict=True)]


def _counts(keys: list[UUID]) -> dict[tuple[str, UUID], int]:
    found: dict[tuple[str, UUID], int] = {}
    for model in (Service, Contact):
        rows = model._default_manager.filter(organisation__in=keys).values_list("organisation").annotate(Count("pk"))
        found |= {(str(model._meta.model_name), key): count for key, count in rows}
    return found


def _facts(card: Organisation, counts: dict[tuple[str, UUID], int]) -> list[tuple[str | Promise, str]]:
    language = get_language() or "en"
    numbers = Phone.objects.filter(organisation=card).order_by("number").values_list("number", flat=True)
    kind = load("org_categories").label(card.org_category, language) if card.org_category else ""
    checked = card.verified_on.isoformat() if card.verified_on else ""
    return [
        (_("Other name"), card.alternate_name),
        (_("Kind"), kind),
        (_("Countries"), ", ".join(country_label(each, language) for each in card.countries)),
        (_("Website"), card.website),
        (_("Numbers"), ", ".join(dict.fromkeys(numbers))),
        (_("Services"), str(counts.get(("service", card.pk), 0))),
        (_("Contacts"), str(counts.get(("contact", card.pk), 0))),
        (_("Description"), card.description),
        (_("Checked"), checked),
        (_("Kept by"), card.owner.name),
    ]
