"""Bringing a checked file in as somebody: one transaction with their rights, and one entry in the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from havre.exchange.actions import Summary, import_register
from havre.exchange.formats.htcds import Reading
from havre.exchange.formats.table import Unreadable
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.audit.recorder import recording

ACT = "register.import"


class _Rehearsed(Exception):
    """All went well, and is to be undone."""


def bring(
    path: Path,
    records: int,
    agency: str,
    login: str,
    today: date,
    *,
    dry_run: bool = False,
    passed: Callable[[int], None] = lambda done: None,
) -> Summary:
    """What came in, or would have; the whole file or nothing."""
    user = User.objects.select_related("agency").filter(login=login, is_active=True).first()
    if user is None:
        raise Refused(f"Nobody has the login {login}: name a colleague of the agency with --as.")
    try:
        with path.open("rb") as file, acting_as(user), recording(user, ACT) as recorder:
            read = Reading(file, today)
            summary = import_register(read, by=user, agency=agency, today=today, passed=passed)
            if summary.persons != records or read.faults:
                raise Unreadable(0, "the file changed while it was read; start again")
            if dry_run:
                raise _Rehearsed
            recorder.write()
    except _Rehearsed:
        pass
    except Refused as refused:
        _record(user, str(refused))
        raise
    return summary


def _record(user: User, reason: str) -> None:
    """Keeps the refusal, in a transaction of its own."""
    with acting_as(user), recording(user) as recorder:
        recorder.event(ACT, refused=True, reason=reason[:200]).save(force_insert=True)
