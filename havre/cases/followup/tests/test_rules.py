"""Follow-up contacts come when they were promised, and nobody is lost after a careless try."""

from datetime import date

import pytest

from havre.cases.followup.rules import Attempt, Planned, is_lost, plan, standing
from havre.kernel.dates import months_after

ARRIVED = date(2025, 1, 31)


def tries(*some: tuple[int, str, str]) -> list[Attempt]:
    return [Attempt(date(2025, 3, day), means, result) for day, means, result in some]


def third() -> Planned:
    return next(contact for contact in plan(ARRIVED) if contact.code == "M3")


def test_the_plan_follows_the_schedule_from_the_day_of_arrival() -> None:
    assert [(contact.code, contact.on.isoformat()) for contact in plan(ARRIVED)] == [
        ("M0", "2025-01-31"),
        ("M1", "2025-02-28"),
        ("M3", "2025-04-30"),
        ("M6", "2025-07-31"),
        ("M12", "2026-01-31"),
        ("M24", "2027-01-31"),
    ]


def test_a_window_opens_before_and_closes_after_but_never_before_arrival() -> None:
    first, call = plan(ARRIVED)[:2]
    assert (first.opens, first.closes) == (ARRIVED, date(2025, 3, 2))
    assert (call.opens, call.closes) == (date(2025, 2, 13), date(2025, 3, 15))


def test_only_the_long_term_contact_is_optional() -> None:
    assert [contact.code for contact in plan(ARRIVED) if contact.optional] == ["M24"]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2025-03-30", "later"), ("2025-03-31", "open"), ("2025-05-30", "open"), ("2025-05-31", "overdue")],
)
def test_a_contact_is_overdue_once_its_window_has_closed(today: str, expected: str) -> None:
    assert standing(third(), None, date.fromisoformat(today)) == expected


def test_a_contact_that_was_made_is_done_whenever_it_is_looked_at() -> None:
    assert standing(third(), date(2025, 6, 1), date(2030, 1, 1)) == "done"


def test_an_optional_contact_is_never_overdue() -> None:
    assert standing(plan(ARRIVED)[-1], None, date(2030, 1, 1)) == "open"


def test_three_failed_tries_on_different_days_and_by_different_means_lose_contact() -> None:
    assert is_lost(tries((1, "call", "no_answer"), (2, "sms", "no_answer"), (3, "visit", "not_there")))


@pytest.mark.parametrize(
    "some",
    [
        [],
        [(1, "call", "no_answer"), (2, "sms", "no_answer")],
        [(1, "call", "no_answer"), (1, "sms", "no_answer"), (1, "visit", "not_there")],
        [(1, "call", "no_answer"), (2, "call", "no_answer"), (3, "call", "no_answer")],
        [(1, "call", "no_answer"), (2, "sms", "no_answer"), (2, "visit", "not_there")],
        [(1, "call", "no_answer"), (2, "sms", "no_answer"), (3, "visit", "reached")],
    ],
)
def test_fewer_tries_do_not(some: list[tuple[int, str, str]]) -> None:
    assert not is_lost(tries(*some))


def test_a_day_with_two_tries_counts_for_the_means_that_helps() -> None:
    some = [(1, "call", "no_answer"), (1, "sms", "no_answer"), (2, "call", "no_answer"), (3, "visit", "not_there")]
    assert is_lost(tries(*some))


def test_counting_begins_anew_once_the_person_was_reached() -> None:
    before = tries((1, "call", "no_answer"), (2, "sms", "no_answer"), (3, "visit", "not_there"))
    assert not is_lost([*before, *tries((4, "call", "reached"), (5, "call", "no_answer"))])


def test_many_tries_are_judged_at_once() -> None:
    daily = [Attempt(date.fromordinal(739000 + n), "call" if n % 2 else "sms", "no_answer") for n in range(2000)]
    assert not is_lost(daily)
