"""The page on which an office brings its register in."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import intake, shown
from .models import RegisterImport
from .template import workbook
from .uploads import LARGEST, one_file

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORT = Permission.REGISTER_IMPORT


@page(needs=IMPORT, methods=("GET", "POST"))
def bring(request: Request) -> HttpResponse:
    """Where a file is chosen; whoever comes back while a register is under way finds it again."""
    if request.method == "POST":
        return _chosen(request)
    row = intake.under_way(request.user)
    return redirect("exchange:register", row.pk) if row and "anew" not in request.GET else _choose(request)


def _choose(request: Request, error: str = "") -> HttpResponse:
    mend = RegisterImport.objects.filter(user=request.user, state="faulty").first()
    context = {"error": error, "largest": LARGEST // 1_000_000, "mend": mend}
    return render(request, "exchange/choose.html", context, status=422 if error else 200)


def _chosen(request: Request) -> HttpResponse:
    sent, wrong = one_file(request, _("Choose the file of your register first."))
    if sent is None:
        return _choose(request, wrong)
    try:
        row = intake.stage(cast(BinaryIO, sent.file), by=request.user, name=sent.name or "")
    except Refused as refusal:
        request.recorder.refused(request.recorder.page, str(refusal), request.claim)
        return _choose(request, str(refusal))
    return redirect("exchange:register", row.pk)


@page(needs=IMPORT)
def template(request: Request) -> HttpResponse:
    """An empty workbook with the columns and, on sheets of their own, what they mean and which codes they take."""
    return file_of(workbook(), WORKBOOK, "htcds.xlsx")


@page(needs=IMPORT)
def register(request: Request, pk: UUID) -> HttpResponse:
    """Where a register stands: how far it is, its faults, its people, or that they are there."""
    row = _mine(request, pk)
    step, context = shown.step(row)
    if step == "working":
        request.recorder.page = ""  # nothing of a person is on it, and it is asked for every other second
    return render(request, f"exchange/{step}.html", {"row": row, **context})


@page(needs=IMPORT)
def faults(request: Request, pk: UUID) -> HttpResponse:
    """The faults as a table, to be mended one after the other."""
    return file_of(shown.fault_table(_mine(request, pk)), "text/csv; charset=utf-8", "faults.csv")


@page(needs=IMPORT, methods=("POST",))
def agree(request: Request, pk: UUID) -> HttpResponse:
    """The people that were shown are to come in."""
    return _done(request, pk, intake.agree)


@page(needs=IMPORT, methods=("POST",))
def again(request: Request, pk: UUID) -> HttpResponse:
    """The file that waits is to be checked once more."""
    return _done(request, pk, intake.again)


@page(needs=IMPORT, methods=("POST",))
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """The register is given up."""
    return _done(request, pk, intake.cancel)


def _done(request: Request, pk: UUID, act: Callable[..., None]) -> HttpResponse:
    act(_mine(request, pk), by=request.user)
    return redirect("exchange:register", pk)


def _mine(request: Request, pk: UUID) -> RegisterImport:
    return get_object_or_404(RegisterImport, pk=pk, user=request.user)


def file_of(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
