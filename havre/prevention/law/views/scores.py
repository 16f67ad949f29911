"""The 3P index: countries by year, and one score."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from havre.kernel import places
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.law import actions, shown
from havre.prevention.law.forms.register import ScoreForm
from havre.prevention.law.models import Score

from .register import BOTH, READ, WRITE, by_name


@page(needs=READ)
def scores(request: Request) -> HttpResponse:
    """The latest score of each country, with how it went."""
    lands = by_name(list(Score.objects.values_list("country", flat=True).distinct()))
    rows = []
    for code, name in lands:
        found = shown.scores_of(code, request.user.agency_id)
        rows.append((code, name, found[0], found[-1]))
    return render(request, "law/scores.html", {"rows": rows})


@page(needs=WRITE, methods=BOTH)
def score_new(request: Request) -> HttpResponse:
    """A score that is not there yet."""
    land = request.GET.get("country", "")
    return _score(request, Score(country=land if land in places.countries else ""), request.user.pk)


@page(needs=WRITE, methods=BOTH)
def score(request: Request, pk: UUID) -> HttpResponse:
    """A score of one's own agency as it stands."""
    row = get_object_or_404(Score, pk=pk, owner=request.user.agency_id)
    return _score(request, row, row.pk)


def _score(request: Request, row: Score, subject: UUID) -> HttpResponse:
    sheet = Sheet(request, "score", subject)
    form = sheet.form(ScoreForm, row=row)
    land = row.country
    back = reverse("law:country", args=[land]) if land else reverse("law:scores")

    def act() -> None:
        actions.save_score(row, form.values(), by=request.user, version=form.since)

    acted = sheet.acted("law/score.html", {"form": form, "land": land, "back": back}, act)
    return acted or sheet.done("law:country", form.cleaned_data["country"])
