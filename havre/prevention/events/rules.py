"""How late an action is, and whether an agreement still holds: values in, value out."""

from __future__ import annotations

from datetime import date, timedelta

from .models import Agreed, Progress
from .models.plans import OPEN

SOON = timedelta(days=90)  # an agreement that ends within these days wants to be renewed


def days_late(due: date, status: str, today: date) -> int:
    """Days since an action was due; 0 while there is time, or when it ended."""
    return max((today - due).days, 0) if Progress(status) in OPEN else 0


def holds(state: str, until: date | None, today: date) -> str:
    """`draft`, `ended`, `holds`, `soon` when its last day is near, `expired` when it is over."""
    if state != Agreed.SIGNED:
        return state
    if until is None or until - today > SOON:
        return "holds"
    return "expired" if until < today else "soon"
