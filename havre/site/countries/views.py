"""The page of a country: one for whoever works here, one for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation

from havre.kernel import places
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page, public
from havre.platform.ui.requests import Request, Visit
from havre.platform.ui.sheets import Sheet

from . import actions, joined
from .forms import WayForm
from .models import WayAbroad

READ, WRITE = Permission.KNOWLEDGE_READ, Permission.KNOWLEDGE_WRITE
BOTH = ("GET", "POST")
NAMES = {"en": "English", "fr": "Français"}


@page(needs=READ)
def countries(request: Request) -> HttpResponse:
    """The countries of which something is known."""
    return render(request, "countries/list.html", {"countries": joined.listed()})


@page(needs=READ)
def country(request: Request, country: str) -> HttpResponse:
    """What the rooms know, as far as the reader sees, with what only those who work here see."""
    land = known(country)
    year, factors = joined.factors(land)
    context = {
        "land": land,
        "whole": joined.of(land, request.user.agency_id),
        "sessions": joined.sessions(land, request.user.agency_id),
        "year": year,
        "factors": factors,
        "writes": request.user.may(WRITE),
    }
    return render(request, "countries/country.html", context)


@public()
def open_countries(request: Visit) -> HttpResponse:
    """The countries of which everybody may know something."""
    with translation.override(_language(request)):
        return _page(request, "countries/open_list.html", {"countries": joined.listed()})


@public()
def open_country(request: Visit, country: str) -> HttpResponse:
    """What everybody may know; whoever works here is led to their own page."""
    land = known(country)
    if request.user.is_authenticated and not request.session.locked:
        return redirect("countries:country", land)
    with translation.override(_language(request)):
        return _page(request, "countries/open.html", {"land": land, "whole": joined.of(land, None)})


@page(needs=WRITE, methods=BOTH)
def new_way(request: Request, country: str) -> HttpResponse:
    """A lawful way to work there."""
    return _written(request, known(country), None)


@page(needs=WRITE, methods=BOTH)
def way(request: Request, pk: UUID) -> HttpResponse:
    """A lawful way to work, as it stands."""
    rows = WayAbroad.objects.all()
    row = get_object_or_404(rows if request.method == "POST" else rows.filter(owner=request.user.agency_id), pk=pk)
    return _written(request, row.country, row)


def _written(request: Request, land: str, row: WayAbroad | None) -> HttpResponse:
    sheet = Sheet(request, f"way-{land}", row.pk if row else request.user.pk)
    form = sheet.form(WayForm, row=row, initial={"version": row.version} if row else None)

    def act() -> None:
        actions.save(row, {**form.values(), "country": land}, by=request.user, version=form.cleaned_data["version"])

    acted = sheet.acted("countries/way.html", {"form": form, "land": land, "row": row}, act)
    return acted or sheet.done(reverse("countries:country", args=[land]))


@page(needs=WRITE, methods=("POST",))
def remove(request: Request, pk: UUID) -> HttpResponse:
    """Takes a way off that is no longer there."""
    row = get_object_or_404(WayAbroad, pk=pk)
    actions.remove(row, by=request.user)
    return redirect("countries:country", row.country)


def known(country: str) -> str:
    """The code of a country that there is; 404 for any other."""
    if country not in places.countries:
        raise Http404
    return country


def _language(request: Visit) -> str:
    """As the address says, else as the browser does."""
    asked = request.GET.get("in", "")
    return asked if asked in NAMES else translation.get_language() or "en"


def _page(request: Visit, template: str, context: dict[str, Any]) -> HttpResponse:
    here = (translation.get_language() or "en").partition("-")[0]
    others = [each for each in NAMES.items() if each[0] != here]
    said = f"?in={here}" if request.GET.get("in") else ""
    answer = render(request, template, {**context, "others": others, "said": said})
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
