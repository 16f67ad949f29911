"""Planning the calls, making one, and saying that contact is lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate

from havre.cases.people.models import Case, PersonContact
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.cases.returns.standing import arrived_on
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, panels, rules, said
from .forms import CallForm, PlanForm, SatisfactionForm
from .models import ContactAttempt, FollowUp

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE


def _file(reference: str) -> Case:
    return get_object_or_404(Case, reference=reference)


def _contacts(case: Case) -> list[PersonContact]:
    """The ways to reach the person, the safe ones first."""
    keyring.load([case.person_id])
    ways = PersonContact.objects.filter(person=case.person_id).order_by("pk")
    return sorted(ways, key=lambda each: (each.safe is False, not each.safe))


@page(needs=READ, methods=("GET", "POST"))
def plan(request: Request, reference: str) -> HttpResponse:
    """The calls proposed by the schedule, their days still to be changed; planned twice, they stand once."""
    case = _file(reference)
    calls = panels.calls_of(case)
    sheet = Sheet(request, "calls", case.pk)
    form = sheet.form(PlanForm, contacts=panels.proposed(case, calls.wish))
    begun = case.state == panels.FOLLOW_UP
    context = {"case": case, "called": called(case), "calls": calls, "form": form, "begun": begun}
    context |= {"arrived": arrived_on(case), "travelling": actions.travelling(case)}
    acted = sheet.acted(
        "followup/plan.html", context, lambda: actions.plan_calls(case, by=request.user, days=form.days())
    )
    return acted or sheet.done("followup:plan", reference)


@page(needs=READ, methods=("GET", "POST"))
def call(request: Request, reference: str, code: str) -> HttpResponse:
    """One call: how to reach the person without harm, the tries so far, this try and what came of it."""
    case = _file(reference)
    row = get_object_or_404(FollowUp, case=case, code=code)
    sheet = Sheet(request, "call", row.pk)
    form = sheet.form(CallForm, initial=CallForm.of(row))
    context = _call_page(case, row, form)

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.record_call(row, by=request.user, version=version, attempt=form.attempt(), told=form.told())

    return sheet.acted("followup/call.html", context, act) or sheet.done("followup:call", reference, code)


def _call_page(case: Case, row: FollowUp, form: CallForm) -> dict[str, Any]:
    calls = panels.calls_of(case)
    tried = actions.tries(case)
    return {
        "case": case,
        "called": called(case),
        "call": panels.call_of(row, localdate()),
        "calls": calls,
        "asks": panels.asks(case, row),
        "form": form,
        "contacts": _contacts(case),
        "tries": ContactAttempt.objects.filter(case=case).select_related("by", "follow_up").order_by("-at"),
        "lost": row.attempts.exists() and rules.is_lost(tried),
    }


@page(needs=WRITE, methods=("POST",))
def lost(request: Request, reference: str, code: str) -> HttpResponse:
    """Contact is lost, after honest tries."""
    row = get_object_or_404(FollowUp, case=_file(reference), code=code)
    actions.lose_contact(row, by=request.user)
    return redirect("followup:call", reference, code)


@page(needs=WRITE, methods=("GET", "POST"))
def satisfaction(request: Request, reference: str, code: str) -> HttpResponse:
    """What the person says of each service they were given, at this contact."""
    case = _file(reference)
    row = get_object_or_404(FollowUp, case=case, code=code)
    keyring.load([case.pk])
    sheet = Sheet(request, "satisfaction", row.pk)
    form = sheet.form(SatisfactionForm, initial=SatisfactionForm.of(case), services=said.services(case))
    context = {"case": case, "called": called(case), "row": row, "form": form}

    def act() -> None:
        sent = {"on": form.cleaned_data["on"], "version": form.cleaned_data["version"], "said": form.said()}
        said.record_satisfaction(case, by=request.user, contact=code, **sent)

    return sheet.acted("followup/satisfaction.html", context, act) or sheet.done("followup:call", reference, code)
