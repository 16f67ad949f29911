"""Everything that writes a journey."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

from .models import ReturnJourney


@action("journey.receive", needs=Permission.CASE_WRITE)
def receive_from_abroad(
    case: Case,
    *,
    by: User,
    on: date,
    sending_body: str,
    receiving: str = "",
    option: str = "return",
    destination: str = "",
) -> ReturnJourney:
    """A journey that has arrived, for somebody another body sent: the step to reception opens."""
    hold(case)
    require_open(case)
    known = ReturnJourney.objects.filter(case=case).count()
    journey = ReturnJourney(case=case, by=by, number=known + 1, option=option, destination=destination)
    # Of an arrival told afterwards only the day is known.
    journey.arrived_at = timezone.make_aware(datetime.combine(on, time(12)))
    journey.arrived_zone = timezone.get_current_timezone_name()
    journey.sending, journey.receiving = sending_body, receiving
    journey.confirmed_by = "receiving"
    journey.save(force_insert=True)
    return journey
