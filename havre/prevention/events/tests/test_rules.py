"""How late an action is, and whether an agreement holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from havre.prevention.events import rules

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        (TODAY - timedelta(days=9), "not_started", 9),
        (TODAY - timedelta(days=9), "delayed", 9),
        (TODAY - timedelta(days=9), "done", 0),
        (TODAY - timedelta(days=9), "dropped", 0),
        (TODAY, "on_track", 0),
        (TODAY + timedelta(days=1), "not_started", 0),
    ],
)
def test_an_action_is_late_from_the_day_after_it_was_due_until_it_ends(due, status, late):
    assert rules.days_late(due, status, TODAY) == late


@pytest.mark.parametrize(
    ("state", "until", "holds"),
    [
        ("draft", None, "draft"),
        ("ended", TODAY + timedelta(days=400), "ended"),
        ("signed", None, "holds"),
        ("signed", TODAY + timedelta(days=91), "holds"),
        ("signed", TODAY + timedelta(days=90), "soon"),
        ("signed", TODAY, "soon"),
        ("signed", TODAY - timedelta(days=1), "expired"),
    ],
)
def test_an_agreement_holds_to_the_end_of_its_last_day_and_says_before_that_it_ends(state, until, holds):
    assert rules.holds(state, until, TODAY) == holds
