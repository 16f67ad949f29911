"""What the days of a right must keep, and which of them end soon.

The promise: nobody is given less time to recover than the Convention says, and no end of a right comes as a surprise.
It rests on SPEC 8.2: CETS 197, article 13 (thirty days at least) and article 12(6) (help never depends on testimony).
"""

from datetime import date, timedelta

from havre.kernel.vocabularies import load

REFLECTION, ENDED = "reflection", "ended"
REFLECTION_DAYS = 30
SOON = 30  # days before an end from which it is shown


def is_too_short(kind: str, state: str, since: date | None, until: date | None) -> bool:
    """Whether a reflection period is shorter than the Convention allows; one whose end is not known is not."""
    if kind != REFLECTION or state == ENDED or since is None or until is None:
        return False
    return until < since + timedelta(REFLECTION_DAYS)


def runs(state: str) -> bool:
    """Whether its end still matters."""
    states = load("legal_states")
    return state in states and states.row(state)["runs"] == "yes"


def days_left(state: str, until: date | None, today: date) -> int | None:
    """How many days are left, below zero once it is over; nothing when no end is known or it matters no more."""
    return (until - today).days if until is not None and runs(state) else None


def is_soon(left: int | None) -> bool:
    """Whether an end is near, or past, and must be seen."""
    return left is not None and left <= SOON
