"""Whether a place is open: the rules of HSDS schedules by the clock of the place, over midnight and its changes.

`havre.open_at` of 66_directory_find.sql says the same, for whole lists; a test holds the two together.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import Any, Protocol
from zoneinfo import ZoneInfo, available_timezones

DAY = timedelta(days=1)
AHEAD, WEEK, FORESEEN = 40, 8, 366 * 30  # days looked through for the next opening, for a closing, for the last day
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)[A-Z]*\Z")
END_OF_DAY = (time(23, 59), time(23, 59, 59))  # how those write midnight whose form has no 24:00
Span = tuple[datetime, datetime]


class Hours(Protocol):
    """What is read of a schedule."""

    zone: str
    timezone: Any
    valid_from: date | None
    valid_to: date | None
    dtstart: date | None
    until: date | None
    count: int | None
    wkst: str
    freq: str
    interval: int | None
    byday: str
    byweekno: str
    bymonthday: str
    byyearday: str
    opens_at: time | None
    closes_at: time | None


def is_open(schedules: Iterable[Hours], at: datetime) -> bool | None:
    """Whether one of them is open at that moment; None when none of them says so much."""
    understood = [each for each in schedules if _understood(each) and not _past(each, at)]
    if not understood:
        return None
    return any(_at(each, at) is not None for each in understood)


def next_change(schedules: Sequence[Hours], at: datetime) -> datetime | None:
    """When it closes, if it is open, or opens next, in the clock of the place; None where neither comes soon."""
    understood = [each for each in schedules if _understood(each)]
    if not understood:
        return None
    until = _open_until(understood, at)
    if until is None:
        return min((start for each in understood if (start := _next_start(each, at))), default=None)
    return until if until - at < WEEK * DAY else None


def zone_of(rule: Hours) -> tzinfo | None:
    """The zone by its name; else the hours from UTC that HSDS has."""
    if rule.zone:
        return zone_named(rule.zone)
    if rule.timezone is None:
        return None
    return timezone(timedelta(hours=float(str(rule.timezone))))


@lru_cache(maxsize=1024)
def zone_named(name: str) -> tzinfo | None:
    """The zone of that IANA name; None when there is none."""
    return ZoneInfo(name) if name in _zones() else None


@lru_cache(maxsize=4)
def zones(day: date) -> str:
    """For `havre.open_at`: how far each zone is from UTC on that day and those next to it, as JSON."""
    return json.dumps({name: _offsets(name, day) for name in sorted(_zones())})


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _offsets(name: str, day: date) -> int | list[int | str]:
    """Seconds from UTC; where they change, from which time of the clock on, those before and those after."""
    zone = ZoneInfo(name)
    early = datetime.combine(day, time(0), UTC) - 3 * DAY
    late = early + 7 * DAY
    before, after = _offset(zone, early), _offset(zone, late)
    if before == after:
        return before
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    turn = late.replace(microsecond=0, tzinfo=None) + timedelta(seconds=max(before, after))
    return [turn.isoformat(), before, after]


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())


def span(rule: Hours, day: date) -> Span | None:
    """From when to when it is open if it opens that day. An hour that comes twice is the first, one that is skipped
    is counted from before the change (RFC 5545, 3.3.5)."""
    zone, opens, closes = zone_of(rule), rule.opens_at, rule.closes_at
    if zone is None or opens is None or closes is None:
        return None
    closes = time(0) if closes in END_OF_DAY else closes
    last = day if closes > opens else day + DAY
    return _moment(day, opens, zone), _moment(last, closes, zone)


def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def falls_on(rule: Hours, day: date) -> bool | None:
    """Whether the rule means that day; None when it does not say enough to know."""
    if not _sound(rule):
        return None
    return _in_force(rule, day) and _repeats(rule, day) and (not rule.count or _nth(rule, day) <= rule.count)


def last_day(rule: Hours) -> date | None:
    """The last day of a rule that ends, thirty years on at the latest for one by number; None when it goes on."""
    ends = [each for each in (rule.valid_to, rule.until) if each]
    if rule.count and rule.dtstart and _sound(rule):
        fits = (day for day in _days_from(rule.dtstart, FORESEEN) if _in_force(rule, day) and _repeats(rule, day))
        found = list(islice(fits, rule.count))
        ends.append(found[-1] if len(found) == rule.count else rule.dtstart + timedelta(days=FORESEEN))
    return min(ends, default=None)


# ---- spans


def _at(rule: Hours, at: datetime) -> Span | None:
    return next((found for found in _spans(rule, at, -1, 1) if found[0] <= at < found[1]), None)


def _spans(rule: Hours, at: datetime, first: int, last: int) -> Iterator[Span]:
    """Those of the days round that moment, by the clock of the place."""
    zone = zone_of(rule)
    assert zone is not None
    today = at.astimezone(zone).date()
    for day in (today + timedelta(days=each) for each in range(first, last)):
        if falls_on(rule, day) and (found := span(rule, day)) and found[0] < found[1]:
            yield found


def _open_until(rules: Sequence[Hours], at: datetime) -> datetime | None:
    """The end of the hours that lie over this moment, with those that follow without a gap."""
    until: datetime | None = None
    here = at
    while here - at < WEEK * DAY:
        ends = [(found[1], zone_of(each)) for each in rules if (found := _at(each, here))]
        if not ends:
            break
        here, zone = max(ends, key=lambda end: end[0])
        until = here.astimezone(zone)
    return until


def _next_start(rule: Hours, at: datetime) -> datetime | None:
    starts = (found[0] for found in _spans(rule, at, 0, AHEAD) if found[0] > at)
    start = next(starts, None)
    return start.astimezone(zone_of(rule)) if start else None


def _understood(rule: Hours) -> bool:
    said = rule.opens_at is not None and rule.closes_at is not None
    return said and zone_of(rule) is not None and _sound(rule)


def _past(rule: Hours, at: datetime) -> bool:
    ends = [each for each in (rule.valid_to, rule.until) if each]
    return bool(ends) and at.date() - min(ends) > 2 * DAY


# ---- days


def _sound(rule: Hours) -> bool:
    """Whether its words can be read, and say from when every other week or month is counted."""
    lists = [_numbers(each) for each in (rule.byweekno, rule.bymonthday, rule.byyearday)]
    days = _byday(rule.byday)
    how = _how(rule)
    if None in lists or days is None or how not in ("", "WEEKLY", "MONTHLY"):
        return False
    if how == "WEEKLY" and any(nth for nth, _day in days):
        return False
    step, anchored = rule.interval or 1, rule.dtstart is not None
    if step < 1 or (step > 1 and not how):
        return False
    if step > 1 or rule.count:
        return anchored
    return anchored or not how or bool(days or any(lists))


def _how(rule: Hours) -> str:
    """The frequency; where it is not said, as its other words mean it."""
    if rule.freq:
        return rule.freq.strip().upper()
    if rule.bymonthday or any(nth for nth, _day in _byday(rule.byday) or ()):
        return "MONTHLY"
    return "WEEKLY" if rule.byday else ""


def _in_force(rule: Hours, day: date) -> bool:
    starts = (rule.valid_from, rule.dtstart)
    ends = (rule.valid_to, rule.until)
    return all(day >= each for each in starts if each) and all(day <= each for each in ends if each)


def _repeats(rule: Hours, day: date) -> bool:
    how, anchor = _how(rule), rule.dtstart
    if not how:
        once = anchor and not (rule.until or rule.valid_to or rule.count)
        return _fits(rule, day) and (not once or day == anchor)
    step = rule.interval or 1
    if anchor and step > 1 and _period(rule, how, day, anchor) % step:
        return False
    if anchor and not (rule.byday or rule.byweekno or rule.bymonthday or rule.byyearday):
        return day.weekday() == anchor.weekday() if how == "WEEKLY" else day.day == anchor.day
    return _fits(rule, day)


def _period(rule: Hours, how: str, day: date, anchor: date) -> int:
    """How many weeks or months after the first."""
    if how == "MONTHLY":
        return (day.year - anchor.year) * 12 + day.month - anchor.month
    return (_week_start(rule, day) - _week_start(rule, anchor)).days // 7


def _fits(rule: Hours, day: date) -> bool:
    length, year = calendar.monthrange(day.year, day.month)[1], 366 if calendar.isleap(day.year) else 365
    days = _byday(rule.byday) or ()
    checks = (
        (_numbers(rule.bymonthday), (day.day, day.day - length - 1)),
        (_numbers(rule.byyearday), (day.timetuple().tm_yday, day.timetuple().tm_yday - year - 1)),
        (_numbers(rule.byweekno), _weeks(rule, day) if rule.byweekno else ()),
    )
    if any(wanted and not wanted & set(numbers) for wanted, numbers in checks):
        return False
    nth, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    return not days or any(which == day.weekday() and number in (0, nth, from_end) for number, which in days)


def _week_start(rule: Hours, day: date) -> date:
    first = (rule.wkst or "MO")[:2].upper()
    return day - timedelta(days=(day.weekday() - (WEEKDAYS.index(first) if first in WEEKDAYS else 0)) % 7)


def _weeks(rule: Hours, day: date) -> tuple[int, int]:
    """The number of its week in the year that has most of it, counted from both ends."""
    middle = _week_start(rule, day) + 3 * DAY
    number = (middle.timetuple().tm_yday - 1) // 7 + 1
    left = (date(middle.year, 12, 31) - middle).days // 7
    return number, -left - 1


def _nth(rule: Hours, day: date) -> int:
    """How many times it has been by that day."""
    assert rule.dtstart is not None
    days = _days_from(rule.dtstart, (day - rule.dtstart).days + 1)
    return sum(_in_force(rule, each) and _repeats(rule, each) for each in days)


def _days_from(first: date, many: int) -> Iterator[date]:
    return (first + timedelta(days=each) for each in range(many))


@lru_cache(maxsize=1024)
def _byday(text: str) -> tuple[tuple[int, int], ...] | None:
    """Each day with its number in the month, nought for every one; None when it cannot be read."""
    found = []
    for each in filter(None, re.split(r"[,;\s]+", text.upper())):
        match = BYDAY.match(each)
        if not match:
            return None
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(found)


@lru_cache(maxsize=1024)
def _numbers(text: str) -> frozenset[int] | None:
    parts = [each for each in re.split(r"[,;\s]+", text) if each]
    return frozenset(map(int, parts)) if all(re.fullmatch(r"[+-]?\d{1,3}", each) for each in parts) else None
