"""A journey held for writing, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.record import hold, require_open
from havre.cases.returns import zones
from havre.cases.returns.models import ReturnJourney, TravelDocument, TravelLeg
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale

R = TypeVar("R", ReturnJourney, TravelLeg, TravelDocument)


def held(row: R, version: int | None = None, fields: Iterable[str] = ()) -> R:
    """The row as it stands, its file held and open; Stale when it is no longer at that version."""
    case = row.case
    hold(case)
    require_open(case)
    found = type(row).objects.select_for_update(of=("self",)).select_related("by").get(pk=row.pk)
    found.case = case
    if version is not None and version != found.version:
        theirs = {name: _shown(found, name) for name in fields}
        raise Stale(found.version, theirs, who=found.by.name, at=found.at)
    return found


def _shown(row: R, name: str) -> Any:
    """A value as a form shows it: a moment by the clocks of its place."""
    value, zone = getattr(row, name), getattr(row, f"{name.removesuffix('_at')}_zone", "")
    return zones.local(value, zone) if zone and isinstance(value, datetime) else value


def require_standing(journey: ReturnJourney) -> None:
    """Refuses to write a journey that was taken back, called off or chosen anew."""
    if not is_standing(journey):
        raise Refused(_("This journey has ended. Choose anew with the person if they wish to leave."))


def is_standing(journey: ReturnJourney) -> bool:
    """Whether nothing ended this journey."""
    ended = journey.withdrawn_on or journey.cancelled_on
    return not ended and not ReturnJourney.objects.filter(supersedes=journey).exists()


def write(row: R, by: User, **values: Any) -> R:
    """The row with these values, one version on."""
    for name, value in values.items():
        setattr(row, name, value)
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save()
    return row
