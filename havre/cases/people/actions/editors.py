"""Who saved something last, for those who were about to save over it."""

from __future__ import annotations

from datetime import datetime

from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.models import AuditSubject


def last_editor(case: Case, *acts: str) -> tuple[str, datetime | None]:
    """The name of whoever did one of these acts to the case last, and when; empty when the record has none."""
    event = AuditSubject.objects.filter(case_id=case.pk, act__in=acts).order_by("-at").first()
    if event is None:
        return "", None
    editor = User.objects.filter(pk=event.user_id).first() if event.user_id else None
    return editor.name if editor else "", event.at
