"""Opening a file in an emergency, ending that, reviewing it. The database holds the limits; here they get words."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.platform import notices
from havre.platform.accounts.models import Membership, User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Compartment, Permission

from .models import HOURS, BreakGlass

OPEN = "select havre.break_glass(%s, %s, %s, %s, %s, %s)"


class Missing(Refused):
    """No file can be opened with that reference: there is none, or it is not for this user to know."""


def waiting(user: User) -> BreakGlass | None:
    """The use of this user that nobody has reviewed yet; it blocks the next."""
    return BreakGlass.objects.filter(user=user, reviewed_at=None).first()


def reviewers(user: User) -> list[User]:
    """Who can review what this user opens."""
    held = Membership.objects.current().filter(role="data_protection_lead", user__agency_id=user.agency_id)
    found = held.filter(user__is_active=True).exclude(user=user).select_related("user")
    return sorted({each.user for each in found}, key=lambda each: each.name)


@action("glass.open", needs=Permission.GLASS_BREAK)
def open_file(reference: str, *, by: User, parts: Compartment, reason: str, words: str) -> Case:
    """The file of that reference is open to `by` for four hours, to be read; its owner and the reviewers are told."""
    if waiting(by):
        raise Refused(_("Your last emergency access must be reviewed before the next. Ask your data-protection lead."))
    if not reviewers(by):
        raise Refused(_("Nobody in your agency can review this. Ask your director to name a data-protection lead."))
    row = BreakGlass(id=uuid.uuid4())
    sealed = _sealed(row, "words", words)
    values = [row.pk, reference, int(parts), reason, sealed, timedelta(hours=HOURS)]
    _call(
        OPEN, values, lambda: Missing(_("No file of your agency can be opened with this reference. Check each sign."))
    )
    notices.mail_soon()
    return Case.objects.get(reference=reference)


@action("glass.end", needs=Permission.GLASS_BREAK)
def end(use: BreakGlass, *, by: User) -> None:
    """Whoever opened a file in an emergency closes it again."""
    _end(use)


@action("glass.stop", needs=Permission.GLASS_REVIEW)
def stop(use: BreakGlass, *, by: User) -> None:
    """Whoever reviews closes a file that is still open."""
    _end(use)


def _end(use: BreakGlass) -> None:
    _call("select havre.end_glass(%s)", [use.pk], lambda: Refused(_("This emergency access has ended already.")))


@action("glass.review", needs=Permission.GLASS_REVIEW)
def review(use: BreakGlass, *, by: User, verdict: str, sentence: str) -> None:
    """Whether a use was justified, in a sentence that whoever opened the file and its owner read too."""
    sealed = _sealed(use, "sentence", sentence)
    _call(
        "select havre.review_glass(%s, %s, %s)",
        [use.pk, verdict, sealed],
        lambda: Refused(_("It is reviewed once, when it has ended, and never by whoever opened the file.")),
    )
    notices.mail_soon()


def _sealed(row: BreakGlass, name: str, text: str) -> bytes:
    field: Any = BreakGlass._meta.get_field(name)
    return bytes(field.sealed(row, text)) if text else b""


def _call(function: str, values: list[Any], refusal: Callable[[], Refused]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(function, values)
    except (ProgrammingError, IntegrityError):  # what the database refuses; two at once are one too many
        raise refusal() from None


def of(pk: UUID) -> BreakGlass | None:
    """The use of that number with those it names, for whom it concerns."""
    named = BreakGlass.objects.select_related("user", "owner", "reviewer")
    return named.filter(pk=pk).first()
