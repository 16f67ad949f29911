"""Action plans, their actions, and what is overdue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.events import actions, shown
from havre.prevention.events.forms import ActionForm, PlanOfActionForm, ProgressForm
from havre.prevention.events.models import Action, Event, Note, Plan

from .held import BOTH, READ, WRITE, held, writes


@page(needs=READ)
def plans(request: Request) -> HttpResponse:
    """The plans, and how far each is."""
    return render(request, "events/plans.html", {"plans": shown.plans(localdate())})


@page(needs=READ)
def overdue(request: Request) -> HttpResponse:
    """What should be done by now and is not, the oldest first, by country or by who answers for it."""
    by = "responsible" if request.GET.get("by") == "responsible" else "country"
    found = shown.overdue(localdate())
    return render(request, "events/overdue.html", {"groups": shown.grouped(found, by), "by": by, "many": len(found)})


@page(needs=READ)
def plan(request: Request, pk: UUID) -> HttpResponse:
    """What is to be reached, and each thing to do."""
    row = get_object_or_404(Plan.objects.select_related("owner", "event"), pk=pk)
    rows = Action.objects.filter(plan=row).select_related("organisation", "conclusion").order_by("due", "what")
    told = [shown.Due.of(each, localdate()) for each in rows]
    return render(request, "events/plan.html", {"plan": row, "told": told, "mine": writes(request, row)})


@page(needs=WRITE, methods=BOTH)
def write(request: Request, pk: UUID | None = None) -> HttpResponse:
    """A new plan, after an event or on its own, or one as it stands."""
    row = held(request, Plan, pk) if pk else None
    sheet = Sheet(request, "plan", pk or request.user.pk)
    form = sheet.form(PlanOfActionForm, row=row, initial=None if row else _after(request.GET.get("event", "")))
    made: list[Plan] = []

    def act() -> None:
        made.append(actions.save_plan(row, form.values(), by=request.user, version=form.cleaned_data["version"]))

    acted = sheet.acted("events/plan_form.html", {"form": form, "plan": row}, act)
    return acted or sheet.done(reverse("events:plan", args=[made[0].pk]))


def _after(event: str) -> dict[str, Any]:
    """What a plan has from the event that it follows."""
    found = Event.objects.filter(pk=UUID(event)).first() if len(event) == 36 and shown.is_number(event) else None
    return {"event": str(found.pk), "country": found.country, "title": found.title} if found else {}


@page(needs=WRITE, methods=BOTH)
def action(request: Request, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """One thing to do of a plan, new or as it stands."""
    of = held(request, Plan, pk)
    stands = held(request, Action, row, plan=of) if row else None
    sheet = Sheet(request, "action", row or of.pk)
    form = sheet.form(ActionForm, plan=of, row=stands, initial=_from(request.GET.get("conclusion", "")))

    def act() -> None:
        actions.save_action(stands, of, form.values(), by=request.user, version=form.cleaned_data["version"])

    acted = sheet.acted("events/action_form.html", {"form": form, "plan": of, "row": stands}, act)
    return acted or sheet.done(reverse("events:plan", args=[of.pk]))


def _from(conclusion: str) -> dict[str, Any]:
    return {"conclusion": conclusion} if conclusion else {}


@page(needs=READ)
def done(request: Request, pk: UUID) -> HttpResponse:
    """One action, and how far it was on which day."""
    row = get_object_or_404(Action.objects.select_related("plan", "organisation", "conclusion__event", "owner"), pk=pk)
    notes = Note.objects.filter(action=row).select_related("by").order_by("-at")
    context = {
        "due": shown.Due.of(row, localdate()),
        "notes": notes,
        "mine": writes(request, row),
        "budget": shown.money(row),
    }
    return render(request, "events/action.html", context)


@page(needs=WRITE, methods=BOTH)
def note(request: Request, pk: UUID) -> HttpResponse:
    """How far an action is today."""
    row = held(request, Action, pk)
    sheet = Sheet(request, "action-note", row.pk)
    form = sheet.form(ProgressForm, initial={"status": row.status})

    def act() -> None:
        told = form.cleaned_data
        actions.note(row, status=told["status"], text=told["text"], by=request.user)

    acted = sheet.acted("events/note.html", {"form": form, "row": row}, act)
    return acted or sheet.done(reverse("events:action", args=[row.pk]))
