"""Answers from a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from havre.platform.audit.actions import Refused
from havre.platform.keeping.uploads import PAGES
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.prevention.surveys import actions, loading
from havre.prevention.surveys.forms import LoadForm
from havre.prevention.surveys.models import Load, Survey

from .building import BOTH, WRITE, mine

PAGES["surveys:load"] = WRITE


@page(needs=WRITE, methods=BOTH)
def load(request: Request, pk: UUID) -> HttpResponse:
    """Takes a file of answers: all of them, or none and what is wrong with each row."""
    survey = mine(request, pk)
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if not (form.is_bound and form.is_valid()):
        return _page(request, survey, form)
    try:
        reading = loading.read(survey, form.cleaned_data["file"])
    except loading.Unreadable as why:
        form.add_error("file", str(why))
        return _page(request, survey, form)
    if reading.faults:
        return _page(request, survey, form, reading)
    try:
        actions.load(survey, name=reading.name, digest=reading.digest, rows=reading.rows, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, survey, form)
    return redirect("surveys:load", survey.pk)


def _page(request: Request, survey: Survey, form: LoadForm, reading: loading.Reading | None = None) -> HttpResponse:
    loads = Load.objects.filter(survey=survey).select_related("by").order_by("-at")
    context: dict[str, Any] = {"survey": survey, "form": form, "reading": reading, "loads": loads, "here": "load"}
    context |= {"items": survey.items.all(), "own": True}
    return render(request, "surveys/load.html", context, status=422 if form.is_bound else 200)


@page(needs=WRITE)
def sheet(request: Request, pk: UUID) -> HttpResponse:
    """An empty spreadsheet with the titles of the columns."""
    survey = mine(request, pk)
    text = io.StringIO()
    csv.writer(text).writerow(loading.titles(survey))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="answers.csv"'
    return answer


@page(needs=WRITE, methods=("POST",))
def out(request: Request, pk: UUID) -> HttpResponse:
    """Takes the answers of one file out again."""
    load = get_object_or_404(Load.objects.select_related("survey"), pk=pk, owner=request.user.agency_id)
    actions.unload(load, by=request.user)
    return redirect("surveys:load", load.survey_id)
