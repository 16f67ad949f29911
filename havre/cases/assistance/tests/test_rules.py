"""A need is met by a service under way or done, or by the worker's word; every need has services meant for it."""

from datetime import date

import pytest

from havre.cases.assistance import rules
from havre.kernel.vocabularies import load


@pytest.mark.parametrize("status", ["active", "done"])
def test_a_service_under_way_or_done_meets_a_need(status):
    assert rules.standing(None, ["proposed", status]) == "helped"


@pytest.mark.parametrize("statuses", [[], ["proposed"], ["accepted"], ["cancelled", "refused"], ["gone from the list"]])
def test_a_need_without_one_is_not_met(statuses):
    assert rules.standing(None, statuses) == "unmet"


def test_a_need_that_is_over_asks_for_nothing():
    assert rules.standing(date(2026, 3, 1), []) == "over"


def test_services_are_meant_for_needs_of_the_list():
    named = {need for row in load("services").rows for need in row["meets"].split(";") if need}
    assert named <= set(load("needs")) and set(load("needs")) - named == {"other"}


def test_every_service_stands_once_among_the_phases():
    offered = [code for _name, group in rules.by_phase("fr") for code, _label in group]
    assert sorted(offered) == sorted(load("services"))
