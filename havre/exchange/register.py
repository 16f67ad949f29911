"""A register comes in as somebody: one transaction with their rights, and one entry in the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.db import connection

from havre.exchange.actions import Faulty, Summary, import_register
from havre.exchange.formats.htcds import Reading
from havre.exchange.leaving import Kind, Passed, export_register, unseen
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.audit.recorder import Recorder, recording
from havre.platform.database.arrays import MANY_ROWS

IMPORT, EXPORT = "register.import", "register.export"


class Rehearsed(Exception):
    """All went well, and is to be undone."""


def bring(
    file: BinaryIO,
    agency: str,
    login: str,
    today: date,
    *,
    dry_run: bool = False,
    passed: Callable[[int], None] = lambda read: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Summary:
    """What came in, or would have: the whole file or nothing. Faulty, Refused or Cancelled else.

    `passed` is told how many bytes of the file were read.
    """
    summary = Summary()
    reading = Reading(file, today, passed)
    with as_somebody(login, IMPORT) as (user, recorder):
        try:
            recorder.begin(IMPORT)
            with connection.cursor() as cursor:
                cursor.execute(MANY_ROWS)
            summary = import_register(
                reading, by=user, agency=agency, today=today, faults=reading.faults, cancelled=cancelled
            )
        except Faulty as faulty:
            faulty.more += reading.more
            raise
        if dry_run:
            raise Rehearsed
    summary.outside, summary.columns = reading.outside, reading.columns
    return summary


def take_out(
    out: BinaryIO,
    login: str,
    kind: Kind,
    *,
    why: str = "",
    strict: bool = False,
    passed: Passed = unseen,
    agreement: UUID | None = None,
) -> int:
    """How many rows were written: the people of the agency that this user may see, each named in the record."""
    with as_somebody(login, EXPORT) as (user, recorder):
        recorder.begin(EXPORT, why)
        return export_register(out, by=user, kind=kind, strict=strict, passed=passed, agreement=agreement)
    raise AssertionError("unreachable")


@contextmanager
def as_somebody(login: str, act: str) -> Iterator[tuple[User, Recorder]]:
    """One transaction of that user, recorded; a refusal is kept in the record by itself."""
    user = User.objects.select_related("agency").filter(login=login, is_active=True).first()
    if user is None:
        raise Refused(f"Nobody has the login {login}: name a colleague of the agency with --as.")
    try:
        with acting_as(user), recording(user, act) as recorder:
            yield user, recorder
            recorder.write()
    except Rehearsed:
        pass
    except Refused as refused:
        _record(user, act, str(refused))
        raise


def _record(user: User, act: str, reason: str) -> None:
    """Keeps the refusal, in a transaction of its own."""
    with acting_as(user), recording(user) as recorder:
        recorder.event(act, refused=True, reason=reason[:200]).save(force_insert=True)
