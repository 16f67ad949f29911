"""A month with what lies in it, drawn as the calendar of campaigns is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from havre.prevention.campaigns import calendar

from .shown import Dated


@dataclass
class Day:
    """A square of the month."""

    on: date
    inside: bool
    told: list[Dated] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """Its squares, the names above them, and the way to the months beside it."""

    title: str
    days: list[str]
    weeks: list[list[Day]]
    earlier: str
    later: str


def drawn(first: date, told: Iterable[Dated]) -> Month:
    """The month of that day; what lasts stands on each of its days."""
    empty = calendar.drawn(first, [])
    weeks = [[Day(day.on, day.inside) for day in week] for week in empty.weeks]
    squares = {day.on: day for week in weeks for day in week}
    for each in told:
        for at in range(((each.until or each.on) - each.on).days + 1):
            square = squares.get(each.on + timedelta(days=at))
            if square:
                square.told.append(each)
    return Month(empty.title, empty.days, weeks, empty.earlier, empty.later)
