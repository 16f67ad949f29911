"""Choosing together, taking back, choosing anew."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate

from havre.cases.people import actions as people
from havre.cases.people.sheets import Sheet
from havre.cases.returns import actions, standing
from havre.cases.returns.forms import EndForm, OptionForm
from havre.cases.returns.models import ReturnJourney
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import frame

WRITE = Permission.CASE_WRITE


@page(needs=WRITE, methods=("GET", "POST"))
def option(request: Request, reference: str) -> HttpResponse:
    """What was explained, and what the person chose: to stay, to return, to settle elsewhere."""
    case = frame.file(reference)
    sheet = Sheet(request, "option", case.pk)
    form = sheet.form(OptionForm, initial={"chosen_on": localdate()})
    return frame.asked(
        sheet,
        case,
        form,
        lambda: actions.choose(case, by=request.user, values=form.values()),
        template="returns/option.html",
        stands=standing.planned(case),
    )


@page(needs=WRITE, methods=("POST",))
def prepare(request: Request, reference: str) -> HttpResponse:
    """The preparation begins, once nothing keeps the choice from it."""
    people.move(frame.file(reference), by=request.user, to="S8")
    return redirect(frame.JOURNEY, reference)


@page(needs=WRITE, methods=("GET", "POST"))
def end(request: Request, reference: str) -> HttpResponse:
    """The person takes the choice back, or the journey is called off: at any step, without a reason."""
    case = frame.file(reference)
    one = frame.standing_journey(case)
    sheet = Sheet(request, "journey-end", one.pk)
    form = sheet.form(EndForm, initial={"why": "withdrawn"}, departed=bool(one.departed_at))

    def act() -> object:
        said = {"withdrawn": form.withdrawn, "reason": form.cleaned_data["reason"]}
        return actions.end(one, by=request.user, on=localdate(), **said)

    return frame.asked(sheet, case, form, act, template="returns/end.html", journey=one)


@page(needs=WRITE, methods=("POST",))
def told(request: Request, reference: str, number: int) -> HttpResponse:
    """The body that expected the person knows that they do not come."""
    one = get_object_or_404(ReturnJourney, case=frame.file(reference), number=number)
    actions.tell(one, by=request.user, on=localdate())
    return redirect(frame.JOURNEY, reference)


@page(needs=WRITE, methods=("POST",))
def again(request: Request, reference: str) -> HttpResponse:
    """Plans a new way for somebody who set out and came back."""
    actions.again(frame.standing_journey(frame.file(reference)), by=request.user)
    return redirect(frame.JOURNEY, reference)
