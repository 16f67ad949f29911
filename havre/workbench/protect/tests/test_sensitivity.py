"""A record more or less changes each measured vector by the stated sensitivity at most, and somewhere by just that."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.workbench.protect.measure import weighted
from havre.workbench.protect.plan import NARROW, REACH, Plan

SIZES = (3, 2, 3, 2)


def _vector(codes, sizes, length, plan):
    tables = weighted(np.asarray(codes, dtype=np.uint16), sizes, length, plan)
    return np.concatenate([tables[each].ravel() for each in plan.sets(length)])


def _change(codes, record, sizes, length, plan):
    """The L2 length of what one more record changes."""
    codes = np.asarray(codes, dtype=np.uint16).reshape(len(sizes), -1)
    more = np.column_stack([codes, np.asarray(record, dtype=np.uint16)])
    return float(np.linalg.norm(_vector(more, sizes, length, plan) - _vector(codes, sizes, length, plan)))


@pytest.fixture(params=["narrow", "wide"])
def plan(request, monkeypatch):
    if request.param == "wide":
        monkeypatch.setattr("havre.workbench.protect.plan.NARROW", 2)
        monkeypatch.setattr("havre.workbench.protect.plan.REACH", (3, 2, 3))
    return Plan(len(SIZES), len(SIZES))


@pytest.mark.parametrize("length", [1, 2, 3])
def test_the_largest_change_over_every_possible_record_is_the_stated_one(plan, length):
    some = np.array([[1, 0, 2], [1, 1, 0], [0, 2, 2], [1, 1, 0]])
    changes = [_change(some, record, SIZES, length, plan) for record in product(*(range(s) for s in SIZES))]
    assert max(changes) == pytest.approx(plan.sensitivity(length), rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_it_holds_whoever_else_is_in_the_file(data):
    columns = NARROW + 2
    sizes, plan = (3,) * columns, Plan(columns, columns)
    people = data.draw(st.lists(st.tuples(*[st.integers(0, 2)] * columns), max_size=4))
    record = data.draw(st.tuples(*[st.integers(0, 2)] * columns))
    length = data.draw(st.integers(1, 3))
    codes = np.array(people).T if people else np.zeros((columns, 0))
    assert _change(codes, record, sizes, length, plan) <= plan.sensitivity(length) * (1 + 1e-12)


@pytest.mark.parametrize("recorded", range(15))
@pytest.mark.parametrize("length", [1, 2, 3])
def test_nobody_has_more_say_than_a_person_at_the_reach(recorded, length):
    plan = Plan(14, 14)
    say = math.sqrt(math.comb(recorded, length)) * plan.say(length, recorded)
    assert say <= math.sqrt(math.comb(REACH[length - 1], length)) * plan.unit


def test_a_cap_below_the_reach_lowers_the_noise():
    assert Plan(14, 4).sensitivity(3) < Plan(14, 14).sensitivity(3)


def test_the_first_look_is_a_vector_of_recorded_values_of_every_column(plan):
    some = np.zeros((len(SIZES), 1), dtype=np.uint16)
    every = _change(some, [1] * len(SIZES), SIZES, 1, plan)
    assert every <= plan.values_sensitivity() * (1 + 1e-12)
