"""When a place is open: tables over midnight and both changes of clock, and the rules of repetition."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.directory import opening
from havre.directory.models import Schedule

WORKDAYS = "MO,TU,WE,TH,FR"
PARIS = ZoneInfo("Europe/Paris")


def hours(opens="09:00", closes="17:00", byday=WORKDAYS, freq="WEEKLY", zone="Europe/Paris", **more):
    clocks = [time.fromisoformat(each) if each else None for each in (opens, closes)]
    return Schedule(opens_at=clocks[0], closes_at=clocks[1], byday=byday, freq=freq, zone=zone, **more)


def at(text: str, zone: str = "Europe/Paris", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("2026-11-26T08:59:59", False),  # a Thursday
        ("2026-11-26T09:00", True),
        ("2026-11-26T16:59:59", True),
        ("2026-11-26T17:00", False),
        ("2026-11-28T10:00", False),  # a Saturday
    ],
)
def test_it_opens_on_the_minute_and_closes_on_the_minute(moment, answer):
    assert opening.is_open([hours()], at(moment)) is answer


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("2026-11-27T21:59", False),
        ("2026-11-27T22:00", True),
        ("2026-11-28T00:00", True),
        ("2026-11-28T05:59", True),  # Friday's night goes on
        ("2026-11-28T06:00", False),
        ("2026-11-28T23:00", False),  # Saturday has no night of its own
        ("2026-11-27T03:00", False),  # nor has Thursday
    ],
)
def test_who_closes_after_midnight_is_open_until_then(moment, answer):
    assert opening.is_open([hours("22:00", "06:00", "FR")], at(moment)) is answer


SPRING, AUTUMN = "2026-03-29", "2026-10-25"  # 02:00 becomes 03:00; 03:00 becomes 02:00


@pytest.mark.parametrize(
    ("opens", "closes", "utc", "answer"),
    [
        ("22:00", "06:00", f"{SPRING}T03:59", True),  # 05:59: an hour shorter, and closes at six of the clock
        ("22:00", "06:00", f"{SPRING}T04:00", False),
        ("02:30", "06:00", f"{SPRING}T01:00", False),  # 03:00: half past two never comes
        ("02:30", "06:00", f"{SPRING}T01:30", True),  # counted on from before the change
        ("02:00", "03:00", f"{SPRING}T01:00", False),  # the hour that is left out
        ("00:00", "00:00", f"{SPRING}T21:59", True),
        ("22:00", "06:00", f"{AUTUMN}T04:59", True),  # an hour longer
        ("22:00", "06:00", f"{AUTUMN}T05:00", False),
        ("02:30", "06:00", f"{AUTUMN}T00:29", False),
        ("02:30", "06:00", f"{AUTUMN}T00:30", True),  # half past two the first time
        ("02:30", "06:00", f"{AUTUMN}T01:10", True),  # ten past two the second time: still open
        ("20:00", "02:30", f"{AUTUMN}T00:29", True),
        ("20:00", "02:30", f"{AUTUMN}T00:30", False),  # closes the first time
        ("20:00", "02:30", f"{AUTUMN}T01:15", False),  # and stays closed the second time
        ("00:00", "00:00", f"{AUTUMN}T22:30", True),
    ],
)
def test_the_night_the_clock_changes(opens, closes, utc, answer):
    found = opening.is_open([hours(opens, closes, "SA,SU")], datetime.fromisoformat(utc).replace(tzinfo=UTC))
    assert found is answer


@pytest.mark.parametrize(
    ("zone", "utc", "answer"),
    [
        ("Asia/Kathmandu", "2026-11-26T03:15", True),  # 09:00, five and three quarters ahead
        ("Asia/Kathmandu", "2026-11-26T03:14", False),
        ("Pacific/Kiritimati", "2026-11-29T19:00", True),  # already Monday there
        ("America/Los_Angeles", "2026-11-28T00:30", True),  # still Friday there
        ("Africa/Casablanca", "2026-02-10T08:00", True),
        ("Africa/Casablanca", "2026-02-17T08:00", False),  # in Ramadan the clock is an hour back
    ],
)
def test_the_clock_is_that_of_the_place(zone, utc, answer):
    assert opening.is_open([hours(zone=zone)], datetime.fromisoformat(utc).replace(tzinfo=UTC)) is answer


def test_without_a_zone_the_hours_from_utc_count():
    assert opening.is_open([hours(zone="", timezone=5.5)], datetime(2026, 11, 26, 3, 30, tzinfo=UTC)) is True


@pytest.mark.parametrize(
    "rule",
    [
        hours(zone=""),
        hours(zone="Europe/Atlantis"),
        hours(opens=""),
        hours(closes=""),
        hours(byday=""),  # each week, but not on which day
        hours(byday="Monday to Friday"),
        hours(freq="YEARLY"),
        hours(interval=2),  # every other week, but from when
        hours(valid_to=date(2025, 12, 31)),
    ],
)
def test_what_does_not_say_enough_is_neither_open_nor_closed(rule):
    assert opening.is_open([rule], at("2026-11-26T10:00")) is None
    assert opening.is_open([], at("2026-11-26T10:00")) is None


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (hours(byday="TH", valid_from=date(2026, 11, 10), valid_to=date(2026, 11, 20)), [12, 19]),
        (hours(byday="TH", dtstart=date(2026, 11, 5), interval=2), [5, 19]),
        (hours(byday="TH", dtstart=date(2026, 11, 1), count=2), [5, 12]),
        (hours(byday="SU", dtstart=date(2026, 11, 2), interval=2, wkst="MO"), [8, 22]),
        (hours(byday="SU", dtstart=date(2026, 11, 2), interval=2, wkst="SU"), [15, 29]),
        (hours(byday="", dtstart=date(2026, 11, 3)), [3, 10, 17, 24]),
        (hours(byday="MO", byweekno="46,48"), [9, 23]),
        (hours(byday="1TU,-1FR", freq="MONTHLY"), [3, 27]),
        (hours(byday="", bymonthday="1,15,-1", freq="MONTHLY"), [1, 15, 30]),
        (hours(byday="", dtstart=date(2026, 9, 9), interval=2, freq="MONTHLY"), [9]),
        (hours(byday="", dtstart=date(2026, 10, 9), interval=2, freq="MONTHLY"), []),
        (hours(byday="SU", bymonthday="1,2,3", freq="MONTHLY"), [1]),
        (hours(byday="", freq="", dtstart=date(2026, 11, 3)), [3]),
        (hours(byday="SA,SU", freq=""), [1, 7, 8, 14, 15, 21, 22, 28, 29]),
        (hours(byday="", freq=""), [*range(1, 31)]),
    ],
)
def test_it_falls_on_these_days_of_november(rule, days):
    november = (date(2026, 11, day) for day in range(1, 31))
    assert [day.day for day in november if opening.falls_on(rule, day)] == days


def test_a_rule_that_ends_after_some_times_says_its_last_day():
    assert opening.last_day(hours(byday="TH", dtstart=date(2026, 11, 1), count=3)) == date(2026, 11, 19)
    assert opening.last_day(hours(until=date(2026, 12, 1), valid_to=date(2026, 11, 1))) == date(2026, 11, 1)
    assert opening.last_day(hours()) is None


@pytest.mark.parametrize(
    ("rules", "moment", "change"),
    [
        ([hours()], "2026-11-26T10:00", "2026-11-26T17:00"),
        ([hours()], "2026-11-27T18:00", "2026-11-30T09:00"),
        ([hours("09:00", "12:00"), hours("12:00", "15:00")], "2026-11-26T10:00", "2026-11-26T15:00"),
        ([hours("22:00", "06:00", "FR")], "2026-11-27T23:00", "2026-11-28T06:00"),
        ([hours(byday="1TU", freq="MONTHLY")], "2026-11-04T10:00", "2026-12-01T09:00"),
        ([hours("22:00", "06:00", "SA")], "2026-10-24T23:00", "2026-10-25T06:00"),
        ([hours("00:00", "00:00", "MO,TU,WE,TH,FR,SA,SU")], "2026-10-24T23:00", None),
        ([hours("00:00", "23:59", "MO,TU,WE,TH,FR,SA,SU")], "2026-10-24T23:59:30", None),
        ([hours(valid_to=date(2026, 1, 1))], "2026-11-04T10:00", None),
    ],
)
def test_it_says_when_it_closes_or_opens_next(rules, moment, change):
    found = opening.next_change(rules, at(moment))
    assert found == (at(change) if change else None)
    assert found is None or found.replace(tzinfo=None) == datetime.fromisoformat(change)


DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))
LISTS = {
    "byday": st.lists(st.sampled_from(opening.WEEKDAYS), unique=True),
    "bymonthday": st.lists(st.sampled_from([1, 2, 15, 28, 30, 31, -1, -3]), unique=True, max_size=3),
    "byweekno": st.lists(st.sampled_from([1, 2, 9, 52, 53, -1, -2]), unique=True, max_size=2),
    "byyearday": st.lists(st.sampled_from([1, 60, 200, 365, 366, -1, -100]), unique=True, max_size=2),
}
NTH = st.tuples(st.sampled_from([1, 2, 5, -1, -5]), st.sampled_from(opening.WEEKDAYS))


@st.composite
def rules(draw):
    """A rule, and the same for dateutil."""
    freq = draw(st.sampled_from(["WEEKLY", "MONTHLY"]))
    said = {"freq": freq, "dtstart": draw(DAYS), "interval": draw(st.sampled_from([1, 2, 3])), "zone": "Europe/Paris"}
    said |= {name: ",".join(map(str, draw(values))) for name, values in LISTS.items()}
    if freq == "MONTHLY" and draw(st.booleans()):
        said["byday"] = ",".join(f"{nth}{day}" for nth, day in draw(st.lists(NTH, unique=True, max_size=6)))
    said["wkst"] = draw(st.sampled_from(opening.WEEKDAYS))
    how = draw(st.sampled_from(["", "count", "until"]))
    said |= {how: draw(st.integers(1, 40)) if how == "count" else draw(DAYS)} if how else {}
    return Schedule(opens_at=time(9), closes_at=time(17), **said)


def other_eyes(rule: Schedule) -> list[date]:
    begins = datetime.combine(rule.dtstart, time(9)).strftime("%Y%m%dT%H%M%S")
    parts = {"freq": rule.freq, "interval": rule.interval, "wkst": rule.wkst, "byday": rule.byday}
    parts |= {name: getattr(rule, name) for name in ("bymonthday", "byyearday", "byweekno", "count")}
    parts["until"] = rule.until and rule.until.strftime("%Y%m%dT235959")
    said = ";".join(f"{name.upper()}={value}" for name, value in parts.items() if value)
    found = rrule.rrulestr(f"DTSTART:{begins}\nRRULE:{said}")
    return [each.date() for each in found.between(datetime(2025, 1, 1), datetime(2028, 1, 1), inc=True)]


@settings(max_examples=15)
@given(rules())
def test_other_eyes_see_the_same_days(rule):
    days = (date.fromordinal(each) for each in range(rule.dtstart.toordinal(), date(2028, 1, 1).toordinal()))
    assert [day for day in days if opening.falls_on(rule, day)] == other_eyes(rule)
