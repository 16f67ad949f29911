"""The plan as it was agreed, what changed since, and agreeing to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from havre.cases.assistance import actions
from havre.cases.assistance.agreements import changed_since, lines_of, versions
from havre.cases.assistance.forms import AgreeForm
from havre.cases.assistance.models import Plan
from havre.cases.assistance.panels import plan_of
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import child
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from .frame import READ, WRITE, file, frame


@page(needs=READ, methods=("GET", "POST"))
def plan(request: Request, reference: str) -> HttpResponse:
    """The version that was agreed last and what changed since; agreeing makes the next one."""
    case = file(reference)
    every = versions(case)
    last = every[0] if every else None
    lines = lines_of(last) if last else []
    sheet = Sheet(request, "plan", case.pk)
    form = sheet.form(AgreeForm, initial=AgreeForm.after(last, child=child(case.person, localdate())))
    changes = changed_since(lines, case) if last else []
    context = frame(case, plan=plan_of(case), last=last, lines=lines, changes=changes, versions=every, form=form)
    context["writes"] = case.is_open and request.user.may(WRITE)
    acted = sheet.acted("assistance/plan.html", context, lambda: actions.agree(case, by=request.user, **form.told()))
    return acted or sheet.done("assistance:plan", reference)


@page(needs=READ)
def plan_version(request: Request, reference: str, number: int) -> HttpResponse:
    """One version of the plan, as it was agreed."""
    case = file(reference)
    one = get_object_or_404(Plan.objects.select_related("by"), case=case, number=number)
    context = frame(case, last=one, lines=lines_of(one), versions=versions(case))
    return Sheet(request, "plan", case.pk).show("assistance/plan_version.html", context)
