"""The page of a journey; the declaration, who receives, leaving, arriving, the handover."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.cases.returns import actions, hard, standing, zones
from havre.cases.returns.actions.travel import HANDOVER
from havre.cases.returns.forms import ArrivalForm, DeclarationForm, DepartForm, HandoverForm, ReceivingForm
from havre.cases.returns.models import ReturnJourney
from havre.cases.returns.panels import Preparation
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import frame

WRITE = Permission.CASE_WRITE


@page(needs=WRITE)
def journey(request: Request, reference: str) -> HttpResponse:
    """One journey on one page: what must hold first, then who receives, the way, the papers."""
    case = frame.file(reference)
    shown = Preparation(case, standing.journey(case))
    context = {"case": case, "called": called(case), "shown": shown, "trip": shown.trip}
    return render(request, "returns/journey.html", {**context, "tell": standing.to_tell(case)})


@page(needs=WRITE, methods=("GET", "POST"))
def declaration(request: Request, reference: str) -> HttpResponse:
    """The declaration of an adult; the guardian's consent and the child's own word."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    is_child = hard.Ready(case, one).is_child
    sheet = Sheet(request, "declaration", one.pk)
    form = sheet.form(DeclarationForm, initial=DeclarationForm.of(one), is_child=is_child)

    def act() -> object:
        return actions.declare(one, by=request.user, version=form.cleaned_data["version"], values=form.values())

    lede = _("It is free, and can be taken back until the departure. Nothing else depends on it.")
    return frame.asked(sheet, case, form, act, title=_("The declaration"), lede=lede)


@page(needs=WRITE, methods=("GET", "POST"))
def receiving(request: Request, reference: str) -> HttpResponse:
    """The body that receives the person there."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    sheet = Sheet(request, "receiving", one.pk)
    form = sheet.form(ReceivingForm, initial=ReceivingForm.of(one))

    def act() -> object:
        return actions.place(one, by=request.user, version=form.cleaned_data["version"], values=form.values())

    lede = _("Nothing is told to anybody before the person agrees to it.")
    return frame.asked(sheet, case, form, act, title=_("Who receives the person"), lede=lede)


@page(needs=WRITE, methods=("GET", "POST"))
def depart(request: Request, reference: str) -> HttpResponse:
    """The departure, with everything that must hold before it."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    sheet = Sheet(request, "depart", one.pk)
    shown = Preparation(case, one)
    first: dict[str, Any] = {"version": one.version}
    if shown.ready.legs:
        leg = shown.ready.legs[0]
        first |= {"departs_at": zones.local(leg.departs_at, leg.departs_zone), "departs_zone": leg.departs_zone}
    form = sheet.form(DepartForm, initial=first, near=frame.near(case, one))

    def act() -> object:
        sent = form.cleaned_data
        return actions.depart(one, by=request.user, version=sent["version"], at=form.at, zone=sent["departs_zone"])

    return frame.asked(sheet, case, form, act, template="returns/depart.html", shown=shown)


@page(needs=WRITE, methods=("GET", "POST"))
def arrival(request: Request, reference: str) -> HttpResponse:
    """Somebody says that the person arrived."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    sheet = Sheet(request, "arrival", one.pk)
    form = sheet.form(ArrivalForm, initial=_expected(one), near=frame.near(case, one), left=one.departed_at)

    def act() -> object:
        sent = form.cleaned_data
        when = {"at": form.at, "zone": sent["arrives_zone"]}
        return actions.arrive(one, by=request.user, version=sent["version"], values=form.values(), **when)

    shown = Preparation(case, one)
    return frame.asked(sheet, case, form, act, template="returns/arrival.html", shown=shown, trip=shown.trip)


def _expected(one: ReturnJourney) -> dict[str, Any]:
    """The arrival as the last leg plans it, or now when that has not come."""
    last = one.legs.order_by("-arrives_at").first()
    if last is None:
        return {"version": one.version}
    at = zones.local(min(last.arrives_at, timezone.now()), last.arrives_zone)
    return {"version": one.version, "arrives_at": at, "arrives_zone": last.arrives_zone}


@page(needs=WRITE, methods=("GET", "POST"))
def handover(request: Request, reference: str) -> HttpResponse:
    """Somebody there met the person and goes on with them."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    sheet = Sheet(request, "handover", one.pk)
    stored = {name: getattr(one, name) for name in HANDOVER}
    first = {**stored, "handover_on": one.handover_on or localdate(), "version": one.version}
    form = sheet.form(HandoverForm, initial=first)

    def act() -> object:
        return actions.hand_over(one, by=request.user, version=form.cleaned_data["version"], values=form.values())

    lede = _("Once they have met, the file goes on to reintegration.")
    return frame.asked(sheet, case, form, act, title=_("The handover"), lede=lede)
