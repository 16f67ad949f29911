"""Lists in BibTeX and CSL-JSON that come in and go out, and what is to be looked at."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.platform.audit.actions import Refused
from havre.platform.keeping.rows import Visibility
from havre.platform.keeping.uploads import PAGES
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, finding, reading, shown
from .formats.records import Fault, records
from .forms import BringForm
from .models import Publication
from .open_views import listed
from .views import brought

READ, WRITE = Permission.KNOWLEDGE_READ, Permission.KNOWLEDGE_WRITE
PAGES["library:bring"] = WRITE
FAULTS, LOOKED_AT, MOST = 200, 500, 5000


@page(needs=WRITE, methods=("GET", "POST"))
def bring(request: Request) -> HttpResponse:
    """A list comes in, the whole of it or nothing; each entry that cannot be kept is named."""
    form = BringForm(request.POST if request.method == "POST" else None)
    faults: list[Fault] = []
    error = ""
    if request.method == "POST":
        try:
            found, faults = _read(request.FILES.get("file"))
            if not faults and form.is_valid():
                return _brought(request, found, form.cleaned_data["visibility"])
        except Refused as refusal:
            error = str(refusal)
        request.recorder.refused(request.recorder.page, error or "faults", request.claim)
    context: dict[str, Any] = {"form": form, "error": error, "faults": faults[:FAULTS], "many": len(faults)}
    return render(request, "library/bring.html", context, status=422 if error or faults else 200)


def _read(upload: UploadedFile | None) -> tuple[list[dict[str, Any]], list[Fault]]:
    if upload is None or upload.file is None:
        raise Refused(_("Choose a file of 8 MB at most."))
    try:
        return records(reading.told(upload.file))  # type: ignore[arg-type]
    except reading.Unread as unread:
        raise Refused(reading.sentence(reading.LIST, unread)) from None


def _brought(request: Request, found: list[dict[str, Any]], visibility: int | None) -> HttpResponse:
    source = str(getattr(request.FILES.get("file"), "name", "") or "")[-200:]
    reach = int(Visibility.PARTNERS) if visibility is None else visibility
    rows = actions.bring(found, by=request.user, visibility=reach, source=source)
    where = "library:checks" if any(found for _row, found in shown.checks_of(rows)) else "library:find"
    return redirect(f"{reverse(where)}?brought={len(rows)}")


@page(needs=READ)
def checks(request: Request) -> HttpResponse:
    """Records of one's own agency whose number does not fit or stands twice."""
    own = Publication.objects.defer("titled", "words").filter(owner=request.user.agency_id)
    with_number = own.filter(~Q(isbn="") | ~Q(issn="")).order_by("title")
    found = [each for each in shown.checks_of(list(with_number[:MOST])) if each[1]]
    return render(request, "library/checks.html", {"found": found[:LOOKED_AT], "brought": brought(request)})


@page(needs=READ)
def out(request: Request, form: str) -> HttpResponse:
    """What fits a search, as a file for a reference manager."""
    query = finding.Query.read(request.GET)
    rows: list[Publication] = []
    after = ""
    while len(rows) < MOST:
        some = finding.find(query, after, 500)
        rows += [each.row for each in some.found]
        if not some.later:
            break
        after = some.later
    return listed(rows, form, "library")


@page(needs=READ)
def cite_kept(request: Request, code: str, form: str) -> HttpResponse:
    """One record for a reference manager, for whoever works here and may see it."""
    return listed([get_object_or_404(Publication.objects.defer("titled", "words"), code=code)], form, code)
