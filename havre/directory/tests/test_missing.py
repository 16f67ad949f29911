"""What is missing in a country is told as numbers; a small one is told as small, whatever it is."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from havre.directory import missing
from havre.directory.missing import Lack
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import NotInAction, at_work


def test_small_numbers_are_small_and_in_no_order():
    counts = {"legal": 10, "health": 11, "accommodation": 1, "work": 40, "family": 0}
    assert missing.told(counts) == [
        Lack("work", 40),
        Lack("health", 11),
        Lack("accommodation", None),
        Lack("legal", None),
    ]


def test_a_year_is_looked_at(personas):
    with acting_as(personas.amina), at_work():
        for _time in range(12):
            missing.count("TN", "legal", localdate())
        missing.count("TN", "work", date(2020, 3, 1))
        missing.count("FR", "health", localdate())
        assert missing.of("TN") == [Lack("legal", 12)]


def test_only_an_action_counts(personas):
    with acting_as(personas.amina), pytest.raises(NotInAction):
        missing.count("TN", "legal", localdate())
    assert missing.of("TN") == []
