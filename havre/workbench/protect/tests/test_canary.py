"""The audit of the stated epsilon, in its small form: green as it is, red on planted faults.

The long form is `python -m bench.canary`.
"""

import pytest

from havre.workbench.protect.tests.canary import EPSILON, Found, audit, round_of


def test_nobody_is_told_apart_more_often_than_promised():
    assert 0.5 < audit("as it is", 2_500) < EPSILON


def test_who_breaks_a_structural_zero_is_no_easier_to_tell_apart():
    assert audit("a zero that she breaks", 1_500) < EPSILON


@pytest.mark.parametrize(
    ("fault", "runs"), [("noise halved", 2_500), ("cap off by one", 6_000), ("single values not charged", 1_500)]
)
def test_a_planted_fault_is_found(fault, runs):
    assert audit(fault, runs) > EPSILON


def test_rounds_add_up_and_begin_with_one_scale():
    first, second = (round_of("as it is", 60, seed) for seed in (1, 2))
    both = first + second
    assert both.runs == 120 and both.without[0] == first.without[0] + second.without[0]
    assert round_of("as it is", 60, 1) == first != second


def test_a_bound_needs_runs():
    """95 in 100 against none: many runs tell more than few, and none tell nothing."""
    few, many = (Found(runs, (0,), (95 * runs // 100,)).least_epsilon() for runs in (100, 10_000))
    assert 2 < few < many < 8 and Found(0, (0,), (0,)).least_epsilon() < 0
