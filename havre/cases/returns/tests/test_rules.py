"""The order of legs, escorts, papers and lateness, as moments: across zones, midnight and nights of changing clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from havre.cases.returns import rules
from havre.cases.returns.rules import Paper, Part, Will

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


# Hours at which leg 1 departs and arrives, leg 2 departs and arrives, and the legs at fault.
ORDER = [
    ((0, 2, 3, 5), []),
    ((0, 2, 2, 5), [1]),
    ((0, 3, 2, 5), [1]),
    ((0, 0, 3, 5), [1]),
    ((2, 0, 3, 5), [1]),
    ((0, 2, 5, 3), [2]),
    ((0, 2, 5, 5), [2]),
    ((0, 6, 5, 3), [1, 2]),
    ((0, 30, 31, 32), []),
]


@pytest.mark.parametrize(("hours", "faults"), ORDER)
def test_a_leg_arrives_before_the_next_departs(hours, faults):
    first, second, third, fourth = map(at, hours)
    assert rules.broken([Part(first, second), Part(third, fourth)]) == faults


# Local times with their zones, in pairs: departure and arrival of each leg.
CLOCKS = [
    ([("2026-03-28T23:30", "Europe/Paris", "2026-03-29T04:30", "Africa/Lagos")], []),  # over midnight
    ([("2026-06-01T10:00", "Asia/Manila", "2026-06-01T09:00", "Europe/Paris")], []),  # west, earlier by the clocks
    ([("2026-06-01T10:00", "Africa/Lagos", "2026-06-01T10:30", "Asia/Kolkata")], [1]),  # later by the clocks only
    ([("2026-06-02T01:00", "Asia/Tokyo", "2026-06-01T20:00", "America/New_York")], []),  # over the date line
    (
        [
            ("2026-03-29T00:30", "Europe/Paris", "2026-03-29T03:10", "Europe/Rome"),  # the hour from two is missing
            ("2026-03-29T03:20", "Europe/Rome", "2026-03-29T04:00", "Africa/Tunis"),
        ],
        [],
    ),
    (
        [
            ("2026-10-25T01:30", "Europe/Paris", "2026-10-25T02:30", "Europe/Paris"),  # the hour from two comes twice
            ("2026-10-25T02:10", "Africa/Lagos", "2026-10-25T08:00", "Africa/Lagos"),
        ],
        [],
    ),
]


@pytest.mark.parametrize(("legs", "faults"), CLOCKS)
def test_times_are_compared_as_moments(legs, faults):
    parts = []
    for left, there, came, here in legs:
        departs = rules.moment(datetime.fromisoformat(left), there)
        parts.append(Part(departs, rules.moment(datetime.fromisoformat(came), here, departs)))
    assert rules.broken(parts) == faults


def test_of_an_hour_that_comes_twice_the_one_after_the_departure_is_meant():
    twice = datetime(2026, 10, 25, 2, 30)
    first = rules.moment(twice, "Europe/Paris")
    assert rules.moment(twice, "Europe/Paris", first) - first == timedelta(hours=1)
    assert rules.moment(twice, "Europe/Paris", first - timedelta(minutes=1)) == first


def test_an_hour_the_clocks_jump_over_is_no_time():
    with pytest.raises(rules.NoSuchTime):
        rules.moment(datetime(2026, 3, 29, 2, 30), "Europe/Paris")
    assert rules.moment(datetime(2026, 3, 29, 2, 30), "Africa/Lagos")


ESCORTS = [(["social", "social"], []), (["social", "none"], [2]), (["none", "family"], [1]), (["", ""], [1, 2])]


@pytest.mark.parametrize(("escorts", "alone"), ESCORTS)
def test_each_leg_without_an_escort_is_named(escorts, alone):
    hours = pairwise(range(len(escorts) + 1))
    parts = [Part(at(a), at(b), escort) for (a, b), escort in zip(hours, escorts, strict=True)]
    assert rules.alone(parts) == alone


DAY = date(2026, 3, 29)
PAPERS = [
    (Paper("passport", "held", DAY), True),
    (Paper("passport", "held", DAY - timedelta(days=1)), False),
    (Paper("passport", "held", None), False),
    (Paper("passport", "asked", DAY), False),
    (Paper("passport", "lost", DAY), False),
    (Paper("laissez_passer", "held", DAY), True),
    (Paper("visa", "held", DAY), False),
    (Paper("gone", "held", DAY), False),
]


@pytest.mark.parametrize(("paper", "holds"), PAPERS)
def test_a_paper_in_hand_holds_through_the_day_of_arrival(paper, holds):
    assert rules.has_papers([paper], DAY) is holds


WILLS = [
    (Will(declared=True), True),
    (Will(), False),
    (Will(guardian=True, assent=True), False),
    (Will(is_child=True, guardian=True, assent=True), True),
    (Will(is_child=True, guardian=True, assent=False), False),
    (Will(is_child=True, guardian=True), False),
    (Will(is_child=True, assent=True, declared=True), False),
]


@pytest.mark.parametrize(("will", "willed"), WILLS)
def test_an_adult_declares_and_for_a_child_guardian_and_child_both_say_yes(will, willed):
    assert rules.is_willed(will) is willed


LATE = [(-1, "waits", 0), (0, "waits", 0), (0.5, "late", 0), (24, "late", 24), (24.1, "silent", 24), (50, "silent", 50)]


@pytest.mark.parametrize(("hours", "standing", "said"), LATE)
def test_a_day_after_the_plan_nobody_knows_where_the_person_is(hours, standing, said):
    assert (rules.lateness(NOON, at(hours)), rules.hours_late(NOON, at(hours))) == (standing, said)


def test_without_a_plan_nothing_is_late():
    assert (rules.lateness(None, NOON), rules.hours_late(None, NOON)) == ("waits", 0)
