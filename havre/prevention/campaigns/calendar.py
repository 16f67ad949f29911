"""What is done in a month, day by day."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from babel.core import Locale
from babel.dates import format_date, get_day_names
from django.utils.translation import get_language

from .models import Output


@dataclass
class Day:
    """A square of the month; what lies in the months beside it is grey."""

    on: date
    inside: bool
    outputs: list[Output] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """Six weeks at most, with the way to the months beside it."""

    title: str
    days: list[str]
    weeks: list[list[Day]]
    lasting: list[Output]
    earlier: str
    later: str
    first: date
    last: date


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address names (2026-11); of this month where it names none."""
    try:
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, 1) if 2000 <= year <= 2100 else today.replace(day=1)
    except (ValueError, OverflowError):
        return today.replace(day=1)


def span(first: date) -> tuple[date, date]:
    """First and last day of the squares of a month."""
    days = [day for week in Calendar(_begin()).monthdatescalendar(first.year, first.month) for day in week]
    return days[0], days[-1]


def _begin() -> int:
    return int(Locale.parse((get_language() or "en").replace("-", "_")).first_week_day)


def drawn(first: date, outputs: Iterable[Output]) -> Month:
    """The month of that day with these outputs; one that lasts stands above it, and on the day on which it begins."""
    language, begin = (get_language() or "en").replace("-", "_"), _begin()
    weeks = Calendar(begin).monthdatescalendar(first.year, first.month)
    days = {day: Day(day, day.month == first.month) for week in weeks for day in week}
    found = list(outputs)
    for each in found:
        if each.on in days:
            days[each.on].outputs.append(each)
    names = get_day_names("abbreviated", locale=language)
    earlier, later = first - timedelta(days=1), first.replace(day=28) + timedelta(days=4)
    return Month(
        title=format_date(first, "LLLL y", locale=language).capitalize(),
        days=[names[(begin + at) % 7] for at in range(7)],
        weeks=[[days[day] for day in week] for week in weeks],
        lasting=[each for each in found if each.until and each.until > each.on],
        earlier=f"{earlier:%Y-%m}",
        later=f"{later:%Y-%m}",
        first=weeks[0][0],
        last=weeks[-1][-1],
    )
