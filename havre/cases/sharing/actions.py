"""Sharing a file outside the agency, ending that, keeping a file to named people. The database holds the limits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.circle import called_by_the_database as call
from havre.cases.people.actions.record import require_open
from havre.cases.people.models import Case
from havre.platform import notices
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Compartment, Permission

from . import bodies


@action("share.give", needs=Permission.CASE_SHARE)
def share(
    case: Case,
    *,
    by: User,
    to: bodies.Recipient,
    parts: Compartment,
    purpose: str,
    basis: str,
    until: date,
    onward: bool = False,
) -> None:
    """Somebody of another agency reads these parts, for this purpose and on this basis, to the end of that day."""
    require_open(case)
    if until < timezone.localdate():
        raise Refused(_("This day has passed. Choose today or a later day."))
    if bodies.latest(to.body, until):
        raise Refused(_("The consent ends before that day. Choose an earlier day, or ask the person again."))
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    values = [case.pk, to.principal, int(parts), "read", purpose, to.body.consent.pk, ends, basis, onward]
    call('select havre."grant"(%s, %s, %s, %s, %s, %s, %s, %s, %s)', values)
    notices.mail_soon()


@action("share.end", needs=Permission.CASE_READ)
def give_back(case: Case, *, by: User, principal: int) -> None:
    """What was shared with this user, or with the agency they see the whole of, is theirs no more."""
    call("select havre.withdraw(%s, %s)", [case.pk, principal])
    notices.mail_soon()


@action("case.restrict", needs=Permission.CASE_SHARE)
def restrict(case: Case, *, by: User, stay: bool) -> None:
    """From now on the file is seen by named people only; a supervisor who stays is one of them."""
    call("select havre.restrict(%s, true, %s)", [case.pk, stay])
    notices.mail_soon()


@action("case.unrestrict", needs=Permission.CASE_SHARE)
def unrestrict(case: Case, *, by: User) -> None:
    """The supervisors of the agency see the file again."""
    call("select havre.restrict(%s, false, false)", [case.pk])
