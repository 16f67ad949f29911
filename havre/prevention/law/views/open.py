"""Treaties and laws for everybody: no account, no cookie; the rows are those that whoever comes may read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit
from havre.prevention.law import shown
from havre.prevention.law.models import NationalLaw
from havre.prevention.law.rules import coverage

from .register import by_name, known

NAMES = {"en": "English", "fr": "Français"}


@public()
def register(request: Visit) -> HttpResponse:
    """The countries of which something may be read."""
    lines = {land: (laws, bound) for land, laws, bound in shown.counts()}
    with translation.override(_language(request)):
        listed = [(code, name, *lines[code]) for code, name in by_name(list(lines))]
        return _page(request, "law/open/register.html", {"countries": listed})


@public()
def country(request: Visit, country: str) -> HttpResponse:
    """Treaties, laws and scores of one country."""
    land = known(country)
    rows = shown.scores_of(land, None)
    context = {"land": land, "bodies": shown.table([land], None), "laws": shown.laws_of(land)}
    with translation.override(_language(request)):
        return _page(request, "law/open/country.html", {**context, "scores": rows, "trend": shown.trend(rows)})


@public()
def law(request: Visit, pk: UUID) -> HttpResponse:
    """The record of a law and what it covers."""
    one = get_object_or_404(NationalLaw.objects.select_related("owner"), pk=pk)
    points = shown.answers_of([one])[one.pk]
    context = {"law": one, "points": points, "tally": coverage.tally(shown.plain(points))}
    with translation.override(_language(request)):
        return _page(request, "law/open/law.html", {**context, "short": coverage.too_short(one.reflection_days)})


def _language(request: Visit) -> str:
    """As the address says, else as the browser does."""
    asked = request.GET.get("in", "")
    return asked if asked in NAMES else translation.get_language() or "en"


def _page(request: Visit, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, in the language that its links go on with; the address goes to nobody."""
    others = [each for each in NAMES.items() if each[0] != translation.get_language()]
    said = f"?in={translation.get_language()}" if request.GET.get("in") in NAMES else ""
    response = render(request, template, {**context, "others": others, "said": said})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
