"""The noise has the distribution it says, and the test that asks turns red for half of it."""

import math

import numpy as np
import pytest
from scipy.stats import chi2

from havre.workbench.privacy.noise import Exact, Seeded, source

FAR = 1e-6  # a right sampler is turned down once in a million runs


def p_value(draws, sigma):
    """Chi-square of draws against the discrete Gaussian, cells with fewer than 10 expected put together."""
    reach = math.ceil(9 * sigma) + 2
    values = np.arange(-reach, reach + 1)
    mass = np.exp(-(values.astype(float) ** 2) / (2 * sigma**2))
    wanted = len(draws) * mass / mass.sum()
    found = np.bincount(np.clip(draws, -reach, reach) + reach, minlength=len(values))
    usual = wanted >= 10
    wanted, found = (np.append(each[usual], each[~usual].sum() + tail) for each, tail in ((wanted, 0), (found, 0)))
    return chi2.sf(((found - wanted) ** 2 / np.maximum(wanted, 1e-9)).sum(), len(wanted) - 1)


@pytest.mark.parametrize("sigma", [0.4, 1.0, 9.5])
@pytest.mark.parametrize("draw", [Exact(), Seeded(5)], ids=["exact", "seeded"])
def test_it_is_the_discrete_gaussian(draw, sigma):
    assert p_value(draw(40_000, sigma), sigma) > FAR


@pytest.mark.parametrize("sigma", [1.0, 9.5])
def test_half_the_noise_is_noticed(sigma):
    assert p_value(Exact()(40_000, sigma / 2), sigma) < FAR
    assert p_value(np.rint(np.random.default_rng(1).laplace(0, sigma / 2**0.5, 40_000)).astype(int), sigma) < FAR


def test_draws_are_independent_of_place():
    drawn = Exact()(20_000, 3.0)
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 5 / 20_000**0.5


def test_a_seed_comes_again_and_marks_itself():
    assert (Seeded(7)(50, 4.0) == Seeded(7)(50, 4.0)).all()
    assert not source(7).is_release and source(None).is_release
    assert not (Exact()(50, 40.0) == Exact()(50, 40.0)).all()


@pytest.mark.parametrize("sigma", [0, -1, math.nan, math.inf, 1e9])
@pytest.mark.parametrize("draw", [Exact(), Seeded(1)])
def test_noise_that_is_none_is_a_mistake(draw, sigma):
    with pytest.raises(ValueError, match="standard deviation"):
        draw(5, sigma)


def test_no_draws_are_none():
    assert Exact()(0, 1.0).shape == (0,) and Exact()(3, 1.0).dtype == np.int64
