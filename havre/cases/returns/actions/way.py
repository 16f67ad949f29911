"""The legs of the way and the papers for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.cases.returns import hard, rules
from havre.cases.returns.models import ReturnJourney, TravelDocument, TravelLeg
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .held import held, require_standing, write

ENDS = ("departs_at", "departs_zone", "arrives_at", "arrives_zone")
LEG = ("mode", "carrier", "number", "from_place", "to_place", *ENDS, "escort", "escort_name", "note")
PAPER = ("kind", "number", "issued_by", "valid_until", "state")


@action("leg.save", needs=Permission.CASE_WRITE)
def save_leg(
    journey: ReturnJourney, *, by: User, values: dict[str, Any], leg: TravelLeg | None = None, version: int = -1
) -> TravelLeg:
    """A leg of the way, new or changed; Refused when it does not fit between the others."""
    one = held(leg, version, LEG) if leg else TravelLeg(journey=journey, version=0)
    journey = held(journey)
    require_standing(journey)
    if journey.arrived_at:
        raise Refused(_("The person has arrived: the way lies behind them."))
    one.case, one.journey = journey.case, journey
    for name in LEG:
        setattr(one, name, values.get(name, "") or "")
    _require_order(journey, one)
    write(one, by)
    _number(journey, by)
    return one


@action("leg.drop", needs=Permission.CASE_WRITE)
def drop_leg(leg: TravelLeg, *, by: User) -> ReturnJourney:
    """The journey without this leg; nothing is taken from a way that has begun or ended."""
    journey = held(leg.journey)
    require_standing(journey)
    if journey.departed_at:
        raise Refused(_("The person is on the way: change the leg instead of taking it out."))
    TravelLeg.objects.get(pk=leg.pk).delete()
    _number(journey, by)
    return journey


def _require_order(journey: ReturnJourney, one: TravelLeg) -> None:
    others = [each for each in hard.Ready(journey.case, journey).legs if each.pk != one.pk]
    every = sorted([*others, one], key=lambda each: each.departs_at)
    part = rules.Part(one.departs_at, one.arrives_at)
    if not rules.arrives_later(part):
        raise Refused(_("This leg arrives before it departs. Check the times and the places of the clocks."))
    broken = rules.broken([rules.Part(each.departs_at, each.arrives_at) for each in every])
    if broken:
        raise Refused(
            _("Leg %(number)s would not arrive before the next one departs. Check both.") % {"number": broken[0]}
        )


def _number(journey: ReturnJourney, by: User) -> None:
    """Numbers the legs as they follow each other; of somebody on the way, says anew when they are due."""
    ready = hard.Ready(journey.case, journey)
    for number, leg in enumerate(ready.legs, 1):
        if leg.seq != number:
            leg.seq = number
            leg.save(update_fields=["seq"])
    if journey.departed_at:
        write(journey, by, due_at=ready.due_at)


@action("paper.save", needs=Permission.CASE_WRITE)
def save_paper(
    case: Case, *, by: User, values: dict[str, Any], paper: TravelDocument | None = None, version: int = -1
) -> TravelDocument:
    """A paper of the person, new or changed; Stale when somebody else changed it since."""
    if paper:
        paper = held(paper, version, PAPER)
    else:
        hold(case)
        require_open(case)
        paper = TravelDocument(case=case, version=0)
    return write(paper, by, **{name: values[name] for name in PAPER})
