"""Treaties and laws from a spreadsheet."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import redirect, render

from havre.platform.audit.actions import Refused
from havre.platform.keeping.uploads import PAGES
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.prevention.law import reading
from havre.prevention.law.actions.bringing import bring_in as act
from havre.prevention.law.forms.bringing import BringForm

from .register import BOTH, WRITE

PAGES["law:bring_in"] = WRITE


@page(needs=WRITE, methods=BOTH)
def bring_in(request: Request) -> HttpResponse:
    """Takes the file: all of it, or nothing and what is wrong with each row."""
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if not (form.is_bound and form.is_valid()):
        return _page(request, form)
    try:
        read = reading.read(form.cleaned_data["file"], request.user.agency_id)
    except reading.Unreadable as why:
        form.add_error("file", str(why))
        return _page(request, form)
    if read.faults:
        return _page(request, form, read)
    try:
        act(read, visibility=form.cleaned_data["visibility"], by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    return redirect("law:home")


def _page(request: Request, form: BringForm, read: reading.Reading | None = None) -> HttpResponse:
    context = {"form": form, "reading": read, "columns": reading.columns()}
    return render(request, "law/bring_in.html", context, status=422 if form.is_bound else 200)


@page(needs=WRITE)
def sheet(request: Request) -> HttpResponse:
    """An empty spreadsheet with the titles of the columns."""
    text = io.StringIO()
    csv.writer(text).writerow(reading.COLUMNS)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="treaties-and-laws.csv"'
    return answer
