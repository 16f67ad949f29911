"""Handing files over: owner and access together in the database, what waits in them along with it, a line in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.assistance.models import Risk, ServiceDelivery
from havre.cases.casefile.caseload import among
from havre.cases.people.models import CaseHandover, Task
from havre.platform import notices
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.audit.recorder import current
from havre.platform.permissions import Permission

from . import caseload, rules

OPEN_SERVICES = ("proposed", "accepted", "active")


@action("caseload.hand_over", needs=Permission.CASELOAD_HAND_OVER)
def hand_over(
    before: User, *, by: User, files: Sequence[UUID], to: Sequence[User], why: str, stays: bool = False
) -> int:
    """These files of that colleague are in the care of the others from now on; how many they are."""
    if by != before and not caseload.sees_the_house(by):
        raise Refused(_("A supervisor hands over the files of a colleague; you hand over your own."))
    if not files:
        raise Refused(_("Choose at least one file."))
    if not to or set(to) - set(caseload.receivers(before)):
        raise Refused(_("Choose a colleague who looks after people here now."))
    hands = rules.dealt(files, caseload.marks(files), len(to))
    given = {file: to[hand] for file, hand in zip(files, hands, strict=True)}
    _waiting_things(before, given)
    now = timezone.now()
    lines = [
        CaseHandover(case_id=file, by=by, at=now, before=before, after=after, why=why, stays=stays)
        for file, after in given.items()
    ]
    try:
        with transaction.atomic():
            CaseHandover.objects.bulk_create(lines)
            _owners(before, given, stays=stays)
    except ProgrammingError:  # the database refuses files that are out of reach, or with somebody else by now
        raise Refused(
            _("Some of these files are with somebody else by now, or cannot be opened by you. Look at the list again.")
        ) from None
    notices.mail_soon()
    _record(given)
    return len(given)


def _owners(before: User, given: dict[UUID, User], *, stays: bool) -> None:
    with connection.cursor() as cursor:
        values: list[Any] = [before.pk, list(given), [each.pk for each in given.values()], stays]
        cursor.execute("select havre.hand_over(%s, %s::uuid[], %s::uuid[], %s)", values)


def _waiting_things(before: User, given: dict[UUID, User]) -> None:
    """Tasks, services under way and risks to look at again become those of whoever looks after the file."""
    each: defaultdict[User, list[UUID]] = defaultdict(list)
    for file, after in given.items():
        each[after].append(file)
    for after, files in each.items():
        again = {"version": F("version") + 1}
        among(Task.objects.filter(assignee=before, done_on=None), files).update(assignee=after, **again)
        services = ServiceDelivery.objects.filter(worker=before, status__in=OPEN_SERVICES)
        among(services, files).update(worker=after, **again)
        # Read first: an update that looks for them itself took half a minute while the tables had never been counted.
        risks = list(among(Risk.objects.standing().filter(owner=before), files).values_list("pk", flat=True))
        Risk.objects.filter(pk__in=risks).update(owner=after, **again)


def _record(given: dict[UUID, User]) -> None:
    recorder = current()
    for file in given if recorder else ():
        recorder.showed(file)  # type: ignore[union-attr]
