"""A register brought in out of any file, until the command does it the same way (issue 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

from havre.exchange.actions import AlreadyHeld, import_register
from havre.exchange.formats.htcds import Fault, Reading, Record
from havre.exchange.register import ACT
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.recorder import recording


class Faulty(Exception):
    """What is to be mended; nothing was written."""

    def __init__(self, faults: list[Fault], more: int) -> None:
        super().__init__()
        self.faults, self.more = faults, more


class _Undone(Exception):
    """All went well, and is to be undone."""


def bring(
    file: BinaryIO,
    agency: str,
    login: str,
    today: date,
    *,
    dry_run: bool = False,
    passed: Callable[[int], None] = lambda size: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Any:
    """What came in, or would have; the whole file or nothing."""
    user = User.objects.select_related("agency").get(login=login)
    read = Reading(file, today, passed)
    first: list[Record] = []

    def records() -> Iterator[Record]:
        for each in read:
            if len(first) < 5:
                first.append(each)
            yield each

    summary: Any = None
    try:
        with acting_as(user), recording(user, ACT) as recorder:
            summary = import_register(records(), by=user, agency=agency, today=today)
            if read.faults:
                raise Faulty(read.faults, read.more)
            summary.first, summary.outside = first, read.outside
            summary.columns = sorted({name for each in first for name in each.values})
            if dry_run:
                raise _Undone
            recorder.write()
    except _Undone:
        pass
    except AlreadyHeld as held:
        raise Faulty(held.faults, 0) from None
    return summary
