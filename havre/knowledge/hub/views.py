"""One page that leads to each tool."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

# Title, what one does there, the page, its icon.
TOOLS: list[tuple[Promise, Promise, str, str]] = [
    (
        _("Library"),
        _("Books, reports and periodicals, found by every word of their files, and a page of each for everybody."),
        "library:find",
        "books",
    ),
    (_("Quarterly digest"), _("What was written, picked and told in a few words."), "digest:desk", "newspaper"),
    (
        _("Countries"),
        _("Whom to call, laws, campaigns, training, events, writings and lawful ways to work: a page of each."),
        "countries:list",
        "map-pin",
    ),
]


@page(needs=Permission.KNOWLEDGE_READ)
def hub(request: Request) -> HttpResponse:
    """The tools, in the order of their work."""
    return render(request, "knowledge/hub.html", {"tools": TOOLS})
