"""A release that copies its members is found out; one made of strangers is not."""

from dataclasses import replace

import numpy as np
import pytest

from havre.workbench import codebook, reading, risk
from havre.workbench.records import Coded, Column
from havre.workbench.tests.shared import SHARED, needs_shared

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
    release = np.array([[1, 1, 1], [1, 2, 2]], dtype=np.uint16)
    codes = np.array([[1, 1, 1, 2], [2, 1, 3, 1]], dtype=np.uint16)
    away, hits = risk.nearest(codes, release, [1])
    assert hits[1].tolist() == [1, 0, 0, 0] and away.tolist() == [0, 0, 1, 1]
    assert risk.nearest(codes, release[:, :2], [1])[1][1].tolist() == [0.5, 0.5, 0, 0.5]


def test_where_hardly_anybody_is_rare_or_nobody_is_outside_nothing_is_attacked():
    alike = Coded(COLUMNS, np.ones((WIDE, 50), dtype=np.uint16), WIDE)
    for control, release in ((alike, alike), (None, people(3))):
        found = risk.assess(people(1) if control is None else alike, control, release)
        assert found.targets == 0 and found.figures == {} and set(found.k_map) == {2, 5, 11}


def test_an_empty_release_gives_nothing_away():
    found = risk.assess(people(1), people(2), people(3, 0), secrets=["x5"], targets=50)
    assert found.targets == 50 and {figure.value for figure in found.figures.values()} == {0.0, 0.5}


@needs_shared
def test_the_figures_are_those_of_the_benchmark():
    """Of ../shared/bench/dp/risk.py with 300 targets, the release being the first 10,000 members as they are."""
    book = codebook.read(SHARED / "bench" / "dp" / "codebook_a14.csv")
    files = (SHARED / "data" / "ctdc" / f"{name}.csv.gz" for name in ("bench_a14_50k", "bench_a14_50k_control"))
    members, control = (reading.read(file, book).coded for file in files)
    told = risk.assess(members, control, replace(members, codes=members.codes[:, :10_000]), targets=300)
    assert told.unique == pytest.approx(0.17666) and told.beside["copied"].controls == 0
    assert told.beside["copied"].members == pytest.approx(0.1976298361798536) and told.figures["copied"].alarm
    found = {name: told.figures[name].value for name in ("copies", "distance", "cells")}
    wanted = {"copies": 0.5950777777777778, "distance": 0.5915833333333333, "cells": 0.5118055555555555}
    assert found == pytest.approx(wanted)
