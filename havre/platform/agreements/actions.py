"""Asking a second person, their answer, and the one use of it. The database holds every limit; here they get words."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from havre.platform import notices
from havre.platform.accounts.models import Membership, User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .models import Agreement

GOOD = timedelta(hours=24)  # once it is given


def seconds(user: User, about: uuid.UUID | None = None) -> list[User]:
    """Who could agree to what this user asks for: who sees the whole agency, and the data-protection lead."""
    held = Membership.objects.current().filter(Q(sees_agency=True) | Q(role="data_protection_lead"))
    found = held.filter(user__agency_id=user.agency_id, user__is_active=True).exclude(user=user)
    return sorted({each.user for each in found.select_related("user") if each.user_id != about}, key=lambda u: u.name)


@action("agreement.ask_export", needs=Permission.REGISTER_EXPORT)
def ask_export(many: int, *, by: User, why: str) -> Agreement:
    """Asks a second person whether so many people may go out; they are told."""
    row = Agreement(id=uuid.uuid4())
    field: Any = Agreement._meta.get_field("words")
    _call("select havre.ask_export(%s, %s, %s)", [row.pk, many, bytes(field.sealed(row, why))])
    notices.mail_soon()
    return Agreement.objects.get(pk=row.pk)


@action("agreement.give", needs=Permission.AGREEMENT_ANSWER)
def agree(row: Agreement, *, by: User) -> None:
    """What was asked for may be done, once."""
    _call("select havre.answer(%s, true)", [row.pk])
    notices.mail_soon()


@action("agreement.refuse", needs=Permission.AGREEMENT_ANSWER)
def refuse(row: Agreement, *, by: User) -> None:
    """What was asked for is not to be done."""
    _call("select havre.answer(%s, false)", [row.pk])
    notices.mail_soon()


def use(number: uuid.UUID, many: int) -> bool:
    """Whether this agreement lets so many people go out now. It is good once, and for whoever asked."""
    with connection.cursor() as cursor:
        cursor.execute("select havre.use_agreement(%s, %s)", [number, many])
        return bool(cursor.fetchone()[0])


def _call(function: str, values: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(function, values)
    except ProgrammingError as refused:
        told = getattr(getattr(refused.__cause__, "diag", None), "message_primary", None) or ""
        raise Refused(_said(told)) from None


def _said(told: str) -> str:
    if told.startswith("nobody could agree"):
        return _("Nobody in your agency can agree to this. Ask your director to name a second supervisor or a lead.")
    if "just shown again" in told:
        return _("Show again that it is you, then send this once more.")
    if "not here any more" in told:
        return _("Whoever asked this, or whoever it is about, is not here any more. Ask your administrator.")
    if told.startswith("a team is one"):
        return _("The team has ended meanwhile. Ask your administrator to choose another one.")
    return _("This was answered already, has run out, or is for somebody else to answer. Look at it again.")
