"""Deciding on two cards that look alike: not the same, or the same, and which of them counts."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from havre.directory import facets
from havre.directory.history import record_change, values_of
from havre.directory.models import (
    Address,
    Contact,
    Detail,
    Duplicate,
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
from havre.platform import notices
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

# From what others hang on to what hangs on it: a row is of the same card as its parent at any moment.
PARTS: tuple[type[Any], ...] = (
    *(Program, Service, Location, ServiceAtLocation, Address, ServiceArea, Contact, Phone),
    *(Schedule, Language, Detail),
)
FILLED = (
    *("alternate_name", "description", "email", "website", "year_incorporated", "legal_status", "logo", "uri"),
    *("org_category", "mandate", "source"),
)


@action("duplicate.decide", needs=Permission.DIRECTORY_WRITE)
def decide(
    card: Organisation, *, other: Organisation, same: bool, counts: Organisation | None, by: User
) -> Organisation:
    """Says whether the two are the same organisation. Gives the card that is left to look at.

    Of the same, `counts` is the card to go by. If both are kept by this agency, the other one is merged into it; else
    one leads to the other, and whoever keeps the other is told.
    """
    if by.agency_id not in (card.owner_id, other.owner_id):
        raise Refused(_("Neither of these cards is kept by your agency."))
    if same and counts not in (card, other):
        raise Refused(_("Choose which of the two cards counts."))
    if same and counts and card.owner_id == other.owner_id:
        return _merge(other if counts == card else card, counts, by)
    first, second = sorted((card, other), key=lambda each: each.pk)
    kept = {"owner_id": by.agency_id, "visibility": max(first.visibility, second.visibility), "by": by}
    Duplicate.objects.filter(owner_id=by.agency_id, first=first, second=second).delete()
    Duplicate.objects.create(first=first, second=second, same=same, leads_to=counts if same else None, **kept)
    notices.mail_soon()
    return counts or card


def _merge(gone: Organisation, kept: Organisation, by: User) -> Organisation:
    """Moves everything of one card to the other, and removes it."""
    locked = Organisation.objects.select_for_update().filter(pk__in=[gone.pk, kept.pk])
    rows = {each.pk: each for each in locked}
    if len(rows) < 2:
        raise Refused(_("One of these cards is no longer there."))
    gone, kept = rows[gone.pk], rows[kept.pk]
    if gone.tenant_id:
        raise Refused(_("The own card of your agency stays. Choose that one."))
    _take_over(gone, kept, by)
    for model in PARTS:
        rows_of = model._default_manager.filter(organisation=gone)
        rows_of.update(organisation=kept, visibility=Greatest(F("visibility"), kept.visibility))
    Organisation.objects.filter(parent_organisation=gone, owner_id=by.agency_id).update(parent_organisation=kept)
    record_change(gone, values_of(gone), None, by, "removed")
    gone.delete()
    facets.refresh([kept.pk])
    return kept


def _take_over(gone: Organisation, kept: Organisation, by: User) -> None:
    """What the kept card does not say, the other one says: of visibility and vetting nothing."""
    before = values_of(kept)
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    kept.countries = _both(kept.countries, gone.countries)
    kept.nrm_role = _both(kept.nrm_role, gone.nrm_role)
    kept.version += 1
    kept.save()
    record_change(kept, before, values_of(kept), by, "moved")


def _both(ours: list[Any], theirs: list[Any]) -> list[Any]:
    return list(dict.fromkeys([*ours, *theirs]))
