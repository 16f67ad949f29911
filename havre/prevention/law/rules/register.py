"""Of what several agencies wrote down of the same thing, which is shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

WEIGHT = {"checked": 0, "recalled": 1, "provisional": 2, "example": 3}


class Said(Protocol):
    """A row of one agency about something that others may have a row about too."""

    owner_id: UUID
    standing: str
    checked_on: date | None
    changed_at: datetime


S = TypeVar("S", bound=Said)
K = TypeVar("K", bound=Hashable)


def one_of_each(rows: Iterable[S], key: Callable[[S], K], agency: UUID | None) -> dict[K, S]:
    """For each key one row: the reader's own, else the surest, else the one that was checked last."""

    def rank(row: S) -> tuple[bool, int, int]:
        checked = row.checked_on.toordinal() if row.checked_on else 0
        return (row.owner_id != agency, WEIGHT.get(row.standing, len(WEIGHT)), -checked)

    found: dict[K, S] = {}
    for row in sorted(rows, key=rank):
        found.setdefault(key(row), row)
    return found
