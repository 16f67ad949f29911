"""The short list of what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.database.reading import Prepared

from . import kinds
from .models import Notice

MOST = 8
UNREAD = Prepared(lambda user: Notice.objects.filter(user_id=user, read_at=None).order_by("-at")[:50])


@dataclass(frozen=True)
class Line:
    """One notice in words."""

    pk: UUID
    text: str
    at: datetime
    leads: bool


def waiting(user: User | None) -> list[Line]:
    """What nobody has marked as read yet, newest first."""
    now = timezone.now()
    rows = [each for each in UNREAD(user.pk) if each.at <= now] if user else []
    return [Line(each.pk, kinds.words(each.kind), each.at, _leads(each)) for each in rows[:MOST]]


def _leads(notice: Notice) -> bool:
    known = kinds.every().get(notice.kind)
    return bool(known and known.to and notice.subject_id)
