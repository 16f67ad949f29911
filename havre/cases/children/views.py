"""One page for what stands beside a child, and a page each for what is written there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, panels
from .forms import AssessForm, CircumstancesForm, DetermineForm, GuardianForm
from .models import BestInterest, Circumstances, Guardian

WRITE, DECIDE = Permission.CHILD_WRITE, Permission.CHILD_DECIDE
BOTH = ("GET", "POST")


def _file(reference: str) -> Case:
    return get_object_or_404(Case.objects.select_related("person"), reference=reference)


def _frame(case: Case, **more: Any) -> dict[str, Any]:
    return {"case": case, "called": called(case), **more}


@page(needs=WRITE)
def file(request: Request, reference: str) -> HttpResponse:
    """The child: who speaks for them, what they say, what a return needs, what was weighed."""
    case = _file(reference)
    kid = panels.read(case)
    context = _frame(case, kid=kid, conditions=panels.conditions(kid, request.user) if kid.is_child else [])
    context |= {"consent": panels.consent(case), "decides": request.user.may(DECIDE)}
    return render(request, "children/file.html", context)


@page(needs=WRITE, methods=BOTH)
def circumstances(request: Request, reference: str) -> HttpResponse:
    """Who came with the child; of two who write, the later sees both."""
    case = _file(reference)
    sheet = Sheet(request, "circumstances", case.pk)
    form = sheet.form(CircumstancesForm, initial=CircumstancesForm.of(Circumstances.objects.filter(case=case).first()))
    context = _frame(case, form=form)

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.save_circumstances(case, by=request.user, version=version, values=form.values())

    return sheet.acted("children/circumstances.html", context, act) or sheet.done("children:file", reference)


@page(needs=WRITE, methods=BOTH)
def guardian(request: Request, reference: str) -> HttpResponse:
    """A guardian is named."""
    case = _file(reference)
    sheet = Sheet(request, "guardian", case.pk)
    form = sheet.form(GuardianForm)
    context = _frame(case, form=form, row=None, kid=panels.read(case))
    acted = sheet.acted(
        "children/guardian.html", context, lambda: actions.name_guardian(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("children:file", reference)


@page(needs=WRITE, methods=BOTH)
def guardian_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """A guardian as written, to be corrected or ended."""
    case = _file(reference)
    row = get_object_or_404(Guardian, pk=pk, case=case)
    sheet = Sheet(request, "guardian-edit", row.pk)
    form = sheet.form(GuardianForm, initial=GuardianForm.of(row))
    context = _frame(case, form=form, row=row)
    acted = sheet.acted(
        "children/guardian.html",
        context,
        lambda: actions.save_guardian(row, by=request.user, version=form.cleaned_data["version"], values=form.values()),
    )
    return acted or sheet.done("children:file", reference)


@page(needs=WRITE, methods=BOTH)
def assess(request: Request, reference: str) -> HttpResponse:
    """One look at what is best for the child."""
    case = _file(reference)
    sheet = Sheet(request, "assess", case.pk)
    form = sheet.form(AssessForm, initial=AssessForm.start(request.GET.get("about", "")))
    context = _frame(case, form=form)
    acted = sheet.acted(
        "children/weigh.html", context, lambda: actions.assess(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("children:file", reference)


@page(needs=DECIDE, methods=BOTH)
def determine(request: Request, reference: str) -> HttpResponse:
    """What a panel of three at least determined."""
    case = _file(reference)
    sheet = Sheet(request, "determine", case.pk)
    form = sheet.form(DetermineForm, initial=DetermineForm.start(request.GET.get("about", "")))
    context = _frame(case, form=form, formal=True)
    acted = sheet.acted(
        "children/weigh.html", context, lambda: actions.determine(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("children:file", reference)


@page(needs=WRITE)
def interest(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """What was weighed and found on one day."""
    case = _file(reference)
    row = get_object_or_404(BestInterest.objects.select_related("by"), pk=pk, case=case)
    later = BestInterest.objects.filter(supersedes=row).first()
    return render(request, "children/interest.html", _frame(case, row=row, later=later))
