"""The pages on which cards of the directory are brought in and taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.exchange import staging
from havre.exchange.beside import is_alive
from havre.exchange.models import CardsExport, CardsImport
from havre.exchange.uploads import LARGEST, one_file
from havre.exchange.views import WORKBOOK, file_of
from havre.platform.audit.actions import Refused
from havre.platform.keeping import uploads
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import intake, outgoing, shown
from .forms import BringForm, TakeForm

READ, WRITE = Permission.DIRECTORY_READ, Permission.DIRECTORY_WRITE
TYPES = {"json": ("application/json", "json"), "tabular": ("application/zip", "zip"), "xlsx": (WORKBOOK, "xlsx")}

uploads.PAGES["exchange:bring_cards"] = WRITE


@page(needs=WRITE, methods=("GET", "POST"))
def bring(request: Request) -> HttpResponse:
    """Where a file is chosen; whoever comes back while cards are under way finds them again."""
    form = BringForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        return _chosen(request, form)
    row = intake.DOOR.under_way(request.user)
    return redirect("exchange:cards_in", row.pk) if row and "anew" not in request.GET else _choose(request, form)


def _choose(request: Request, form: BringForm, error: str = "") -> HttpResponse:
    mend = CardsImport.objects.filter(user=request.user, state="faulty").first()
    context = {"form": form, "error": error, "largest": LARGEST // 1_000_000, "mend": mend}
    return render(request, "exchange/cards/choose.html", context, status=422 if error or form.errors else 200)


def _chosen(request: Request, form: BringForm) -> HttpResponse:
    sent, wrong = one_file(request, _("Choose the file with the cards first."))
    if sent is None or not form.is_valid():
        return _choose(request, form, wrong)
    try:
        file = cast(BinaryIO, sent.file)
        row = intake.stage(file, by=request.user, name=sent.name or "", **form.cleaned_data)
    except Refused as refusal:
        request.recorder.refused(request.recorder.page, str(refusal), request.claim)
        return _choose(request, form, str(refusal))
    return redirect("exchange:cards_in", row.pk)


@page(needs=WRITE)
def coming(request: Request, pk: UUID) -> HttpResponse:
    """Where cards stand: how far they are, their faults, what would come in, or that they are there."""
    row = _mine(request, CardsImport, pk)
    step, context = shown.step(row)
    if step == "working":
        request.recorder.page = ""  # it is asked for every other second
    return render(request, f"exchange/cards/{step}.html", {"row": row, **context})


@page(needs=WRITE)
def faults(request: Request, pk: UUID) -> HttpResponse:
    """The faults as a table, to be mended one after the other."""
    return file_of(shown.fault_table(_mine(request, CardsImport, pk)), "text/csv; charset=utf-8", "faults.csv")


@page(needs=WRITE, methods=("POST",))
def agree(request: Request, pk: UUID) -> HttpResponse:
    """The cards that were shown are to come in."""
    return _done(request, pk, intake.agree)


@page(needs=WRITE, methods=("POST",))
def again(request: Request, pk: UUID) -> HttpResponse:
    """The file that waits is to be checked once more."""
    return _done(request, pk, intake.again)


@page(needs=WRITE, methods=("POST",))
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """The cards are given up."""
    return _done(request, pk, intake.cancel)


def _done(request: Request, pk: UUID, act: Callable[..., None]) -> HttpResponse:
    act(_mine(request, CardsImport, pk), by=request.user)
    return redirect("exchange:cards_in", pk)


@page(needs=READ, methods=("GET", "POST"))
def take(request: Request) -> HttpResponse:
    """What goes out; whoever comes back while it is under way finds it again."""
    user, sent = request.user, request.method == "POST"
    row = outgoing.under_way(user)
    if row and not sent and "anew" not in request.GET:
        return redirect("exchange:cards_out", row.pk)
    wanted = {"country": request.GET.get("country", "")}
    form = TakeForm(request.POST if sent else None, initial=wanted)
    if sent and form.is_valid():
        try:
            told = dict(form.cleaned_data)
            row = outgoing.ask(told.pop("kind"), by=user, **told)
            return redirect("exchange:cards_out", row.pk)
        except Refused as refusal:
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
            form.add_error(None, str(refusal))
    return render(request, "exchange/cards/take.html", {"form": form}, status=422 if form.errors else 200)


@page(needs=READ)
def leaving(request: Request, pk: UUID) -> HttpResponse:
    """Where it stands: is being written, is ready, or is over."""
    row = _mine(request, CardsExport, pk)
    step, context = _step(row)
    if step == "leaving":
        request.recorder.page = ""  # it is asked for every other second
    return render(request, f"exchange/cards/{step}.html", {"row": row, **context})


def _step(row: CardsExport) -> tuple[str, dict[str, Any]]:
    if row.state in ("waiting", "writing"):
        if row.state == "writing" and not is_alive(row.pk):
            return "left", {"why": "failed"}
        return "leaving", {"begun": row.state == "writing", "percent": min(99, row.done * 100 // max(1, row.many))}
    if row.state != "ready":
        return "left", {"why": row.state}
    if not staging.waits(row.staged):
        return "left", {"why": "gone"}
    return "ready", {"until": staging.until(row.staged), "ends": TYPES[row.kind][1]}


@page(needs=READ, methods=("POST",))
def stop(request: Request, pk: UUID) -> HttpResponse:
    """It is given up."""
    outgoing.cancel(_mine(request, CardsExport, pk), by=request.user)
    return redirect("exchange:cards_out", pk)


@page(needs=READ, methods=("POST",))
def download(request: Request, pk: UUID) -> HttpResponse:
    """The file, once."""
    row = _mine(request, CardsExport, pk)
    found = outgoing.download(row, by=request.user)
    kind, ends = TYPES[row.kind]
    return file_of(found, kind, f"directory-{timezone.localdate()}.{ends}")


def _mine(request: Request, model: Any, pk: UUID) -> Any:
    return get_object_or_404(model, pk=pk, user=request.user)
