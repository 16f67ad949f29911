"""Notes and tasks: possible in every open state."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from havre.cases.people.models import Case, CaseNote, Task
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Compartment, Permission


def require_open(case: Case) -> None:
    """Refuses to write in a closed file."""
    if not case.is_open:
        raise Refused(_("This file is closed. Ask your supervisor to reopen it."))


def hold(case: Case) -> None:
    """The case as it stands now, held until the transaction ends, so that two editors act one after the other."""
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())


@action("note.add", needs=Permission.CASE_WRITE)
def add_note(
    case: Case, *, by: User, text: str, kind: str = "", compartment: Compartment = Compartment.FACTS
) -> CaseNote:
    """A note in the compartment it belongs to."""
    require_open(case)
    note = CaseNote(case=case, by=by, text=text, kind=kind, compartment=int(compartment))
    note.save(force_insert=True)
    return note


@action("task.add", needs=Permission.CASE_WRITE)
def add_task(case: Case, *, by: User, text: str, due: date, assignee: User | None = None) -> Task:
    """Something to do by a day, for whoever adds it unless said otherwise."""
    require_open(case)
    task = Task(case=case, assignee=assignee or by, text=text, due=due)
    task.save(force_insert=True)
    return task


@action("task.finish", needs=Permission.CASE_WRITE)
def finish_task(task: Task, *, by: User, on: date) -> Task:
    """The task, done; one that was done before keeps its day."""
    if task.done_on:
        return task
    task.done_on = on
    task.save(update_fields=["done_on"])
    return task
