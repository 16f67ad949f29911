"""When a person who went home, or on, hears from us again.

The promise: contacts come on the agreed days, and a person counts as lost only after honest
tries. It rests on SPEC 9.4 and the lists `monitoring_schedule`, `contact_results` and `thresholds`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from havre.kernel.dates import months_after
from havre.kernel.vocabularies import Row, load

Standing = Literal["done", "later", "open", "overdue"]


@dataclass(frozen=True)
class Planned:
    """A contact to make: the day itself and the first and last day on which it counts as kept."""

    code: str
    on: date
    opens: date
    closes: date
    optional: bool


@dataclass(frozen=True)
class Attempt:
    """One try to reach the person; `result` is a code of `contact_results`."""

    on: date
    means: str
    result: str


def plan(anchor: date) -> list[Planned]:
    """The contacts that follow from the day of arrival or of the end of the plan, earliest first."""
    rows = sorted(load("monitoring_schedule").rows, key=lambda row: int(row["month"]))
    return [_planned(row, anchor) for row in rows]


def _planned(row: Row, anchor: date) -> Planned:
    on, window = months_after(anchor, int(row["month"])), timedelta(int(row["window_days"]))
    return Planned(row["code"], on, max(anchor, on - window), on + window, row["optional"] == "yes")


def contact(code: str, on: date, window_days: int) -> Planned:
    """A contact that was planned for a day, which may be another than the schedule says."""
    schedule, window = load("monitoring_schedule"), timedelta(window_days)
    row = schedule.row(code) if code in schedule else {"month": "", "optional": "no"}
    # Nobody calls before the day of arrival.
    opens = on if row["month"] == "0" else on - window
    return Planned(code, on, opens, on + window, row["optional"] == "yes")


def standing(contact: Planned, done_on: date | None, today: date) -> Standing:
    """Where a planned contact stands today; one that is optional is never overdue."""
    if done_on is not None:
        return "done"
    if today < contact.opens:
        return "later"
    return "overdue" if today > contact.closes and not contact.optional else "open"


def is_lost(attempts: Iterable[Attempt]) -> bool:
    """Whether enough tries failed since the person was last reached, each on another day and by another means."""
    needed = int(load("thresholds").row("LOST_AFTER_ATTEMPTS")["value"])
    days: dict[str, set[date]] = {}
    for attempt in failed_since_reached(attempts):
        days.setdefault(attempt.means, set()).add(attempt.on)
    # As many days of one means as there are tries to find are enough, so that years of calls stay quick to judge.
    tries = [(on, means) for means, those in days.items() for on in sorted(those)[:needed]]
    return any(
        len({on for on, _ in some}) == needed and len({means for _, means in some}) == needed
        for some in combinations(tries, needed)
    )


def failed_since_reached(attempts: Iterable[Attempt]) -> list[Attempt]:
    """The tries that failed after the last one that reached the person, earliest first."""
    results = load("contact_results")
    failed: list[Attempt] = []
    for attempt in sorted(attempts, key=lambda attempt: attempt.on):
        if results.row(attempt.result)["reached"] == "yes":
            failed.clear()
        else:
            failed.append(attempt)
    return failed


def is_danger(safe: str, sign: str) -> bool:
    """Whether what the person said asks for safety before anything else."""
    return safe == "no" or sign == "yes"
