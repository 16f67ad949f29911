"""What the auditor of the demonstration has to look into: an evening, a name, a door, a register that left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.timezone import localdate

from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.models import AuditEvent, AuditSubject
from havre.site.demo.sheets import Line, write_record

SUPERVISOR, OFFICER, COLLEAGUE = "chloe", "sami", "rita"
OPENED, FILE = "page.casefile:case", "register.export"


def _at(days_ago: int, hour: int, minute: int = 0) -> datetime:
    day = localdate() - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def tell(users: Mapping[str, User], record: Sequence[Line]) -> None:
    """Writes it, each line as the one who did it."""
    supervisor, officer = users[SUPERVISOR], users[OFFICER]
    files = list(dict.fromkeys(line[3] for line in record if line[1].agency_id == supervisor.agency_id))
    with acting_as(supervisor):
        reached = set(Case.objects.filter(pk__in=files).values_list("pk", flat=True))  # a restricted file is not
        files = [each for each in files if each in reached]
        evening = _at(3, 22, 4)
        write_record([(evening + timedelta(seconds=70 * number), supervisor, OPENED, file, "supervision")
                      for number, file in enumerate(files[:44])])  # fmt: skip
        _searched(supervisor, files[0], _at(2, 11, 12))
        _took_out(supervisor, files, _at(11, 9, 31))
    with acting_as(officer):
        for number in range(12):
            _event(officer, OPENED, _at(5, 15, number), refused=True)
    for number in range(9):
        known = {"watcher": supervisor.agency.audit_principal, "reason": str(users[COLLEAGUE].pk)}
        _write("session.refused", _at(6, 7, 2 * number), refused=True, **known)


def _searched(user: User, file: Any, at: datetime) -> None:
    """By a colleague's name; the file that was found is opened."""
    _named(_event(user, "search.colleague", at, files=1, file=file), [file])
    write_record([(at + timedelta(minutes=1), user, OPENED, file, "supervision")])


def _took_out(user: User, files: Sequence[Any], at: datetime) -> None:
    _named(_event(user, FILE, at, reason="Yearly report to the donor"), files)


def _event(user: User, act: str, at: datetime, **more: Any) -> AuditEvent:
    return _write(act, at, user_id=user.pk, watcher=user.agency.audit_principal, **more)


def _write(act: str, at: datetime, **more: Any) -> AuditEvent:
    event = AuditEvent(act=act, at=at, request_id=uuid4(), **more)
    event.save(force_insert=True)
    return event


def _named(event: AuditEvent, files: Sequence[Any]) -> None:
    who = {"user_id": event.user_id, "watcher": event.watcher, "act": event.act, "at": event.at}
    AuditSubject.objects.bulk_create([AuditSubject(event_id=event.pk, case_id=each, **who) for each in files])
