"""Which journey stands, and the day somebody arrived: what later stages count from."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from havre.cases.people.models import Case

from .models import ReturnJourney

STAY = "stay"


def standing(case: Case) -> QuerySet[ReturnJourney]:
    """The journeys of a case that were not taken back, called off or chosen anew; the latest first."""
    ended = {"superseded_by": None, "withdrawn_on": None, "cancelled_on": None}
    return ReturnJourney.objects.filter(case=case, **ended).exclude(option=STAY).order_by("-number")


def journey(case: Case) -> ReturnJourney | None:
    """The journey that stands: chosen, under way or arrived; nothing when the person stays or took it back."""
    return standing(case).first()


def arrived_on(case: Case) -> date | None:
    """The day of the last arrival, by the clocks of the place: follow-up and reintegration count from it."""
    last = ReturnJourney.objects.filter(case=case, arrived_at__isnull=False).order_by("-number").first()
    if last is None or last.arrived_at is None:
        return None
    return last.arrived_at.astimezone(ZoneInfo(last.arrived_zone or "UTC")).date()


def received(case: Case) -> bool:
    """Whether another body sent this person, who has arrived."""
    return any(each.sending for each in ReturnJourney.objects.filter(case=case, arrived_at__isnull=False))
