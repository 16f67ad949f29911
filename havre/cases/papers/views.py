"""Asking for a paper of a file, and the page of a copy, which the browser prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.parts import Condition
from havre.platform.ui.requests import Request

from . import actions, letters, rules, shown
from .forms import LetterForm, PaperForm
from .models import KINDS, PrintedCopy

WRITE = Permission.CASE_WRITE
SHOWN = 50


def _file(reference: str) -> Case:
    return get_object_or_404(Case.objects.select_related("person", "owner", "agency"), reference=reference)


def _frame(case: Case, **more: Any) -> dict[str, Any]:
    return {"case": case, "called": called(case), **more}


@page(needs=WRITE)
def papers(request: Request, reference: str) -> HttpResponse:
    """The papers, and which were printed."""
    case = _file(reference)
    printed = list(case.printed_copies.select_related("by").order_by("-number")[:SHOWN])
    kinds = [{**each, "open": case.is_open or each["code"] in rules.ALSO_CLOSED} for each in shown.kinds()]
    return render(request, "papers/papers.html", _frame(case, kinds=kinds, printed=printed))


@page(needs=WRITE, methods=("GET", "POST"))
def ask(request: Request, reference: str, kind: str) -> HttpResponse:
    """Why, in which language and how many; then the page of the copy."""
    if kind not in KINDS:
        raise Http404
    case = _file(reference)
    sheet = Sheet(request, f"paper-{kind}", case.pk)
    form, conditions = _form(sheet, case, kind)
    closed = not case.is_open and kind not in rules.ALSO_CLOSED
    context = _frame(case, form=form, kind=kind, conditions=conditions, closed=closed)
    if not sheet.posted or not form.is_valid():
        return sheet.show("papers/ask.html", context)
    try:
        made = actions.print_paper(case, by=request.user, kind=kind, values=form.values())
    except Refused as refusal:
        return sheet.refused("papers/ask.html", context, refusal)
    return sheet.done("papers:copy", reference, made.number)


def _form(sheet: Sheet, case: Case, kind: str) -> tuple[PaperForm, Sequence[Condition]]:
    """The form of that paper; for a letter that may not go out, what is missing instead."""
    if kind != "referral":
        return sheet.form(PaperForm), []
    going = letters.may_go(case)
    return sheet.form(LetterForm, going=going), [] if going else letters.conditions(case)


@page(needs=WRITE)
def copy(request: Request, reference: str, number: int) -> HttpResponse:
    """The copies that were asked for together, on the day and for the colleague who asked."""
    case = _file(reference)
    asked = get_object_or_404(PrintedCopy.objects.select_related("by"), case=case, number=number)
    context = _frame(case, copy=asked)
    if not rules.may_show(asked.at, asked.by_id, by=request.user.pk, now=timezone.now()):
        return render(request, "papers/printed.html", context)
    if asked.kind == "referral" and letters.missing(case, asked.about):
        stands = letters.conditions(case, asked.about)
        return render(request, "papers/stopped.html", {**context, "conditions": stands}, status=409)
    return render(request, "papers/copy.html", {**context, "copies": shown.copies(asked, case)})
