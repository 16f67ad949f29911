"""A contact for the telephone; the emergency sheet and the booklet of a country, each in a language asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import get_language, override

from havre.directory.models import Contact
from havre.kernel.places import countries
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import booklet as booklets
from . import sheet, vcard

READ = Permission.DIRECTORY_READ
UNFIT = re.compile(r"[^\w .-]+")


@page(needs=READ)
def card(request: Request, pk: UUID) -> HttpResponse:
    """The contact as a vCard."""
    rows = Contact.objects.select_related("organisation", "location")
    contact = get_object_or_404(rows.prefetch_related("phones", "location__addresses"), pk=pk)
    answer = HttpResponse(vcard.card(contact, get_language() or "en"), content_type="text/vcard; charset=utf-8")
    name = UNFIT.sub(" ", vcard.called(contact)).strip() or "contact"
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name[:80]}.vcf") or "attachment"
    return answer


@page(needs=READ)
def emergency(request: Request, country: str) -> HttpResponse:
    """Who answers now, on one page."""
    return _paper(request, country, "emergency", lambda today: {"sheet": sheet.of(country, today)})


@page(needs=READ)
def booklet(request: Request, country: str) -> HttpResponse:
    """Every organisation there, to be printed and put on a shelf."""
    return _paper(request, country, "booklet", lambda today: {"booklet": booklets.of(country, today)})


def _paper(request: Request, country: str, kind: str, read: Callable[[date], dict[str, Any]]) -> HttpResponse:
    """The paper, made in the language that was asked for, on a page in the reader's own."""
    if country not in countries:
        raise Http404
    reader, asked = get_language() or "en", request.GET.get("lang", "")
    language, today = asked if asked in dict(settings.LANGUAGES) else reader.partition("-")[0], localdate()
    with override(language):
        made = {"country": country, "language": language, "today": today, "agency": request.user.agency.name}
        paper = render_to_string(f"directory/paper/{kind}.html", {**made, **read(today)})
    shown = {"country": country, "language": language, "kind": kind, "paper": paper}
    return render(request, "directory/paper/page.html", shown)
