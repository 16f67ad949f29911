"""How life goes since the return, and the forms that tell it: grants, instalments, enterprises, the survey."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.kernel.money import currency_of
from havre.kernel.vocabularies import load
from havre.platform.audit.actions import Refused, Stale
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, asked, shown
from .forms import BeginForm, CheckForm, DimensionForm, EnterpriseForm, GrantForm
from .ledger import MONTHS
from .models import Enterprise, EnterpriseCheck, Grant, Instalment, Survey
from .survey import Told, items

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE
BOTH = ("GET", "POST")


def _file(reference: str) -> Case:
    case = get_object_or_404(Case, reference=reference)
    keyring.load([case.pk])
    return case


def _frame(case: Case, **more: Any) -> dict[str, Any]:
    return {"case": case, "called": called(case), **more}


@page(needs=READ)
def life(request: Request, reference: str) -> HttpResponse:
    """How life goes since the return: the scores, the money, the enterprise, and what comes next."""
    case = _file(reference)
    may = case.is_open and request.user.may(WRITE)
    return render(request, "reintegration/life.html", _frame(case, may_write=may, **shown.life(case)))


@page(needs=READ)
def answers(request: Request, reference: str) -> HttpResponse:
    """Every answer of every survey, as it was given."""
    case = _file(reference)
    surveys = shown.sittings(case)
    return render(request, "reintegration/answers.html", _frame(case, surveys=surveys, parts=shown.table(surveys)))


@page(needs=WRITE, methods=BOTH)
def grant(request: Request, reference: str, pk: UUID | None = None) -> HttpResponse:
    """A grant with its instalments: written down, or put right."""
    case = _file(reference)
    row = get_object_or_404(Grant, pk=pk, case=case) if pk else None
    parts = list(row.instalments.order_by("seq")) if row else []
    initial = GrantForm.of(row, parts) if row else {"currency": currency_of(request.user.agency.country)}
    sheet = Sheet(request, "grant", row.pk if row else case.pk)
    form = sheet.form(GrantForm, initial=initial, parts=parts)
    context = _frame(case, grant=row, form=form)

    def act() -> None:
        sent: dict[str, Any] = {"values": form.values(), "parts": form.sent_parts()}
        if row:
            actions.save_grant(row, by=request.user, version=form.cleaned_data["version"], **sent)
        else:
            actions.add_grant(case, by=request.user, **sent)

    return sheet.acted("reintegration/grant.html", context, act) or sheet.done("reintegration:life", reference)


@page(needs=WRITE, methods=("POST",))
def paid(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """An instalment was paid today."""
    row = get_object_or_404(Instalment.objects.select_related("grant"), pk=pk, case=_file(reference))
    actions.pay(row, by=request.user, on=localdate())
    return redirect("reintegration:life", reference)


@page(needs=WRITE, methods=("POST",))
def receipt(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """The receipt of an instalment is there."""
    row = get_object_or_404(Instalment.objects.select_related("grant"), pk=pk, case=_file(reference))
    actions.keep_receipt(row, by=request.user)
    return redirect("reintegration:life", reference)


@page(needs=WRITE, methods=BOTH)
def enterprise(request: Request, reference: str, pk: UUID | None = None) -> HttpResponse:
    """What the person plans or runs."""
    case = _file(reference)
    row = get_object_or_404(Enterprise, pk=pk, case=case) if pk else None
    initial = EnterpriseForm.of(row) if row else {"currency": currency_of(request.user.agency.country)}
    sheet = Sheet(request, "enterprise", row.pk if row else case.pk)
    form = sheet.form(EnterpriseForm, initial=initial)
    context = _frame(case, enterprise=row, form=form)

    def act() -> None:
        if row:
            version = form.cleaned_data["version"]
            actions.save_enterprise(row, by=request.user, version=version, values=form.values())
        else:
            actions.add_enterprise(case, by=request.user, values=form.values())

    return sheet.acted("reintegration/enterprise.html", context, act) or sheet.done("reintegration:life", reference)


@page(needs=WRITE, methods=BOTH)
def check(request: Request, reference: str, pk: UUID, month: int) -> HttpResponse:
    """How an enterprise stands after that many months."""
    case = _file(reference)
    row = get_object_or_404(Enterprise, pk=pk, case=case)
    if month not in MONTHS:
        raise Http404
    sheet = Sheet(request, f"check-{month}", row.pk)
    made = EnterpriseCheck.objects.filter(enterprise=row, month=month).first()
    form = sheet.form(CheckForm, initial=CheckForm.of(made))
    context = _frame(case, enterprise=row, month=month, form=form)

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.check_enterprise(row, by=request.user, month=month, version=version, values=form.values())

    return sheet.acted("reintegration/check.html", context, act) or sheet.done("reintegration:life", reference)


@page(needs=WRITE, methods=BOTH)
def survey(request: Request, reference: str) -> HttpResponse:
    """To which contact a survey belongs, and whether it may be put."""
    case = _file(reference)
    surveys = shown.sittings(case)
    sheet = Sheet(request, "survey", case.pk)
    initial = {"contact": request.GET.get("contact") or asked.due(case, surveys), "on": localdate()}
    form = sheet.form(BeginForm, initial=initial, contacts=asked.contacts())
    context = _frame(case, form=form, surveys=surveys, wish=asked.wish(case))
    if not sheet.posted or not form.is_valid():
        return sheet.show("reintegration/survey.html", context)
    try:
        begun = actions.begin_survey(case, by=request.user, **form.begun())
    except Refused as refusal:
        return sheet.refused("reintegration/survey.html", context, refusal)
    return sheet.done("reintegration:dimension", reference, begun.contact, asked.first(begun))


@page(needs=WRITE, methods=BOTH)
def dimension(request: Request, reference: str, contact: str, dimension: str) -> HttpResponse:
    """One dimension of the survey, on a page of its own."""
    case = _file(reference)
    row = get_object_or_404(Survey.objects.select_related("interview", "case"), case=case, contact=contact)
    if dimension not in load("reintegration_dimensions"):
        raise Http404
    told = Told.of(row)
    sheet = Sheet(request, f"survey-{dimension}", row.pk)
    form = sheet.form(DimensionForm, items=items(dimension), told=told, dimension=dimension)
    if not sheet.posted or not form.is_valid():
        return sheet.show("reintegration/dimension.html", _frame(case, **asked.page(row, told, form, dimension)))
    try:
        version = form.cleaned_data["version"] or 0
        actions.save_survey(row, by=request.user, dimension=dimension, sent=form.sent(), version=version)
    except Stale as stale:
        more = asked.both(row, form, dimension, stale)
        return sheet.show("reintegration/dimension.html", _frame(case, **more), 409)
    except Refused as refusal:
        context = _frame(case, **asked.page(row, told, form, dimension))
        return sheet.refused("reintegration/dimension.html", context, refusal)
    return sheet.done(asked.onward(row, request.user, dimension, paused=request.POST.get("go") == "pause"))
