"""Which journey stands, and the day somebody arrived: what later stages count from."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from havre.cases.assistance import standing as assistance
from havre.cases.people.models import Case
from havre.platform.crypto import keyring

from .models import ReturnJourney

STAY = "stay"


def standing(case: Case) -> QuerySet[ReturnJourney]:
    """The journeys of a case that were not taken back, called off or chosen anew; the latest first."""
    ended = {"superseded_by": None, "withdrawn_on": None, "cancelled_on": None}
    return ReturnJourney.objects.filter(case=case, **ended).exclude(option=STAY).order_by("-number")


def journey(case: Case) -> ReturnJourney | None:
    """The journey that stands: chosen, under way or arrived; nothing when the person stays or took it back."""
    return standing(case).first()


def planned(case: Case) -> ReturnJourney | None:
    """The journey that stands and has not arrived."""
    return standing(case).filter(arrived_at=None).first()


def destination(case: Case) -> str:
    """The country somebody returns to, or returned to; empty while no journey stands."""
    stands = journey(case)
    return stands.destination if stands else ""


def receives(case: Case) -> str:
    """The body named to receive the person, while a journey stands; empty when none is."""
    keyring.load([case.pk])
    stands = planned(case)
    return stands.receiving if stands else ""


def to_tell(case: Case) -> ReturnJourney | None:
    """The last journey that will not take place, when the body that expects the person was not told."""
    ended = Q(withdrawn_on__isnull=False) | Q(cancelled_on__isnull=False) | Q(superseded_by__isnull=False)
    waits = {"arrived_at": None, "told_on": None, "receiving_confirmed_on__isnull": False}
    keyring.load([case.pk])
    last = ReturnJourney.objects.filter(ended, case=case, **waits).order_by("-number").first()
    now = journey(case)
    return None if last is None or (now and now.receiving == last.receiving) else last


def arrived_on(case: Case) -> date | None:
    """The day of the last arrival, by the clocks of the place: follow-up and reintegration count from it."""
    last = ReturnJourney.objects.filter(case=case, arrived_at__isnull=False).order_by("-number").first()
    if last is None or last.arrived_at is None:
        return None
    return last.arrived_at.astimezone(ZoneInfo(last.arrived_zone or "UTC")).date()


def received(case: Case) -> bool:
    """Whether another body sent this person, who has arrived: by a journey, or by a referral that hands over."""
    keyring.load([case.pk])
    if assistance.received_handover(case):
        return True
    return any(each.sending for each in ReturnJourney.objects.filter(case=case, arrived_at__isnull=False))
