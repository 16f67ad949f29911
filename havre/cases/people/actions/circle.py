"""Bringing a colleague into a file, and letting them out again. The database holds the limits; here they get words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people import circle
from havre.cases.people.models import Case, CaseNote
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .record import hold, require_open


@action("circle.let_in", needs=Permission.CASE_WRITE)
def let_in(case: Case, *, by: User, colleague: User, purpose: str, reason: str = "", until: date | None = None) -> None:
    """The colleague reaches the parts that their role reaches, until the end of that day when one is given."""
    hold(case)
    require_open(case)
    if until and until < timezone.localdate():
        raise Refused(_("This day has passed. Choose today or a later day, or leave it empty."))
    if colleague not in circle.colleagues(case):
        raise Refused(_("This colleague works on this file already, or cannot be brought in."))
    parts = circle.opened_to(case, colleague)
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time())) if until else None
    _call(
        'select havre."grant"(%s, %s, %s, %s, %s, %s, %s)',
        [case.pk, colleague.principal, int(parts), "write", purpose, None, ends],
    )
    if reason:
        CaseNote(case=case, by=by, kind="handover", text=reason).save(force_insert=True)


@action("circle.let_out", needs=Permission.CASE_WRITE)
def let_out(case: Case, *, by: User, principal: int) -> None:
    """That colleague reaches the file no more; the owner and the house stay."""
    there = next((each for each in circle.members(case, by) if each.access.principal == principal), None)
    if there and there.kind != circle.COLLEAGUE:
        raise Refused(_("Whoever looks after this file, and the supervisors, stay with it."))
    _call("select havre.withdraw(%s, %s)", [case.pk, principal])


def _call(function: str, values: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(function, values)
    except ProgrammingError:  # the database refuses rights that the asker does not have
        raise Refused(
            _("Only somebody who may write in this file brings a colleague in, and no further than they reach.")
        ) from None
