"""The library for everybody: no account, no cookie, and for each publication an address that stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from havre.platform.keeping.files import handed
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit

from . import finding, shown
from .formats import writing
from .models import Publication, PublicationFile
from .seeking import context_of

NAMES = {"en": "English", "fr": "Français"}
FORMS = {
    "bib": ("application/x-bibtex", writing.bibtex),
    "json": ("application/vnd.citationstyles.csl+json", writing.csl),
}


@public()
def library(request: Visit) -> HttpResponse:
    """What everybody may read, searched."""
    with translation.override(_language(request)):
        return _page(request, "library/open.html", context_of(request.GET, open=True))


@public()
def publication(request: Visit, code: str) -> HttpResponse:
    """One publication: its record in words for people, and in the head of the page for machines."""
    row = _open(code)
    files = list(_files(row)) if row.downloadable else []
    with translation.override(_language(request)):
        parts = finding.parts_of(row, open=True) if row.kind in ("series", "serial") else []
        context = {"row": row, "files": files, "parts": parts, "checks": shown.checks(row)}
        return _page(request, "library/publication.html", {**context, "meta": shown.meta(row, files, request)})


@public()
def download(request: Visit, code: str, pk: UUID) -> HttpResponse:
    """A file that everybody may download."""
    rows = PublicationFile.objects.select_related("stored")
    may = {"publication__downloadable": True, "visibility": Visibility.PUBLIC}
    one = get_object_or_404(rows, publication__code=code, pk=pk, **may)
    return _quiet(handed(one.stored))


@public()
def cite(request: Visit, code: str, form: str) -> HttpResponse:
    """One record for a reference manager."""
    row = _open(code)
    return _quiet(listed([row], form, row.code))


def listed(rows: Iterable[Publication], form: str, name: str) -> HttpResponse:
    """Records as a file in BibTeX or CSL-JSON."""
    media, written = FORMS[form]
    answer = HttpResponse(written(rows), content_type=f"{media}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _open(code: str) -> Publication:
    """What everybody may see, under that name."""
    rows = Publication.objects.defer("titled", "words").select_related("owner")
    return get_object_or_404(rows, code=code, visibility=Visibility.PUBLIC)


def _files(row: Publication) -> Iterable[PublicationFile]:
    return PublicationFile.objects.defer("words").filter(publication=row).select_related("stored").order_by("pk")


def _language(request: Visit) -> str:
    """As the address says, else as the browser does."""
    asked = request.GET.get("in", "")
    return asked if asked in NAMES else translation.get_language() or "en"


def _page(request: Visit, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with links to it in other languages; what the address said of the language goes on with its links."""
    tongue = translation.get_language()
    kept = request.GET.copy()
    others = []
    for code, name in NAMES.items():
        kept["in"] = code
        others += [(code, name, kept.urlencode())] if code != tongue else []
    said = f"?in={tongue}" if request.GET.get("in") in NAMES else ""
    return _quiet(render(request, template, {**context, "others": others, "said": said, "tongue": tongue}))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address goes to nobody."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
