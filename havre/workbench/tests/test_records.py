"""A record under the cap is left alone, one over it is cut by itself: nobody else's record has a say."""

from itertools import combinations
from math import comb

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.workbench.records import bounded

CAP, WIDE = 2, 4
files = st.lists(st.lists(st.integers(0, 2), min_size=WIDE, max_size=WIDE), min_size=1, max_size=5).map(
    lambda rows: np.array(rows, dtype=np.uint16).T
)


def recorded(codes, k):
    """How many records each recorded cell of k columns counts."""
    counts = {}
    for columns in combinations(range(len(codes)), k):
        for record in codes[list(columns)].T:
            if record.all():
                counts[columns, *record.tolist()] = counts.get((columns, *record.tolist()), 0) + 1
    return counts


@given(files, st.integers(0, 4))
@settings(max_examples=200)
def test_a_person_more_or_less_changes_at_most_cap_choose_k_cells_by_one(codes, who):
    with_all = bounded(codes, CAP)[0]
    without = bounded(np.delete(codes, who % codes.shape[1], axis=1), CAP)[0]
    for k in (1, 2, 3):
        one, other = recorded(with_all, k), recorded(without, k)
        changed = [one.get(cell, 0) - other.get(cell, 0) for cell in one.keys() | other.keys()]
        assert set(changed) <= {0, 1} and sum(changed) <= comb(CAP, k)


def test_that_many_are_reached():
    full = np.ones((WIDE, 1), dtype=np.uint16)
    assert [sum(recorded(bounded(full, 3)[0], k).values()) for k in (1, 2, 3)] == [3, 3, 1]


@given(files)
def test_what_is_kept_was_there_and_nothing_below_the_cap_is_lost(codes):
    kept, shortened = bounded(codes, CAP)
    many = (codes != 0).sum(axis=0)
    assert ((kept == codes) | (kept == 0)).all()
    assert ((kept != 0).sum(axis=0) == np.minimum(many, CAP)).all()
    assert shortened == (many > CAP).sum()


def test_the_choice_spreads_over_the_columns():
    codes = np.random.default_rng(1).integers(1, 20, (8, 4000)).astype(np.uint16)
    share = (bounded(codes, 4)[0] != 0).mean(axis=1)
    assert np.abs(share - 0.5).max() < 0.05
