"""The directory by country."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language

from havre.directory import countries as by_country
from havre.directory import missing
from havre.directory.models import Organisation
from havre.kernel import places
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

READ = Permission.DIRECTORY_READ


@page(needs=READ)
def countries(request: Request) -> HttpResponse:
    """Every country that has a card, and the card of one's own agency."""
    own = Organisation.objects.filter(tenant=request.user.agency_id).first()
    found = by_country.listed(get_language() or "en")
    total = Organisation.objects.count()
    return render(request, "directory/countries.html", {"countries": found, "own": own, "total": total})


@page(needs=READ)
def country(request: Request, country: str) -> HttpResponse:
    """Who is there, what they offer, which numbers answer day and night; by service or by town when asked."""
    if country not in places.countries:
        raise Http404
    number = _number(request.GET.get("page", ""))
    found = by_country.page_of(country, localdate(), number)
    by = request.GET.get("by", "")
    rows = {"service": by_country.offers, "town": by_country.towns}[by](country) if by in ("service", "town") else []
    context = {"found": found, "by": by, "rows": rows, "number": number, "lacks": missing.of(country)}
    return render(request, "directory/country.html", context)


def _number(text: str) -> int:
    """The number of a page as an address has it; the first for anything else."""
    return min(max(int(text), 1), 10_000) if text.isascii() and text.isdigit() and len(text) < 6 else 1
