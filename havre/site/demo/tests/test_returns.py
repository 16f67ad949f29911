"""Whoever travels in the demonstration could do so in earnest: nothing that must hold before is missing."""

from __future__ import annotations

import pytest

from havre.cases.children import standing as children
from havre.cases.people.models import Case
from havre.cases.returns import hard, rules, standing
from havre.cases.returns.models import ReturnJourney
from havre.platform.accounts.claims import acting_as
from havre.site.demo import seed


@pytest.fixture
def register(personas):
    """A small register."""
    seed.seed(160)
    return personas


def gone(user):
    """The files of that user's agency that have left, each with its journey."""
    return [(each, standing.journey(each)) for each in Case.objects.filter(state__in=("S9", "S10"))]


def test_nothing_is_missing_for_who_has_left(register):
    seen = 0
    for user in (register.chloe, register.boris):
        with acting_as(user):
            for case, journey in gone(user):
                ready = hard.Ready(case, journey)
                missing = [each.title for each in hard.before_departure(case) if each.state != "yes"]
                assert (missing, children.missing_for_return(case), rules.broken(ready.parts)) == ([], [], [])
                seen += 1
    assert seen


def test_each_journey_follows_the_way_of_its_file(register):
    for user in (register.chloe, register.boris):
        with acting_as(user):
            rows = ReturnJourney.objects.select_related("case")
            assert all((each.case.state in ("S8", "S9")) == (each.arrived_at is None) for each in rows)
            met = [each for each in rows if each.handover_on]
            assert met and all(each.arrived_at.date() <= each.handover_on for each in met)
