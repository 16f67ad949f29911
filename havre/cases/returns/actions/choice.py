"""What the person chose, took back or chose anew. Nothing of it is a fault, and nothing is lost."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.move import advance, conditions, move
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.cases.returns import standing
from havre.cases.returns.models import ReturnJourney
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .held import held, require_standing, write

ASSISTANCE, OPTION, PREPARATION, TRAVEL = "S6", "S7", "S8", "S9"
CHOOSES = (ASSISTANCE, OPTION, PREPARATION, "S11", "S12")  # where somebody may choose, or choose anew
KEPT = (
    *("option", "points", "chosen_on", "destination", "declared_on", "declared_how", "guardian_on", "assent"),
    *("receiving", "receiving_confirmed_on"),
)


@action("journey.choose", needs=Permission.CASE_WRITE)
def choose(case: Case, *, by: User, values: dict[str, Any]) -> ReturnJourney:
    """The choice, which takes the place of an earlier one; the file goes on as far as the choice leads."""
    hold(case)
    require_open(case)
    if case.state not in CHOOSES:
        raise Refused(_("The choice to stay or to leave comes once help has begun, and before the departure."))
    earlier = standing.planned(case)
    if earlier and earlier.departed_at:
        raise Refused(_("The person has left already. Write down the arrival, or call the journey off."))
    journey = _new(case, by, supersedes=earlier, **values)
    if journey.option == standing.STAY:
        _back(case, by, ASSISTANCE, _("The person chose to stay."))
        return journey
    if case.state in ("S11", "S12"):
        move(case, by=by, to=OPTION)
    advance(case, by=by, past=ASSISTANCE, to=OPTION)
    if case.state == OPTION and all(each.state == "yes" for each in conditions(case, PREPARATION)):
        move(case, by=by, to=PREPARATION)
    return journey


@action("journey.end", needs=Permission.CASE_WRITE)
def end(journey: ReturnJourney, *, by: User, on: date, withdrawn: bool, reason: str = "") -> ReturnJourney:
    """The journey, taken back by the person or called off; its legs and papers stay as they were."""
    journey = held(journey)
    require_standing(journey)
    if journey.arrived_at:
        raise Refused(_("The person has arrived: there is no journey left to call off."))
    if withdrawn and journey.departed_at:
        raise Refused(_("The person has left already. Call the journey off instead."))
    write(journey, by, cancel_reason=reason, **{"withdrawn_on" if withdrawn else "cancelled_on": on})
    said = reason or (_("The person took the choice back.") if withdrawn else _("The journey was called off."))
    _back(journey.case, by, ASSISTANCE if withdrawn else OPTION, said)
    return journey


def _back(case: Case, by: User, to: str, reason: str) -> None:
    """Back through the steps before a departure, as far as `to`; a danger that is seen to is left alone."""
    steps = {TRAVEL: PREPARATION, PREPARATION: OPTION, OPTION: ASSISTANCE}
    while case.state != to and case.state in steps:
        move(case, by=by, to=steps[case.state], reason=reason)


@action("journey.tell", needs=Permission.CASE_WRITE)
def tell(journey: ReturnJourney, *, by: User, on: date) -> ReturnJourney:
    """The receiving body was told that nobody comes; told twice, the first day stands."""
    journey = held(journey)
    return journey if journey.told_on else write(journey, by, told_on=on)


@action("journey.again", needs=Permission.CASE_WRITE)
def again(journey: ReturnJourney, *, by: User) -> ReturnJourney:
    """The same wish with a new way, for somebody who set out and came back; the first way stays as record."""
    journey = held(journey)
    require_standing(journey)
    if journey.case.state != PREPARATION or not journey.departed_at:
        raise Refused(_("This journey is still being prepared. Change its legs instead."))
    return _new(journey.case, by, supersedes=journey, **{name: getattr(journey, name) for name in KEPT})


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
    # Of an arrival told afterwards only the day is known.
    noon = timezone.make_aware(datetime.combine(on, time(12)))
    arrival = {"arrived_at": noon, "arrived_zone": timezone.get_current_timezone_name(), "confirmed_by": "receiving"}
    bodies = {"sending": sending_body, "receiving": receiving}
    return _new(case, by, option=option, destination=destination, **arrival, **bodies)


def _new(case: Case, by: User, **values: Any) -> ReturnJourney:
    known = ReturnJourney.objects.filter(case=case).count()
    journey = ReturnJourney(case=case, by=by, number=known + 1, **values)
    journey.save(force_insert=True)
    return journey
