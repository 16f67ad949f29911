"""The audit of the stated epsilon, in its small form: green as it is, red on planted faults.

The long form is `python -m havre.workbench.protect.tests.canary`.
"""

import pytest

from havre.workbench.protect.tests.canary import EPSILON, audit


def test_nobody_is_told_apart_more_often_than_promised():
    assert 0.5 < audit("as it is", 2_500) < EPSILON


@pytest.mark.parametrize(
    ("fault", "runs"), [("noise halved", 2_500), ("cap off by one", 4_000), ("single values not charged", 500)]
)
def test_a_planted_fault_is_found(fault, runs):
    assert audit(fault, runs) > EPSILON
