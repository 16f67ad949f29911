"""Somebody is told, as a function of the database would do it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import connection, transaction

from havre.platform import notices
from havre.platform.accounts.models import User


def tell(user: User, kind: str = "glass.review", subject: uuid.UUID | None = None, at: datetime | None = None) -> None:
    """A notice of that kind, and its mail soon."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("select havre.note(%s, %s, %s, %s)", [user.pk, kind, subject or uuid.uuid4(), at])
        cursor.execute("set local role havre_app")
        notices.mail_soon()
