"""Health: the record in three times, the tests, the word on travelling. Others are told who keeps it, and no more."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.audit.actions import Refused, Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, panels
from .forms import AddForm, FitnessForm, RecordForm, TestForm, TopicsForm
from .models import HealthRecord, RestrictedResult

READ, KEEP = Permission.CASE_READ, Permission.HEALTH_WRITE
P = ParamSpec("P")


def kept(
    view: Callable[Concatenate[Request, Case, P], HttpResponse],
) -> Callable[Concatenate[Request, str, P], HttpResponse]:
    """For those who keep health records; whoever works on the file otherwise is led to the page that says who does."""

    @functools.wraps(view)
    def entered(request: Request, reference: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        case = get_object_or_404(Case, reference=reference)
        if request.user.may(KEEP):
            return view(request, case, *args, **kwargs)
        if request.method == "POST":
            raise Refused(_("The health record is kept by health workers. Ask one of them."))
        return redirect("health:file", reference)

    return entered


def _frame(case: Case, **more: Any) -> dict[str, Any]:
    return {"case": case, "called": called(case), **more}


@page(needs=READ)
def file(request: Request, reference: str) -> HttpResponse:
    """The record for those who keep it; for others, who does, and whether the person may travel."""
    case = get_object_or_404(Case, reference=reference)
    if not request.user.may(KEEP):
        context = {**panels.panel(case), **_frame(case, keepers=panels.keepers(request.user))}
        return render(request, "health/kept.html", context)
    shown = panels.file(case)
    form = TopicsForm(initial={"topics": sorted(shown["done"])})
    return render(request, "health/file.html", {**shown, **_frame(case, form=form)})


@page(needs=READ, methods=("GET", "POST"))
@kept
def add(request: Request, case: Case) -> HttpResponse:
    """What the person tells, by group."""
    sheet = Sheet(request, "health", case.pk)
    form = sheet.form(AddForm, initial={"phase": request.GET.get("phase", "")})
    context = _frame(case, form=form)
    acted = sheet.acted("health/add.html", context, lambda: actions.write_down(case, by=request.user, told=form.told()))
    return acted or sheet.done("health:file", case.reference)


@page(needs=READ, methods=("GET", "POST"))
@kept
def record(request: Request, case: Case, pk: UUID) -> HttpResponse:
    """One line of the record, to be read or corrected."""
    row = get_object_or_404(HealthRecord, pk=pk, case=case)
    sheet = Sheet(request, "health-line", row.pk)
    form = sheet.form(RecordForm, initial=RecordForm.of(row))
    context = _frame(case, row=row, form=form)
    if not sheet.posted or not form.is_valid():
        return sheet.show("health/record.html", context)
    try:
        actions.save_record(row, by=request.user, version=form.cleaned_data["version"], values=form.values())
    except Stale as stale:
        stale.theirs = RecordForm.shown(stale.theirs)
        return sheet.conflict("health/record.html", context, stale)
    except Refused as refusal:
        return sheet.refused("health/record.html", context, refusal)
    return sheet.done("health:file", case.reference)


@page(needs=READ, methods=("POST",))
@kept
def topics(request: Request, case: Case) -> HttpResponse:
    """The topics of the guide that were gone through."""
    form = TopicsForm(request.POST)
    if form.is_valid():
        actions.check_topics(case, by=request.user, topics=form.cleaned_data["topics"])
    return redirect("health:file", case.reference)


@page(needs=READ, methods=("GET", "POST"))
@kept
def test(request: Request, case: Case) -> HttpResponse:
    """A test that asks for a talk and a yes of its own first."""
    _quietly(request)
    sheet = Sheet(request, "health-test", case.pk)
    form = sheet.form(TestForm, colleagues=_others(request))
    context = _frame(case, form=form, row=None)
    acted = sheet.acted(
        "health/test.html",
        context,
        lambda: actions.begin_test(case, by=request.user, values=form.values(), readers=form.named()),
    )
    return acted or sheet.done("health:file", case.reference)


@page(needs=READ, methods=("GET", "POST"))
@kept
def result(request: Request, case: Case, pk: UUID) -> HttpResponse:
    """A test with its result and its readers; for anybody else there is no such page."""
    _quietly(request)
    row = get_object_or_404(RestrictedResult, pk=pk, case=case)
    sheet = Sheet(request, "health-result", row.pk)
    form = sheet.form(TestForm, initial=TestForm.of(row), colleagues=_others(request))
    context = _frame(case, form=form, row=row)

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.save_test(row, by=request.user, version=version, values=form.values(), readers=form.named())

    return sheet.acted("health/test.html", context, act) or sheet.done("health:file", case.reference)


def _quietly(request: Request) -> None:
    """The record says that a line was read, never that it is a test: others may see who saw the file."""
    request.recorder.page = "page.health:record"


def _others(request: Request) -> list[Any]:
    return [each for each in panels.keepers(request.user) if each.pk != request.user.pk]


@page(needs=READ, methods=("GET", "POST"))
@kept
def fitness(request: Request, case: Case) -> HttpResponse:
    """Whether the person may travel, until when, and what the journey must offer."""
    sheet, shown = Sheet(request, "fitness", case.pk), panels.panel(case)
    said = shown["fitness"]
    form = sheet.form(FitnessForm, initial=FitnessForm.of(said.row if said else None, localdate()))
    context = _frame(case, form=form, fitness=said)
    acted = sheet.acted(
        "health/fitness.html", context, lambda: actions.say_fitness(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("health:file", case.reference)
