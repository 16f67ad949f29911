"""A leg of the way, a paper for it: short forms, and back to the journey."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from havre.cases.people.sheets import Sheet
from havre.cases.returns import actions
from havre.cases.returns.forms import TravelLegForm, TravelPaperForm
from havre.cases.returns.models import TravelDocument, TravelLeg
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import frame

WRITE = Permission.CASE_WRITE


@page(needs=WRITE, methods=("GET", "POST"))
def leg(request: Request, reference: str) -> HttpResponse:
    """A new leg; it begins where the last one ends."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    sheet = Sheet(request, "leg", one.pk)
    last = one.legs.order_by("-arrives_at").first()
    first = {"from_place": last.to_place, "departs_zone": last.arrives_zone, "escort": last.escort} if last else {}
    form = sheet.form(TravelLegForm, initial=first, near=frame.near(case, one))

    def act() -> object:
        return actions.save_leg(one, by=request.user, values=form.values())

    return frame.asked(sheet, case, form, act, template="returns/leg.html", title=_("A leg of the way"))


@page(needs=WRITE, methods=("GET", "POST"))
def leg_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """A leg as it stands."""
    case = frame.file(reference)
    row = get_object_or_404(TravelLeg.objects.select_related("journey"), pk=pk, case=case)
    sheet = Sheet(request, "leg-edit", row.pk)
    form = sheet.form(TravelLegForm, initial=TravelLegForm.of(row), near=frame.near(case, row.journey))

    def act() -> object:
        version = form.cleaned_data["version"]
        return actions.save_leg(row.journey, by=request.user, values=form.values(), leg=row, version=version)

    title = _("Leg %(number)s") % {"number": row.seq}
    return frame.asked(sheet, case, form, act, template="returns/leg.html", title=title, leg=row)


@page(needs=WRITE, methods=("POST",))
def leg_drop(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """Takes a leg out of a way that has not begun."""
    row = get_object_or_404(TravelLeg.objects.select_related("journey"), pk=pk, case=frame.file(reference))
    actions.drop_leg(row, by=request.user)
    return redirect(frame.JOURNEY, reference)


@page(needs=WRITE, methods=("GET", "POST"))
def paper(request: Request, reference: str) -> HttpResponse:
    """A new paper."""
    case = frame.file(reference)
    sheet = Sheet(request, "paper", case.pk)
    form = sheet.form(TravelPaperForm)

    def act() -> object:
        return actions.save_paper(case, by=request.user, values=form.values())

    return frame.asked(sheet, case, form, act, title=_("A paper for the way"))


@page(needs=WRITE, methods=("GET", "POST"))
def paper_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """A paper as it stands."""
    case = frame.file(reference)
    row = get_object_or_404(TravelDocument, pk=pk, case=case)
    sheet = Sheet(request, "paper-edit", row.pk)
    form = sheet.form(TravelPaperForm, initial=TravelPaperForm.of(row))

    def act() -> object:
        version = form.cleaned_data["version"]
        return actions.save_paper(case, by=request.user, values=form.values(), paper=row, version=version)

    return frame.asked(sheet, case, form, act, title=_("A paper for the way"))
