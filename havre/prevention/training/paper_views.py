"""The table of who was trained, and the cards for first-line officers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import get_language, override

from havre.kernel.vocabularies import load
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import cards as made
from .matrix import matrix as counted
from .models import Session
from .views import READ


@page(needs=READ)
def matrix(request: Request) -> HttpResponse:
    """Trained people of the reader's agency, by country and role; `?year=` for one year."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    held = Session.objects.filter(owner=request.user.agency_id, begins__lte=localdate())
    years = sorted(set(held.values_list("begins__year", flat=True)), reverse=True)
    context = {"matrix": counted(request.user.agency_id, year), "year": year, "years": years}
    return render(request, "training/matrix.html", context)


@page(needs=READ)
def cards(request: Request) -> HttpResponse:
    """The cards on paper, in the language that was asked for, on a page in the reader's own."""
    profile, asked = request.GET.get("for", ""), request.GET.get("lang", "")
    profile = profile if profile in load("delphi_profiles") else "adult_labour"
    language = asked if asked in dict(settings.LANGUAGES) else (get_language() or "en").partition("-")[0]
    with override(language):
        paper = render_to_string("training/cards_paper.html", {"cards": made.of(profile), "language": language})
    profiles = load("delphi_profiles").choices(get_language() or "en")
    context = {"paper": paper, "language": language, "profile": profile, "profiles": profiles}
    return render(request, "training/cards.html", context)
