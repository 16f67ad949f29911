"""One page that leads to each tool."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.prevention.events import shown

# Title, what one does there, the page, its icon.
TOOLS: list[tuple[Promise, Promise, str, str]] = [
    (_("Campaigns"), _("From the problem to what came of it."), "campaigns:list", "megaphone"),
    (
        _("Treaties and laws"),
        _("What each country signed, what its laws cover, and what is missing in them."),
        "law:home",
        "scale",
    ),
    (
        _("Training"),
        _("Courses, who came, what they learned and what changed; certificates, and cards for the first line."),
        "training:list",
        "school",
    ),
    (
        _("Events and action plans"),
        _("What was agreed on, who does what by when, and what is overdue; agreements with partners."),
        "events:list",
        "list-checks",
    ),
    (_("Surveys"), _("What people know, think and do, before and after."), "surveys:list", "chart"),
]


@page(needs=Permission.PREVENTION_READ)
def hub(request: Request) -> HttpResponse:
    """The tools, in the order of their work, and whether an action is overdue."""
    return render(request, "prevention/hub.html", {"tools": TOOLS, "late": shown.late(localdate())})
