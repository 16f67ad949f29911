"""What must stand before something is decided about a child (SPEC 8.7).

The promise: who came alone is treated as alone until it is clear that they did not; a child goes home only after a
panel found it to be best, the family was looked at, and somebody there is sure to receive them.
"""

from __future__ import annotations

from datetime import date, timedelta

ASSESSMENT, DETERMINATION = "assessment", "determination"
RETURN = "return"
IN_INTEREST, NOT_IN_INTEREST, DEFERRED = "in_interest", "not_in_interest", "deferred"
PANEL = 3  # members at least; provisional
GUARDIAN_WITHIN = 1  # working days; provisional
SATURDAY = 5


def working_day(after: date, days: int) -> date:
    """The day so many working days later; Saturdays and Sundays do not count."""
    day = after
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def guardian_due(opened: date) -> date:
    """The last day on which a guardian should be named."""
    return working_day(opened, GUARDIAN_WITHIN)


def is_alone(is_child: bool, accompanied: str) -> bool:
    """Whether the rules for unaccompanied children hold: for a child, anything but a clear yes."""
    return is_child and accompanied != "yes"


def needs_panel(kind: str) -> bool:
    """Whether three decide together."""
    return kind == DETERMINATION


def members(written: str) -> list[str]:
    """The members of a panel, one a line, each counted once."""
    named = (" ".join(line.split()) for line in written.splitlines())
    return list(dict.fromkeys(name for name in named if name))
