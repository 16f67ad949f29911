"""What may be printed, and what never is.

The promise: a letter goes only to a body the person agreed to share with, while that agreement stands; no paper says
where somebody is or how to reach them. It rests on SPEC 8.5 and LOOK 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

ACCOMMODATION = frozenset({"SHELTER_EMERG", "SHELTER_TRANS", "SHELTER_SPEC", "RI_HOUSING"})
HEALTH = frozenset(
    {"MED_EMERG", "MED_GEN", "MED_SRH", "MED_INF", "MED_FORENSIC", "MHPSS", "SUBSTANCE", "RI_MED", "RI_PSY"}
)
GENERAL = "MED_GEN"
ALSO_CLOSED = frozenset({"seen"})  # the person may ask for it at any time
STANDS_FOR = timedelta(hours=12)  # how long after it was asked for a copy can be shown and printed


def provider(code: str, name: str) -> str:
    """With whom a service is, as paper may say it: who gives somebody a bed says where they sleep."""
    return "" if code in ACCOMMODATION else name


def spoken_of(code: str) -> str:
    """The service as paper for other eyes names it: of all care it says health care, no more."""
    return GENERAL if code in HEALTH else code


def may_show(asked_at: datetime, asked_by: object, *, by: object, now: datetime) -> bool:
    """Whether a copy can still be shown: to whoever asked for it, on the day they did."""
    return asked_by == by and now - asked_at < STANDS_FOR


def shares(decision: str, expires: date | None, on: date) -> bool:
    """Whether a decision lets something be shared on that day."""
    return decision == "given" and (expires is None or expires >= on)


def first_of(items: Sequence[object], most: int) -> tuple[Sequence[object], int]:
    """As many as fit on the page, and how many stay in the file."""
    return items[:most], max(len(items) - most, 0)
