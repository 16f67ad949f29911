"""What comes out: close to the register where noise is small, consistent with itself, a function of noise alone."""

import numpy as np
import pytest

from havre.workbench.privacy.noise import Seeded
from havre.workbench.protect.estimate import SHOWN, estimate
from havre.workbench.protect.measure import measure, spent
from havre.workbench.protect.plan import Plan
from havre.workbench.protect.rolling import roll
from havre.workbench.protect.synthesise import whole
from havre.workbench.records import Coded, Column


def _column(name, size, parents=0):
    values = tuple(f"{name}{i}" for i in range(size))
    groups = tuple(f"{name}-{i}" for i in range(parents))
    return Column(name, values, tuple(i % parents if parents else -1 for i in range(size)), groups)


@pytest.fixture(scope="module", params=[4, 11])
def register(request):
    """Invented people of a few kinds, with a column of rare values under two parents."""
    random, width = np.random.default_rng(1), request.param
    kinds = random.integers(0, 3, (6, width))
    codes = kinds[random.choice(6, 6000, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.1])].T
    codes[0, :30] = 5
    columns = (_column("a", 6, 2), *(_column(f"c{i}", 2) for i in range(1, width)))
    return Coded(columns, codes.astype(np.uint16), width)


@pytest.fixture(scope="module")
def made(register):
    return estimate(register, 0.5, Seeded(4), Plan(len(register.columns), register.cap))


def test_published_counts_are_those_of_the_records(made):
    for columns, cells in made.cells.items():
        for key, count in zip(cells.keys.T, cells.counts, strict=True):
            assert np.all(made.records[:, list(columns)] == key, axis=1).sum() == count


def test_large_counts_are_within_a_few_sd(register, made):
    rolled = np.stack([r.of(c) for r, c in zip(made.rolled, register.codes, strict=True)])
    for column in range(len(register.columns)):
        cells = made.cells[(column,)]
        truth = np.bincount(rolled[column], minlength=made.rolled[column].size)[cells.keys[0]]
        assert np.all(np.abs(cells.counts - truth) <= 5 * cells.sd)


def test_the_number_of_records_is_the_noisy_one(made):
    assert len(made.records) == round(made.noisy_n)


def test_no_cell_is_published_below_its_noise_and_its_sd_is_never_below_it(register, made):
    measures = measure(register, 0.5, Seeded(4), Plan(len(register.columns), register.cap))
    for columns, cells in made.cells.items():
        noise = measures.tables[columns].sd[tuple(cells.keys)]
        assert np.all(cells.counts > SHOWN[len(columns) - 1] * noise) and np.all(cells.sd > 0.999 * noise)


def test_the_same_noise_gives_the_same_release(register, made):
    again = estimate(register, 0.5, Seeded(4), Plan(len(register.columns), register.cap))
    assert np.array_equal(again.records, made.records)


def test_a_small_register_is_told_less(register):
    few = Coded(register.columns, register.codes[:, :300], register.cap)
    assert estimate(few, 0.2, Seeded(1), Plan(len(register.columns), register.cap)).order == 1


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_one_person_make_a_release_too(register, people):
    few = Coded(register.columns, register.codes[:, :people], register.cap)
    assert estimate(few, 0.2, Seeded(1), Plan(len(register.columns), register.cap)).noisy_n < 100


def test_a_rare_value_goes_up_to_its_parent_and_a_common_one_stays():
    rolled = roll(_column("a", 4, 2), np.array([500.0, 3.0, 400.0, 300.0]), 10.0)
    assert rolled.names == ("a0", "a2", "a3", "a-1")
    assert rolled.of(np.array([0, 1, 2, 3, 4], dtype=np.uint16)).tolist() == [0, 1, 4, 2, 3]


def test_the_steps_cost_what_was_given():
    plan = Plan(14, 14)
    assert all(spent(0.2, order, plan) == pytest.approx(0.2) for order in (1, 2, 3))


def test_every_draw_has_the_noise_that_its_share_of_rho_pays_for(register):
    plan, asked = Plan(len(register.columns), register.cap), []

    def draw(size, sigma):
        asked.append(sigma)
        return np.zeros(size, dtype=np.int64)

    measures = measure(register, 0.5, draw, plan)
    lengths = [len(each) for length in (1, 2, 3) for each in plan.sets(length)]
    first = 1 + len(register.columns)
    step = {k: asked[first + lengths.index(k)] for k in (1, 2, 3)}
    assert asked[first:] == [step[k] for k in lengths]
    cost = 1 / (2 * asked[0] ** 2) + plan.values_sensitivity() ** 2 / (2 * asked[1] ** 2)
    cost += sum(plan.sensitivity(k) ** 2 / (2 * step[k] ** 2) for k in (1, 2, 3))
    assert measures.order == 3 and cost == pytest.approx(0.5)


def test_whole_numbers_stay_near_and_add_up():
    rows = np.arange(50, dtype=np.uint16)[None, :]
    weights = np.random.default_rng(0).random(50) * 3
    counts = whole(rows, weights, round(weights.sum()), [(0,)])
    assert counts.sum() == round(weights.sum())
    assert np.all(np.abs(counts - weights * counts.sum() / weights.sum()) <= 1.5)
