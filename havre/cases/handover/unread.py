"""Restricted files that open for nobody, since whoever could was removed: a new holder, without a look inside."""

from __future__ import annotations

from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext as _

from havre.platform import notices
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.audit.recorder import current
from havre.platform.permissions import Permission

from . import caseload


def how_many(before: User) -> int:
    """How many such files of this colleague there are; none for whoever does not see the house."""
    with connection.cursor() as cursor:
        cursor.execute("select havre.count_unread(%s)", [before.pk])
        return int(cursor.fetchone()[0])


def receivers(before: User, by: User) -> list[User]:
    """Who can become their holder: never whoever names one."""
    return [each for each in caseload.receivers(before) if each != by]


@action("caseload.rehome", needs=Permission.CASELOAD_HAND_OVER)
def rehome(before: User, *, by: User, to: User, why: str) -> int:
    """All of them are in the care of that colleague from now on; the data-protection lead is told."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select havre.rehome(%s, %s, %s)", [before.pk, to.pk, why])
            files = [file for (file,) in cursor.fetchall()]
    except ProgrammingError:  # the database holds who may
        raise Refused(
            _("A supervisor names the new holder: a colleague who looks after people here now, not themselves.")
        ) from None
    if not files:
        raise Refused(_("These files are with somebody by now. Look at the list again."))
    notices.mail_soon()
    recorder = current()
    for file in files if recorder else ():
        recorder.showed(file)  # type: ignore[union-attr]
    return len(files)
