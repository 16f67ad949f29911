"""Events: the list, one of them, writing it and what hangs on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from havre.platform.audit.actions import Refused
from havre.platform.keeping import uploads
from havre.platform.keeping.files import MOST, handed
from havre.platform.keeping.models import Kept
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.counting.sums import added
from havre.prevention.events import actions
from havre.prevention.events.forms import CameForm, ConclusionForm, EventForm, TalkForm
from havre.prevention.events.models import Action, Came, Conclusion, Event, Paper, Plan

from .held import BOTH, READ, WRITE, held, writes

KINDS: dict[str, type[Kept]] = {"paper": Paper, "conclusion": Conclusion}
uploads.PAGES["events:paper"] = WRITE


def address(event: Event) -> str:
    """The page of an event."""
    return reverse("events:one", args=[event.pk])


@page(needs=READ)
def listed(request: Request) -> HttpResponse:
    """Events to come, the nearest first, and those that were."""
    rows, today = Event.objects.select_related("owner"), localdate()
    coming = rows.filter(ends__gte=today).order_by("begins", "title")
    past = rows.filter(ends__lt=today).order_by("-begins", "title")[:100]
    return render(request, "events/list.html", {"coming": coming, "past": past})


@page(needs=READ)
def one(request: Request, pk: UUID) -> HttpResponse:
    """What it was for, who came, what was given and concluded, and what follows from it."""
    event = get_object_or_404(Event.objects.select_related("owner"), pk=pk)
    came = list(Came.objects.filter(event=event).order_by("body"))
    conclusions = list(Conclusion.objects.filter(event=event).order_by("number"))
    follow: dict[Any, list[Action]] = {}
    for each in Action.objects.filter(conclusion__event=event).order_by("due"):
        follow.setdefault(each.conclusion_id, []).append(each)
    context = {
        "event": event,
        "mine": writes(request, event),
        "came": came,
        "all": added(each.people for each in came),
        "papers": Paper.objects.filter(event=event).select_related("file").defer("file__body").order_by("at"),
        "conclusions": [(each, follow.get(each.pk, [])) for each in conclusions],
        "plans": Plan.objects.filter(event=event).order_by("title"),
        "today": localdate(),
    }
    return render(request, "events/one.html", context)


@page(needs=WRITE, methods=BOTH)
def write(request: Request, pk: UUID | None = None) -> HttpResponse:
    """A new event, or one as it stands."""
    event = held(request, Event, pk) if pk else None
    sheet = Sheet(request, "event", pk or request.user.pk)
    form = sheet.form(EventForm, row=event)
    made: list[Event] = []

    def act() -> None:
        made.append(actions.save_event(event, form.values(), by=request.user, version=form.cleaned_data["version"]))

    acted = sheet.acted("events/form.html", {"form": form, "event": event}, act)
    return acted or sheet.done(address(made[0]))


@page(needs=WRITE, methods=BOTH)
def came(request: Request, pk: UUID) -> HttpResponse:
    """Who came from one kind of organisation."""
    event = held(request, Event, pk)
    body = request.GET.get("body", "")
    stands = Came.objects.filter(event=event, body=body).first()
    sheet = Sheet(request, "event-came", event.pk)
    form = sheet.form(CameForm, initial={"body": body, "people": stands.people} if stands else {})
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    acted = sheet.acted(
        "events/hung.html",
        {"form": form, "event": event, "kind": "came"},
        lambda: actions.count(event, given["body"], given["people"], by=request.user),
    )
    return acted or sheet.done(address(event))


@page(needs=WRITE, methods=BOTH)
def conclusion(request: Request, pk: UUID) -> HttpResponse:
    """One more conclusion."""
    event = held(request, Event, pk)
    sheet = Sheet(request, "event-conclusion", event.pk)
    form = sheet.form(ConclusionForm)
    acted = sheet.acted(
        "events/hung.html",
        {"form": form, "event": event, "kind": "conclusion"},
        lambda: actions.conclude(event, form.cleaned_data["text"], by=request.user),
    )
    return acted or sheet.done(address(event))


@page(needs=WRITE, methods=BOTH)
def paper(request: Request, pk: UUID) -> HttpResponse:
    """A paper or a talk, with its file if there is one."""
    event = held(request, Event, pk)
    form = TalkForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "event": event, "largest": MOST // 1_000_000}
    if request.method == "POST" and form.is_valid():
        file = request.FILES.get("file")
        values = {name: form.cleaned_data[name] for name in ("title", "author")}
        try:
            actions.give(event, values, file if isinstance(file, UploadedFile) else None, by=request.user)
            return redirect(address(event))
        except Refused as refusal:
            context["error"] = str(refusal)
    return render(request, "events/paper.html", context, status=422 if request.method == "POST" else 200)


@page(needs=READ)
def file(request: Request, pk: UUID, row: UUID) -> HttpResponse:
    """The file of a paper."""
    found = get_object_or_404(Paper.objects.select_related("file"), pk=row, event=pk, file__isnull=False)
    assert found.file is not None
    return handed(found.file)


@page(needs=WRITE, methods=("POST",))
def remove(request: Request, pk: UUID, kind: str, row: UUID) -> HttpResponse:
    """Takes off what hangs on an event."""
    if kind not in KINDS:
        raise Http404
    event = held(request, Event, pk)
    actions.remove(held(request, KINDS[kind], row, event=event), by=request.user)
    return redirect(address(event))
