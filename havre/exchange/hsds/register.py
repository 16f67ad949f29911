"""A directory comes in or goes out as somebody: one transaction with their rights, and one entry in the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from havre.exchange.register import Rehearsed, as_somebody
from havre.platform.keeping.rows import Visibility

from .actions import Format, Summary, export_cards, import_cards
from .leaving import Passed, unseen
from .reading import Reading
from .told import Profile

IMPORT, EXPORT = "directory.import", "directory.export"


def bring(
    file: BinaryIO,
    login: str,
    *,
    visibility: int = Visibility.PARTNERS,
    replace: bool = False,
    dry_run: bool = False,
    passed: Callable[[int], None] = lambda read: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Summary:
    """What came in, or would have: the whole file or nothing. Faulty, Refused or Cancelled else."""
    summary = Summary()
    with as_somebody(login, IMPORT) as (user, recorder):
        recorder.begin(IMPORT)
        reading = Reading(file, passed)
        summary = import_cards(reading, by=user, visibility=visibility, replace=replace, cancelled=cancelled)
        if dry_run:
            raise Rehearsed
    return summary


def take_out(
    out: BinaryIO,
    login: str,
    kind: Format,
    profile: Profile,
    *,
    countries: Sequence[str] = (),
    passed: Passed = unseen,
) -> int:
    """How many organizations were written, of those this user may read."""
    with as_somebody(login, EXPORT) as (user, recorder):
        recorder.begin(EXPORT)
        return export_cards(out, by=user, kind=kind, profile=profile, countries=countries, passed=passed)
    raise AssertionError("unreachable")
