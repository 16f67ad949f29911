"""What was done adds up to the metrics of campaign_metrics.csv."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Row

import pytest

from havre.prevention.campaigns.calendar import month_of
from havre.prevention.campaigns.measuring import along, measured

SEPTEMBER, DECEMBER = date(2026, 9, 1), date(2026, 12, 15)


def done(people, *, again=0, times=1, engaged=None, clicks=None, copies=None, channel="radio"):
    counted = {"again": again, "times": times, "engaged": engaged, "clicks": clicks, "copies": copies}
    return Row(people=people, channel=channel, **counted)


def calls(begins, ends, many, trafficking=None):
    return Row(begins=begins, ends=ends, calls=many, trafficking=trafficking)


RADIO = done({"unknown.adult": 800}, times=5, engaged=40)
THEATRE = done({"female.child": 120, "male.child": 80}, again=100, copies=150, channel="theatre")


def test_reach_counts_each_person_once_and_impressions_each_time():
    told = measured([RADIO, THEATRE], audience={"unknown.unknown": 1800}, spent=Decimal(1800))
    assert (told.reach, told.impressions, told.copies, told.events) == (900, 4200, 150, 2)
    assert told.frequency == pytest.approx(4.667, abs=0.001)
    assert told.reach_rate == 50 and told.grp == pytest.approx(233.3, abs=0.1)
    assert told.cost_per_reach == 2
    assert told.engagement_rate == pytest.approx(100 * 40 / 4200) and told.ctr is None


def test_what_nobody_counted_is_missing_and_not_zero():
    told = measured([done({})], spent=Decimal(10))
    assert told.frequency is told.reach_rate is told.grp is told.cost_per_reach is told.engagement_rate is None


def test_calls_fall_before_during_and_after():
    some = [calls(date(2026, 8, 1), date(2026, 8, 31), 31, 5), calls(date(2026, 10, 1), date(2026, 10, 10), 40, 16)]
    some.append(calls(date(2026, 12, 20), date(2026, 12, 29), 15))
    told = measured([], some, begins=SEPTEMBER, ends=DECEMBER)
    assert (told.before.a_day, told.during.a_day, told.after.a_day) == (1, 4, 1.5)
    assert told.during.trafficking / told.during.sorted == 0.4 and told.after.sorted == 0


def test_outputs_are_told_by_channel_the_most_people_first():
    rows = along([THEATRE, RADIO, RADIO], lambda each: each.channel)
    assert rows == [("radio", 2, {"unknown.adult": 1600}, 0), ("theatre", 1, THEATRE.people, 150)]


@pytest.mark.parametrize("text", ["", "nonsense", "2026-13", f"{'9' * 30}-01", "1850-01"])
def test_a_month_that_is_no_month_is_this_one(text):
    assert month_of(text, DECEMBER) == date(2026, 12, 1)
