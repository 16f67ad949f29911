"""Bringing a colleague into a file, and letting them out again. The database holds the limits; here they get words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.people import circle
from havre.cases.people.models import Case, CaseNote
from havre.platform import notices
from havre.platform.accounts.models import Team, User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .record import hold, require_open

USUAL = gettext_lazy("Only somebody who may write in this file brings a colleague in, and no further than they reach.")
# What havre.grant, withdraw and restrict say, for whoever asked by a page.
SENTENCES: dict[str, Promise] = {
    "no further than their role reaches": gettext_lazy("Their role does not reach every part that is asked for."),
    "opened to named people, by whoever answers": gettext_lazy(
        "This file is kept to named people. Whoever looks after it, or a supervisor named on it, brings others in."
    ),
    "wider rights stay as they are": gettext_lazy(
        "They were let in by somebody else, or further than you reach. Ask whoever looks after the file."
    ),
    "needs the consent of the person": gettext_lazy(
        "The person does not agree, or agrees no more, to share with this agency until then. Ask, and write it down."
    ),
    "shown again who they are": gettext_lazy("Confirm first who you are, then send it again."),
    "lets another out": gettext_lazy("Only whoever looks after this file, or brought them in, lets them out."),
    "answers for a file restricts it": gettext_lazy(
        "Only whoever looks after this file, or a supervisor who sees it, keeps it to named people."
    ),
    "only somebody who may share on": gettext_lazy("You may not let others share this file on."),
}


@action("circle.let_in", needs=Permission.CASE_WRITE)
def let_in(
    case: Case, *, by: User, colleague: User | Team, purpose: str, reason: str = "", until: date | None = None
) -> None:
    """The colleague reaches the parts that their role reaches, until the end of that day when one is given."""
    hold(case)
    require_open(case)
    if until and until < timezone.localdate():
        raise Refused(_("This day has passed. Choose today or a later day, or leave it empty."))
    if colleague not in (circle.teams(case) if isinstance(colleague, Team) else circle.colleagues(case)):
        raise Refused(_("This colleague works on this file already, or cannot be brought in."))
    parts = circle.opened_to(case, colleague)
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time())) if until else None
    called_by_the_database(
        'select havre."grant"(%s, %s, %s, %s, %s, %s, %s)',
        [case.pk, colleague.principal, int(parts), "write", purpose, None, ends],
    )
    if reason:
        CaseNote(case=case, by=by, kind="handover", text=reason).save(force_insert=True)


@action("circle.let_out", needs=Permission.CASE_WRITE)
def let_out(case: Case, *, by: User, principal: int) -> None:
    """That colleague reaches the file no more; the owner and the house stay."""
    there = next((each for each in circle.members(case, by) if each.access.principal == principal), None)
    if there and there.kind in (circle.OWNER, circle.HOUSE):
        raise Refused(_("Whoever looks after this file, and the supervisors, stay with it."))
    called_by_the_database("select havre.withdraw(%s, %s)", [case.pk, principal])
    notices.mail_soon()


def called_by_the_database(function: str, values: list[Any]) -> None:
    """One of its functions is done, or Refused says in words why the database refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(function, values)
    except ProgrammingError as refusal:
        told = str(refusal)
        sentence = next((said for message, said in SENTENCES.items() if message in told), USUAL)
        raise Refused(str(sentence)) from None
