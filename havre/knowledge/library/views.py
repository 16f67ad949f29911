"""Where the library is kept, by those who are signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from havre.platform.audit.actions import Refused
from havre.platform.keeping.files import MOST, handed
from havre.platform.keeping.uploads import PAGES
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

from . import actions, finding, shown
from .forms import FileForm, PublicationForm
from .models import Publication, PublicationFile
from .seeking import context_of

READ, WRITE = Permission.KNOWLEDGE_READ, Permission.KNOWLEDGE_WRITE
BOTH = ("GET", "POST")
PAGES["library:add_file"] = WRITE


def mine(request: Request, code: str) -> Publication:
    """The record, when the reader's agency keeps it; to anybody else it cannot be changed."""
    return get_object_or_404(Publication.objects.defer("titled", "words"), code=code, owner=request.user.agency_id)


def brought(request: Request) -> int:
    """How many records came in a moment ago, as the address says."""
    many = request.GET.get("brought", "")
    return int(many) if many.isascii() and many.isdigit() and len(many) < 5 else 0


@page(needs=READ)
def find(request: Request) -> HttpResponse:
    """The library, and what is done with it."""
    return render(request, "library/find.html", context_of(request.GET) | {"brought": brought(request)})


@page(needs=READ)
def record(request: Request, code: str) -> HttpResponse:
    """A publication as it is kept: its record, its files and how far they are read, what is to be looked at."""
    rows = Publication.objects.defer("titled", "words").select_related("owner")
    row = get_object_or_404(rows, code=code)
    files = list(PublicationFile.objects.defer("words").filter(publication=row).select_related("stored").order_by("pk"))
    keeps = row.owner_id == request.user.agency_id and request.user.may(WRITE)
    context = {"row": row, "files": files, "keeps": keeps, "checks": shown.checks(row)}
    parts = finding.parts_of(row) if row.kind in ("series", "serial") else []
    busy = [each for each in files if each.state in ("waiting", "reading")]
    return render(request, "library/record.html", {**context, "parts": parts, "busy": busy})


@page(needs=WRITE, methods=BOTH)
def new(request: Request) -> HttpResponse:
    """A record that is not there yet."""
    sheet = Sheet(request, "publication", request.user.pk)
    form = sheet.form(PublicationForm)
    made: list[Publication] = []
    acted = sheet.acted(
        "library/change.html",
        {"form": form},
        lambda: made.append(actions.save(None, form.values(), by=request.user)),
    )
    return acted or sheet.done("library:record", made[0].code)


@page(needs=WRITE, methods=BOTH)
def change(request: Request, code: str) -> HttpResponse:
    """A record as it stands now; of two who change it, the later sees both."""
    row = mine(request, code)
    sheet = Sheet(request, "publication", row.pk)
    form = sheet.form(PublicationForm, row=row)
    acted = sheet.acted(
        "library/change.html",
        {"form": form, "row": row},
        lambda: actions.save(row, form.values(), by=request.user, version=form.cleaned_data["version"]),
    )
    return acted or sheet.done("library:record", row.code)


@page(needs=WRITE, methods=BOTH)
def remove(request: Request, code: str) -> HttpResponse:
    """Asks once, then takes a record away with its files."""
    row = mine(request, code)
    if request.method == "POST":
        actions.remove(row, by=request.user)
        return redirect("library:find")
    return render(request, "library/remove.html", {"row": row})


@page(needs=WRITE, methods=BOTH)
def add_file(request: Request, code: str) -> HttpResponse:
    """A PDF, whose words are read by a job."""
    row = mine(request, code)
    form = FileForm(request.POST if request.method == "POST" else None)
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise Refused(_("Choose a PDF of %(size)s MB at most.") % {"size": MOST // 1_000_000})
            language = form.cleaned_data["language"] if form.is_valid() else ""
            actions.add_file(row, upload, by=request.user, language=language)
            return redirect("library:record", row.code)
        except Refused as refusal:
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
            error = str(refusal)
    context: dict[str, Any] = {"row": row, "form": form, "error": error, "largest": MOST // 1_000_000}
    return render(request, "library/add_file.html", context, status=422 if error else 200)


@page(needs=WRITE, methods=("POST",))
def file(request: Request, code: str, pk: UUID) -> HttpResponse:
    """Takes a file away, or has it read once more."""
    row = mine(request, code)
    files = PublicationFile.objects.defer("words").select_related("stored", "publication")
    one = get_object_or_404(files, publication=row, pk=pk)
    if "again" in request.POST:
        actions.read_again(one, by=request.user)
    else:
        actions.remove_file(one, by=request.user)
    return redirect("library:record", row.code)


@page(needs=READ)
def read_file(request: Request, code: str, pk: UUID) -> HttpResponse:
    """A file, for whoever works here and may see it."""
    one = get_object_or_404(PublicationFile.objects.select_related("stored"), publication__code=code, pk=pk)
    return handed(one.stored)
