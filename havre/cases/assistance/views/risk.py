"""The risks of a person, judging one, judging it again, and a supervisor's decision in spite of it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from havre.cases.assistance import actions
from havre.cases.assistance.forms import OverrideForm, RiskForm
from havre.cases.assistance.matrix import Judged, judged, matrix
from havre.cases.assistance.rules.risk import RETURN
from havre.cases.assistance.standing import return_risk_allows
from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.platform.permissions import Compartment, Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from .frame import READ, WRITE, colleagues, file, frame, reaches

LEAVING = ("S7", "S8", "S9")


@page(needs=READ)
def risks(request: Request, reference: str) -> HttpResponse:
    """Every risk that stands, in the table and in words."""
    case = file(reference)
    found = judged(case)
    context = frame(case, risks=found, matrix=matrix(found), reaches=reaches(case, Compartment.WHEREABOUTS))
    context["return_judged"] = any(each.risk.about == RETURN for each in found)
    context["returns"] = case.state in LEAVING or context["return_judged"]
    context["return_allowed"] = return_risk_allows(case)
    context["writes"] = case.is_open and request.user.may(WRITE)
    context["overrides"] = case.is_open and request.user.may(Permission.RISK_OVERRIDE)
    return render(request, "assistance/risks.html", context)


@page(needs=WRITE, methods=("GET", "POST"))
def risk(request: Request, reference: str) -> HttpResponse:
    """A risk that was not judged before."""
    case = file(reference)
    sheet = Sheet(request, "risk", case.pk)
    initial = {"about": request.GET.get("about", ""), "owner": str(request.user.pk)}
    form = sheet.form(RiskForm, initial=initial, people=colleagues(case, request.user, part=Compartment.WHEREABOUTS))
    context = frame(case, form=form, one=None, matrix=matrix())
    acted = sheet.acted(
        "assistance/risk.html", context, lambda: actions.assess_risk(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("assistance:risks", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def risk_again(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """A risk judged again: the earlier assessment stays, and the new one takes its place."""
    case = file(reference)
    one = _one(case, pk)
    sheet = Sheet(request, "risk-again", one.risk.pk)
    people = colleagues(case, request.user, one.risk.owner, part=Compartment.WHEREABOUTS)
    form = sheet.form(RiskForm, initial=RiskForm.of(one.risk), people=people, again=True)
    context = frame(case, form=form, one=one, matrix=matrix([one]))

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.assess_risk(case, by=request.user, values=form.values(), again=one.risk, version=version)

    return sheet.acted("assistance/risk.html", context, act) or sheet.done("assistance:risks", reference)


@page(needs=Permission.RISK_OVERRIDE, methods=("GET", "POST"))
def risk_override(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """The written decision that a journey may go on in spite of a risk."""
    case = file(reference)
    one = _one(case, pk)
    sheet = Sheet(request, "risk-override", one.risk.pk)
    form = sheet.form(OverrideForm)
    context = frame(case, form=form, one=one)
    acted = sheet.acted(
        "assistance/override.html",
        context,
        lambda: actions.override_risk(one.risk, by=request.user, reason=form.cleaned_data["reason"]),
    )
    return acted or sheet.done("assistance:risks", reference)


def _one(case: Case, pk: UUID) -> Judged:
    """The risk by its latest assessment, whichever of them the address names."""
    for each in judged(case):
        if pk in (each.risk.pk, *(before.pk for before in each.earlier)):
            return each
    raise Http404
