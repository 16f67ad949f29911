"""An organisation's card, and taking anything off it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from havre.directory.history import record_change, values_of
from havre.directory.models import (
    Address,
    Contact,
    Detail,
    Language,
    Location,
    Organisation,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from havre.directory.models.base import Kept
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .kept import Values, held, keeps, once, put, refresh, written

JUDGED = ("vetting_status", "mou_status")
# From what others hang on to what hangs on it: a row may not be wider than its parent at any moment.
PARTS: tuple[type[Kept], ...] = (
    *(Program, Service, Location, ServiceAtLocation, Address, ServiceArea, Contact, Phone),
    *(Schedule, Language, Detail),
)


@action("card.save", needs=Permission.DIRECTORY_WRITE)
def save_organisation(
    card: Organisation | None, fields: Values, *, by: User, version: int | None = None, how: str = "edited"
) -> Organisation:
    """The card with these values; a new one without `card`. With `own`, it is the card of the writer's agency.

    With `parts`, what was seen as far as the card before is seen as far as it goes now.
    """
    row = held(card, by, version) if card else Organisation(owner_id=by.agency_id)
    before, seen = (values_of(row), row.visibility) if card else (None, None)
    given = dict(fields)
    if "own" in given:
        given["tenant"] = by.agency_id if given["own"] else None
    if given.get("tenant", row.tenant_id):
        given = {name: value for name, value in given.items() if name not in JUDGED}
    put(row, given)
    _named(row)
    _above(row)
    once(lambda: written(row, before, by, how), _("Your agency has its card already. Open that one."))
    if given.get("parts") and seen is not None and row.visibility < seen:
        _open_parts(row, seen)
    refresh(row)
    return row


def _named(row: Organisation) -> None:
    if not row.name.strip():
        raise Refused(_("A card needs the name of its organisation. Write it first."))


def _above(row: Organisation) -> None:
    """A house is no part of itself, however far up one looks."""
    above, seen = row.parent_organisation_id, {row.pk}
    while above:
        if above in seen:
            raise Refused(_("An organisation cannot be part of itself. Choose another one."))
        seen.add(above)
        above = Organisation.objects.filter(pk=above).values_list("parent_organisation_id", flat=True).first()


def _open_parts(row: Organisation, seen: int) -> None:
    for model in PARTS:
        part: Any = model  # each has its organisation
        part._default_manager.filter(organisation=row, visibility=seen).update(visibility=row.visibility)


@action("card.remove", needs=Permission.DIRECTORY_WRITE)
def remove(row: Kept, *, by: User) -> None:
    """Takes a card, or something off it, for good; what hung on it goes along."""
    keeps(row, by)
    row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    card: Any = None if isinstance(row, Organisation) else row.organisation  # type: ignore[attr-defined]
    record_change(row, values_of(row), None, by, "removed")
    row.delete()
    if card:
        refresh(card)
