"""The page on which a supervisor takes the register out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from havre.exchange import staging
from havre.platform.accounts.confirming import confirmed
from havre.platform.agreements.actions import seconds
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import outgoing
from .beside import is_alive
from .leaving import ALONE, how_many
from .models import RegisterExport
from .outgoing_forms import TakeForm
from .views import WORKBOOK

EXPORT = Permission.REGISTER_EXPORT
TYPES = {"xlsx": WORKBOOK, "csv": "text/csv; charset=utf-8"}


@page(needs=EXPORT, methods=("GET", "POST"))
@confirmed
def take(request: Request) -> HttpResponse:
    """What goes out and what for; whoever comes back while it is under way finds it again."""
    user, sent = request.user, request.method == "POST"
    row = outgoing.under_way(user)
    if row and not sent and "anew" not in request.GET:
        return redirect("exchange:leaving", row.pk)
    form = TakeForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            row = outgoing.ask(form.cleaned_data["kind"], by=user, **_but_kind(form))
            return redirect("exchange:leaving", row.pk)
        except Refused as refusal:
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
            form.add_error(None, str(refusal))
    many = how_many(user)
    context = {"form": form, "many": many, "alone": ALONE, "second": many > ALONE, "seconds": seconds(user)}
    return render(request, "exchange/take.html", context, status=422 if form.errors else 200)


def _but_kind(form: TakeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("why", "strict")}


@page(needs=EXPORT)
def leaving(request: Request, pk: UUID) -> HttpResponse:
    """Where it stands: waits for a second person, is being written, is ready, or is over."""
    row = _mine(request, pk)
    step, context = _step(row)
    if step == "leaving":
        request.recorder.page = ""  # nothing of a person is on it, and it is asked for every other second
    return render(request, f"exchange/{step}.html", {"row": row, **context})


def _step(row: RegisterExport) -> tuple[str, dict[str, Any]]:
    if row.state in ("waiting", "writing"):
        if row.state == "writing" and not is_alive(row.pk):
            return "left", {"why": "failed"}
        return "leaving", {"begun": row.state == "writing", "percent": min(99, row.done * 100 // max(1, row.many))}
    if row.state == "ready":
        return (
            ("ready", {"until": staging.until(row.staged)}) if staging.waits(row.staged) else ("left", {"why": "gone"})
        )
    if row.state == "asked":
        return "asked", {"asked": row.agreement, "over": outgoing.is_over(row), "seconds": seconds(row.user)}
    return "left", {"why": row.state}


@page(needs=EXPORT, methods=("POST",))
@confirmed
def begin(request: Request, pk: UUID) -> HttpResponse:
    """A second person has agreed: the file is to be written."""
    return _done(request, pk, outgoing.begin)


@page(needs=EXPORT, methods=("POST",))
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """It is given up."""
    return _done(request, pk, outgoing.cancel)


@page(needs=EXPORT, methods=("POST",))
@confirmed
def download(request: Request, pk: UUID) -> HttpResponse:
    """The file, once."""
    row = _mine(request, pk)
    found = outgoing.download(row, by=request.user)
    name = f"htcds-{timezone.localdate()}.{row.kind}"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found, content_type=TYPES[row.kind], headers=told)


def _done(request: Request, pk: UUID, act: Callable[..., None]) -> HttpResponse:
    act(_mine(request, pk), by=request.user)
    return redirect("exchange:leaving", pk)


def _mine(request: Request, pk: UUID) -> RegisterExport:
    rows = RegisterExport.objects.select_related("agreement__answerer", "user")
    return get_object_or_404(rows, pk=pk, user=request.user)
