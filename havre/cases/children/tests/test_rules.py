"""Days and members are counted as the rules say."""

from datetime import date

import pytest

from havre.cases.children.rules import guardian_due, is_alone, members


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 11, 25), date(2026, 11, 26)),
        (date(2026, 11, 27), date(2026, 11, 30)),  # a Friday
        (date(2026, 11, 28), date(2026, 11, 30)),
    ],
)
def test_a_guardian_is_due_one_working_day_later(opened, due):
    assert guardian_due(opened) == due


def test_an_adult_is_never_alone_by_this_rule():
    assert not is_alone(False, "no") and is_alone(True, "unknown")


def test_a_member_named_twice_counts_once():
    assert members(" Noor B. \n\nL.  Ferrand\nNoor B.") == ["Noor B.", "L. Ferrand"]
