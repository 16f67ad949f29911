"""When somebody is fit to travel (SPEC 8.6, 9.1). The promise: no word means no, and a word runs out."""

from __future__ import annotations

from datetime import date

FIT, CONDITIONS, UNFIT = "yes", "conditions", "no"


def may_travel(fit: str, said_on: date, valid_until: date | None, on: date) -> bool:
    """Whether a word on travelling holds that day."""
    return fit in (FIT, CONDITIONS) and valid_until is not None and said_on <= on <= valid_until
