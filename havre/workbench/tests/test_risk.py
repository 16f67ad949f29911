"""A release that copies its members is found out; one made of strangers is not."""

import numpy as np
import pytest

from havre.workbench import risk
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal

WIDE, DEEP = 6, 5
COLUMNS = tuple(Column(f"x{each}", tuple("abcd"), (-1,) * 4, ()) for each in range(WIDE))


def people(seed, many=400):
    """Strangers: independent answers, so that nearly everybody is rare."""
    codes = np.random.default_rng(seed).integers(0, DEEP, (WIDE, many)).astype(np.uint16)
    return Coded(COLUMNS, codes, WIDE)


@pytest.fixture(scope="module")
def leak():
    return risk.assess(people(1), people(2), people(1), secrets=["x5"], quasi=["x0", "x1"], targets=200)


@pytest.fixture(scope="module")
def calm():
    return risk.assess(people(1), people(2), people(3), secrets=["x5"], targets=200)


def test_a_release_of_the_members_themselves_is_an_alarm_in_every_attack(leak):
    assert {name for name, figure in leak.figures.items() if figure.alarm} == set(leak.figures)
    assert leak.figures["copies"].value > 0.95 and leak.true_positives["copies"] > 0.9


def test_a_release_of_strangers_is_no_alarm(calm):
    assert [name for name, figure in calm.figures.items() if figure.alarm] == []
    assert calm.figures["distance"].value == pytest.approx(0.5, abs=0.1)
    assert calm.true_positives["distance"] < 0.06


def test_uniqueness_and_k_map_are_counted(leak):
    assert leak.unique > 0.9 and leak.unique_quasi < 0.02
    release, population = (np.array([row], dtype=np.uint16) for row in ([1, 1, 2, 3], [1, 2, 2, 2, 4]))
    assert risk.k_map(release, population, 2) == 0.5
    assert risk.k_map(release, population, 11) == 0.75


def test_auc_counts_ties_as_half_and_knows_its_error():
    inside, outside = np.array([1.0, 2, 2, 3]), np.array([0.0, 2, 2, 1])
    by_hand = np.mean([(a > b) + (a == b) / 2 for a in inside for b in outside])
    assert risk.auc(inside, outside).value == pytest.approx(by_hand)
    random = np.random.default_rng(0)
    draws = [risk.auc(random.normal(size=60), random.normal(size=60)) for _ in range(300)]
    assert np.std([each.value for each in draws]) == pytest.approx(np.mean([each.error for each in draws]), rel=0.15)


def test_scores_without_spread_find_one_in_a_hundred():
    assert risk.true_positives(np.zeros(50), np.zeros(50)) == pytest.approx(0.01)


def test_a_guess_among_equals_is_worth_its_share():
    release = np.array([[1, 1], [1, 2]], dtype=np.uint16)
    assert risk.guessed(np.array([[1, 1], [1, 3]], dtype=np.uint16), release, 1).tolist() == [0.5, 0]


def test_too_few_rare_records_are_one_line():
    alike = Coded(COLUMNS, np.ones((WIDE, 50), dtype=np.uint16), WIDE)
    with pytest.raises(Refusal, match="too little to attack"):
        risk.assess(alike, alike, alike)
