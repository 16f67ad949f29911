"""A note, a task, a step."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate

from havre.cases.people import actions
from havre.cases.people.forms import MoveForm, NoteForm, TaskForm
from havre.cases.people.models import Case, Task
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called, case_of
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.ways import onward


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def note(request: Request, reference: str) -> HttpResponse:
    """Something worth remembering."""
    case = case_of(reference)
    sheet = Sheet(request, "note", case.pk)
    form = sheet.form(NoteForm)
    context = {"form": form, "case": case, "called": called(case)}

    def act() -> None:
        given = form.cleaned_data
        actions.add_note(case, by=request.user, text=given["text"], kind=given["kind"], compartment=form.compartment)

    return sheet.acted("people/note.html", context, act) or sheet.done(case)


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def task(request: Request, reference: str) -> HttpResponse:
    """Something to do for the person by a day."""
    case = case_of(reference)
    sheet = Sheet(request, "task", case.pk)
    form = sheet.form(TaskForm, case=case, user=request.user)
    context = {"form": form, "case": case, "called": called(case)}

    def act() -> None:
        given = form.cleaned_data
        actions.add_task(case, by=request.user, text=given["text"], due=given["due"], assignee=form.given_to)

    return sheet.acted("people/task.html", context, act) or sheet.done(case)


@page(needs=Permission.CASE_WRITE, methods=("POST",))
def task_done(request: Request, reference: str, task: UUID) -> HttpResponse:
    """Marks a task of this person as done, and goes back to where it was marked."""
    found = get_object_or_404(Task.objects.select_related("case"), pk=task, case__reference=reference)
    actions.finish_task(found, by=request.user, on=localdate())
    target = request.POST.get("next", "")
    return redirect(onward(target, found.case.get_absolute_url()))


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def move(request: Request, reference: str) -> HttpResponse:
    """The steps that follow from where the file stands."""
    case = get_object_or_404(Case, reference=reference)
    sheet = Sheet(request, "step", case.pk)
    options = actions.possible(case, request.user)
    form = sheet.form(MoveForm, initial={"to": request.GET.get("to", "")}, options=options)
    context = {"form": form, "case": case, "called": called(case)}

    def act() -> None:
        given = form.cleaned_data
        actions.move(
            case, by=request.user, to=given["to"], reason=given["reason"], closure_reason=given["closure_reason"]
        )

    return sheet.acted("people/move.html", context, act) or sheet.done(case)
