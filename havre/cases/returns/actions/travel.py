"""The declaration, the body that receives, the departure, the arrival and the handover."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.move import move
from havre.cases.returns import hard, zones
from havre.cases.returns.models import ReturnJourney
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .choice import PREPARATION, TRAVEL
from .held import held, require_standing, write

RECEPTION = "S10"
DECLARATION = ("declared_on", "declared_how", "guardian_on", "assent")
RECEIVING = ("receiving", "receiving_confirmed_on", "planned_on", "destination")
HANDOVER = ("handover_on", "handover_to", "onward")
ARRIVAL = ("confirmed_by", "confirmed_how")


@action("journey.declare", needs=Permission.CASE_WRITE)
def declare(journey: ReturnJourney, *, by: User, version: int, values: dict[str, Any]) -> ReturnJourney:
    """The journey with what the person, and for a child the guardian, declared."""
    return _prepared(journey, by, version, values, DECLARATION)


@action("journey.place", needs=Permission.CASE_WRITE)
def place(journey: ReturnJourney, *, by: User, version: int, values: dict[str, Any]) -> ReturnJourney:
    """The journey with the body that receives the person, and whether it has confirmed."""
    return _prepared(journey, by, version, values, RECEIVING)


def _prepared(
    journey: ReturnJourney, by: User, version: int, values: dict[str, Any], fields: tuple[str, ...]
) -> ReturnJourney:
    journey = held(journey, version, fields)
    require_standing(journey)
    if journey.arrived_at:
        raise Refused(_("The person has arrived: the preparation is over."))
    return write(journey, by, **{name: values[name] for name in fields if name in values})


@action("journey.depart", needs=Permission.CASE_WRITE)
def depart(journey: ReturnJourney, *, by: User, version: int, at: datetime, zone: str) -> ReturnJourney:
    """The journey, begun; Refused, with everything that is missing, while anything is."""
    journey = held(journey, version, ("departed_at",))
    require_standing(journey)
    if journey.departed_at:
        raise Refused(_("The departure is written down already. The arrival comes next."))
    if journey.case.state != PREPARATION:
        raise Refused(_("The departure follows the preparation. Choose and prepare it together first."))
    _require_past(at)
    ready = hard.Ready(journey.case, journey)
    write(journey, by, departed_at=at, departed_zone=zone, due_at=ready.due_at)
    move(journey.case, by=by, to=TRAVEL)
    return journey


@action("journey.arrive", needs=Permission.CASE_WRITE)
def arrive(
    journey: ReturnJourney, *, by: User, version: int, at: datetime, zone: str, values: dict[str, Any]
) -> ReturnJourney:
    """The journey, arrived: whoever travelled is known to be there."""
    journey = held(journey, version, ARRIVAL)
    require_standing(journey)
    if journey.arrived_at:
        raise Refused(_("The arrival is confirmed already. The handover comes next."))
    if journey.departed_at is None:
        raise Refused(_("The departure is not written down yet. Write it down first."))
    if at <= journey.departed_at:
        raise Refused(_("The arrival comes after the departure. Check the times and the places of the clocks."))
    _require_past(at)
    write(journey, by, arrived_at=at, arrived_zone=zone, **{name: values.get(name, "") for name in ARRIVAL})
    if journey.case.state == TRAVEL:
        move(journey.case, by=by, to=RECEPTION)
    return journey


@action("journey.hand_over", needs=Permission.CASE_WRITE)
def hand_over(journey: ReturnJourney, *, by: User, version: int, values: dict[str, Any]) -> ReturnJourney:
    """The journey, at its end: somebody there has met the person and goes on with them."""
    journey = held(journey, version, HANDOVER)
    if journey.arrived_at is None:
        raise Refused(_("The arrival is not confirmed yet. Confirm it first."))
    if values["handover_on"] < zones.local(journey.arrived_at, journey.arrived_zone).date():
        raise Refused(_("The handover comes after the arrival. Check the day."))
    write(journey, by, **{name: values[name] for name in HANDOVER})
    if journey.case.state == RECEPTION:
        move(journey.case, by=by, to="S11")
    return journey


def _require_past(at: datetime) -> None:
    if at > timezone.now():
        raise Refused(_("This hour has not come yet. Write it down once it has happened."))
