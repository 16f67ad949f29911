"""What must hold before somebody travels, read from the file at each look: met or not, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.assistance import standing as assistance
from havre.cases.children import standing as children
from havre.cases.health import standing as health
from havre.cases.people.models import Case
from havre.cases.people.shown import child
from havre.platform.crypto import keyring
from havre.platform.ui.parts import Condition

from . import rules, standing, zones
from .models import ReturnJourney, TravelDocument, TravelLeg


class Ready:
    """What the file says about one journey."""

    def __init__(self, case: Case, journey: ReturnJourney | None) -> None:
        self.case, self.journey = case, journey
        keyring.load([case.pk])

    @cached_property
    def legs(self) -> list[TravelLeg]:
        """The legs in the order of travel."""
        return list(self.journey.legs.order_by("departs_at", "pk")) if self.journey else []

    @cached_property
    def parts(self) -> list[rules.Part]:
        """The legs as the rules read them."""
        return [rules.Part(leg.departs_at, leg.arrives_at, leg.escort) for leg in self.legs]

    @cached_property
    def papers(self) -> list[TravelDocument]:
        """Every paper of the person, those that hold longest first."""
        rows = TravelDocument.objects.filter(case=self.case).order_by("pk")
        return sorted(rows, key=lambda each: each.valid_until or date.min, reverse=True)

    @cached_property
    def is_child(self) -> bool:
        """Whether the rules for children hold, by the age that is recorded now."""
        return child(self.case.person, localdate())

    @property
    def due_at(self) -> datetime | None:
        """When the last leg arrives."""
        return self.legs[-1].arrives_at if self.legs else None

    @property
    def until(self) -> date:
        """The day of arrival by the clocks there; the day of departure or today while no leg is written down."""
        if self.legs:
            return zones.local(self.legs[-1].arrives_at, self.legs[-1].arrives_zone).date()
        return (self.journey and self.journey.planned_on) or localdate()

    def way(self, page: str) -> str:
        """Where something is mended."""
        return reverse(page, args=[self.case.reference])


def _met(title: str, text: str = "") -> Condition:
    return Condition(title, "yes", text)


def informed(ready: Ready) -> Condition:
    """A choice, with what was explained before it."""
    journey = ready.journey
    if journey and journey.points:
        return _met(_("The choice was made freely, with what it means explained."))
    url = ready.way("returns:option")
    title = _("It is not written down what was explained before the choice.")
    return Condition(title, "no", url=url, label=_("Choose together"))


def willed(ready: Ready) -> Condition:
    """The declaration; for a child the guardian's consent and the child's own yes."""
    journey, url = ready.journey, ready.way("returns:declaration")
    will = rules.Will(is_child=ready.is_child)
    if journey:
        will = rules.Will(bool(journey.declared_on), ready.is_child, bool(journey.guardian_on), journey.assent)
    if rules.is_willed(will):
        said = (
            _("The guardian consents and the child wishes it.") if ready.is_child else _("The declaration is signed.")
        )
        return _met(said)
    if not ready.is_child:
        return Condition(_("The declaration is not signed."), "no", url=url, label=_("Write down the declaration"))
    title = _("The guardian’s consent is missing.") if not will.guardian else _("The child’s own agreement is missing.")
    return Condition(title, "no", url=url, label=_("Write down what was said"))


def risk(ready: Ready) -> Condition:
    """The risk of the return, assessed and below high, or overridden in writing by a supervisor."""
    if assistance.return_risk_allows(ready.case):
        return _met(_("The risk of the return was assessed and lets the person travel."))
    if assistance.risk_level(ready.case, "return"):
        title = _("The risk of the return is high.")
        text = _("Lower it with measures, or ask a supervisor to decide in writing.")
    else:
        title, text = _("The risk of the return is not assessed."), ""
    return Condition(title, "no", text, ready.way(RISKS), _("Assess the risk"))


def papers(ready: Ready) -> Condition:
    """Papers that hold through the arrival."""
    kept = [rules.Paper(each.kind, each.state, each.valid_until) for each in ready.papers]
    if rules.has_papers(kept, ready.until):
        return _met(_("The papers hold through the arrival."))
    url = ready.way("returns:paper")
    return Condition(_("No paper in hand holds through the arrival."), "no", url=url, label=_("Add a paper"))


def fit(ready: Ready) -> Condition:
    """A word of a health worker that holds through the arrival."""
    word = health.fitness(ready.case, ready.until)
    if word:
        return _met(_("The person is fit to travel."), word.conditions)
    title = _("Fitness to travel is not confirmed through the arrival.")
    text = _("A health worker says so in the health part, without a word about why.")
    return Condition(title, "no", text, ready.way("people:circle"), _("Bring in a health worker"))


def received(ready: Ready) -> Condition:
    """The body that receives the person has confirmed."""
    journey, url = ready.journey, ready.way("returns:receiving")
    if journey and journey.receiving and journey.receiving_confirmed_on:
        return _met(_("The receiving body has confirmed."), journey.receiving)
    if journey and journey.receiving:
        title = _("The receiving body has not confirmed yet.")
        return Condition(title, "no", journey.receiving, url, _("Write down the answer"))
    return Condition(_("No receiving body is named."), "no", url=url, label=_("Name who receives the person"))


def shared(ready: Ready) -> Condition:
    """The person agrees that the receiving body is told."""
    name = ready.journey.receiving if ready.journey else ""
    if name and assistance.may_share_with(ready.case, name):
        return _met(_("The person agrees that the receiving body is told."))
    title = _("The person’s agreement to tell the receiving body is missing.")
    return Condition(title, "no", url=ready.way("people:consent"), label=_("Ask for it"))


def way(ready: Ready) -> Condition:
    """Legs that follow each other."""
    url = ready.way("returns:leg")
    if not ready.legs:
        return Condition(_("The way is not written down."), "no", url=url, label=_("Add a leg"))
    broken = rules.broken(ready.parts)
    if not broken:
        return _met(_("The legs of the way follow each other."))
    title = _("Leg %(number)s does not arrive before the next one departs.") % {"number": broken[0]}
    return Condition(title, "no", url=f"{ready.way('returns:journey')}#way", label=_("Look at the legs"))


def escort(ready: Ready) -> list[Condition]:
    """Somebody on every leg beside a child who is alone; nothing for others."""
    if not children.is_unaccompanied(ready.case):
        return []
    gaps = rules.alone(ready.parts)
    if ready.legs and not gaps:
        return [_met(_("Somebody travels with the child on every leg."))]
    title = _("An unaccompanied child never travels alone: on leg %(number)s nobody travels along.")
    said = title % {"number": gaps[0]} if gaps else _("Nobody is named yet to travel with the child.")
    return [Condition(said, "no", url=f"{ready.way('returns:journey')}#way", label=_("Look at the legs"))]


RISKS = "assistance:risks"
TESTS = (informed, willed, risk, papers, fit, received, shared, way)


def chosen(case: Case) -> Sequence[Condition]:
    """Before the preparation: somebody chose to leave."""
    if standing.journey(case):
        return [_met(_("The person chose to leave."))]
    url = reverse("returns:option", args=[case.reference])
    return [
        Condition(_("The person’s choice to leave is not written down."), "no", url=url, label=_("Choose together"))
    ]


def before_departure(case: Case) -> Sequence[Condition]:
    """What must hold before the departure."""
    ready = Ready(case, standing.journey(case))
    return [*(test(ready) for test in TESTS), *escort(ready)]


def departed(case: Case) -> Sequence[Condition]:
    """Somebody travels once the departure is written down."""
    journey = standing.journey(case)
    if journey and journey.departed_at:
        return [_met(_("The departure is written down."))]
    url = reverse("returns:depart", args=[case.reference])
    return [Condition(_("The departure is not written down."), "no", url=url, label=_("Write it down"))]


def arrived(case: Case) -> Sequence[Condition]:
    """Reception begins once the arrival is confirmed, here or by the body that sent the person."""
    journey = standing.journey(case)
    if (journey and journey.arrived_at) or assistance.received_handover(case):
        return [_met(_("The arrival is confirmed."))]
    url = reverse("returns:arrival", args=[case.reference])
    return [Condition(_("The arrival is not confirmed."), "no", url=url, label=_("Confirm it"))]
