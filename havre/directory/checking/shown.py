"""What the pages of suggestions show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.directory.models import Organisation, Suggestion
from havre.directory.naming import first_name
from havre.platform.accounts.models import User
from havre.platform.permissions import Permission

from . import suggestible

MOST = 100


@dataclass(frozen=True)
class Line:
    """One field: what stood there when it was suggested, what should stand there, what stands there now."""

    label: str | Promise
    before: str
    after: str
    now: str

    @property
    def moved(self) -> bool:
        """Whether somebody changed it in between."""
        return self.now not in (self.before, self.after)


@dataclass(frozen=True)
class Item:
    """One suggestion in a list."""

    suggestion: Suggestion
    card: str
    what: str
    who: str


def address(card: Organisation) -> str:
    """The page of a card."""
    return reverse("directory:card", args=[card.pk])


def suggestions(user: User) -> dict[str, Any]:
    """Three short lists: what waits for this agency, what its people wait for, what was decided lately."""
    every = list(Suggestion.objects.select_related("user", "agency").order_by("-at")[: MOST * 2])
    cards = Organisation.objects.filter(pk__in={each.organisation_id for each in every})
    names = {each.pk: first_name(each) for each in cards.only("name", "alternate_name")}
    items = [_item(each, names.get(each.organisation_id, "")) for each in every]
    keeps = user.may(Permission.DIRECTORY_WRITE)
    waiting = [each for each in items if not each.suggestion.status and each.suggestion.owner_id == user.agency_id]
    ours = [each for each in items if not each.suggestion.status and each.suggestion.agency_id == user.agency_id]
    decided = [each for each in items if each.suggestion.status][:MOST]
    own = [each for each in ours if each not in waiting or not keeps]
    return {"waiting": waiting[:MOST] if keeps else [], "ours": own[:MOST], "decided": decided, "keeps": keeps}


def _item(one: Suggestion, card: str) -> Item:
    return Item(one, card, what(one), who(one))


def what(one: Suggestion) -> str:
    """What it is about, and that it is new."""
    kind = str(suggestible.KINDS.get(one.entity, ""))
    return _("New: %(what)s") % {"what": kind.lower()} if one.kind == "add" else kind


def who(one: Suggestion) -> str:
    """Who suggested it: somebody of an agency, or the contact by the link of a mail."""
    return f"{one.user.name}, {one.agency.name}" if one.user and one.agency else _("The contact, by the link of a mail")


def suggestion(one: Suggestion, user: User) -> dict[str, Any]:
    """One suggestion side by side with what stands there now."""
    row = suggestible.row_of(one.entity, one.row_id)
    card = Organisation.objects.filter(pk=one.organisation_id).first()
    now = suggestible.texts_of(row) if row else {}
    names = [each for each in suggestible.LABELS if each in one.after or (one.kind == "gone" and one.before.get(each))]
    lines = [
        Line(suggestible.LABELS[each], one.before.get(each, ""), one.after.get(each, ""), now.get(each, ""))
        for each in names
    ]
    decides = user.may(Permission.DIRECTORY_WRITE) and one.owner_id == user.agency_id and not one.status
    told = {"one": one, "card": card, "lines": lines, "what": what(one), "who": who(one)}
    back = address(card) if card else ""
    return {
        **told,
        "decides": decides,
        "missing": row is None and one.kind != "add",
        "back": back,
        "moved": any(each.moved for each in lines),
    }
