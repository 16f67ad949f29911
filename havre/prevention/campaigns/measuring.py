"""The metrics of `campaign_metrics.csv` that follow from what was done (SPEC 13.1); surveys give the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from havre.prevention.counting.sums import Counts, added, total


class Done(Protocol):
    """What was done on one day."""

    people: Counts
    again: int
    times: int
    engaged: int | None
    clicks: int | None
    copies: int | None


D = TypeVar("D", bound=Done)


class Counted(Protocol):
    """Calls of some days."""

    begins: date
    ends: date
    calls: int
    trafficking: int | None


@dataclass(frozen=True)
class Period:
    """Calls before, during or after a campaign."""

    days: int = 0
    calls: int = 0
    sorted: int = 0  # calls of which it is known whether they were about trafficking
    trafficking: int = 0

    @property
    def a_day(self) -> float | None:
        """How many a day."""
        return self.calls / self.days if self.days else None


@dataclass(frozen=True)
class Measured:
    """What the outputs of a campaign add up to; None where data are missing."""

    people: dict[str, int] = field(default_factory=dict)
    reach: int = 0
    impressions: int = 0
    audience: int = 0
    engaged: int | None = None
    clicks: int | None = None
    copies: int = 0
    events: int = 0
    spent: Decimal | None = None
    before: Period = Period()
    during: Period = Period()
    after: Period = Period()

    @property
    def frequency(self) -> float | None:
        """How often each person saw or heard it."""
        return self.impressions / self.reach if self.reach else None

    @property
    def reach_rate(self) -> float | None:
        """The share of the audience, in percent; above 100 when more were reached than were meant."""
        return 100 * self.reach / self.audience if self.reach and self.audience else None

    @property
    def grp(self) -> float | None:
        """Gross rating points: reach in percent of the target group, times frequency."""
        rate, often = self.reach_rate, self.frequency
        return rate * often if rate is not None and often is not None else None

    @property
    def cost_per_reach(self) -> Decimal | None:
        """Money for each person reached."""
        return self.spent / self.reach if self.spent and self.reach else None

    @property
    def engagement_rate(self) -> float | None:
        """Of a hundred times it was seen or heard, how often somebody asked, answered or shared."""
        return 100 * self.engaged / self.impressions if self.engaged is not None and self.impressions else None

    @property
    def ctr(self) -> float | None:
        """Of a hundred times it was seen, how often somebody clicked."""
        return 100 * self.clicks / self.impressions if self.clicks is not None and self.impressions else None


def measured(
    outputs: Sequence[Done],
    calls: Iterable[Counted] = (),
    *,
    audience: Counts | None = None,
    spent: Decimal | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> Measured:
    """What was done, added up. Whoever was reached again counts once in the reach, and each time in the impressions."""
    people = added(each.people for each in outputs)
    often = sum(total(each.people) * each.times for each in outputs)
    periods = _periods(calls, begins, ends)
    return Measured(
        people=people,
        reach=max(0, total(people) - sum(each.again for each in outputs)),
        impressions=often,
        audience=total(audience or {}),
        engaged=_known(each.engaged for each in outputs),
        clicks=_known(each.clicks for each in outputs),
        copies=sum(each.copies or 0 for each in outputs),
        events=len(outputs),
        spent=spent,
        **periods,
    )


def _known(values: Iterable[int | None]) -> int | None:
    """The sum of what was counted; None when nobody counted."""
    counted = [each for each in values if each is not None]
    return sum(counted) if counted else None


def _periods(calls: Iterable[Counted], begins: date | None, ends: date | None) -> dict[str, Period]:
    """Calls by whether their middle day lies before, during or after the campaign."""
    if begins is None:
        return {}
    parts: dict[str, list[Counted]] = {"before": [], "during": [], "after": []}
    for each in calls:
        middle = each.begins + (each.ends - each.begins) // 2
        when = "before" if middle < begins else "after" if ends is not None and middle > ends else "during"
        parts[when].append(each)
    return {when: _period(some) for when, some in parts.items()}


def _period(calls: list[Counted]) -> Period:
    split = [each for each in calls if each.trafficking is not None]
    return Period(
        days=sum((each.ends - each.begins + timedelta(days=1)).days for each in calls),
        calls=sum(each.calls for each in calls),
        sorted=sum(each.calls for each in split),
        trafficking=sum(each.trafficking or 0 for each in split),
    )


def along(outputs: Iterable[D], by: Callable[[D], str]) -> list[tuple[str, int, dict[str, int], int]]:
    """Outputs by channel, group or place: its code, how many, the people, the copies; the most people first."""
    parts: dict[str, list[D]] = {}
    for each in outputs:
        parts.setdefault(by(each), []).append(each)
    rows = [
        (code, len(some), added(each.people for each in some), sum(each.copies or 0 for each in some))
        for code, some in parts.items()
    ]
    return sorted(rows, key=lambda row: (-total(row[2]), row[0]))


def copies_of(outputs: Iterable[tuple[str, int | None]]) -> list[tuple[str, int]]:
    """How many copies of each material went out."""
    copies: Counter[str] = Counter()
    for title, many in outputs:
        if many:
            copies[title] += many
    return copies.most_common()
