"""Each statistic of a survey against SciPy, or against an example that was published."""

import math

import numpy as np
import pytest
from scipy import stats

from havre.workbench import evaluation

RNG = np.random.default_rng(8)
PRE, POST = RNG.normal(0.5, 0.2, 40), RNG.normal(0.62, 0.15, 40)
OTHER_PRE, OTHER_POST = RNG.normal(0.48, 0.2, 25), RNG.normal(0.5, 0.3, 31)


def test_knowledge_counts_what_is_right_and_nothing_else():
    key = [True, False, True, True]
    assert evaluation.knowledge([True, False, False, None], key) == 0.5  # wrong, and not to know, weigh the same
    assert evaluation.knowledge([], []) is None
    with pytest.raises(ValueError):
        evaluation.knowledge([True], key)


def test_an_item_that_says_the_contrary_is_turned_round():
    assert evaluation.attitude([5, 1, None], [False, True, False]) == 5
    assert evaluation.attitude([None], [True]) is None
    assert evaluation.practice([True, True, None], [False, True, False]) == 0.5
    with pytest.raises(ValueError):
        evaluation.coded(6, False)


@pytest.mark.parametrize(("successes", "n"), [(0, 12), (7, 12), (12, 12), (263, 400)])
def test_wilson_as_scipy(successes, n):
    ours = evaluation.wilson(successes, n)
    theirs = stats.binomtest(successes, n).proportion_ci(0.95, "wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_wilson_as_newcombe_published_it():
    ours = evaluation.wilson(81, 263)  # Newcombe 1998, Statistics in Medicine 17, table I, method 3
    assert (round(ours.low, 4), round(ours.high, 4)) == (0.2553, 0.3662)


def test_the_mean_and_its_interval_as_scipy():
    ours = evaluation.mean(PRE)
    theirs = stats.t.interval(0.95, 39, PRE.mean(), stats.sem(PRE))
    assert (ours.value, ours.low, ours.high) == pytest.approx((PRE.mean(), *theirs))
    assert evaluation.mean([0.5]).low is None


def test_paired_t_as_scipy():
    ours, theirs = evaluation.paired(PRE, POST), stats.ttest_rel(POST, PRE)
    interval = theirs.confidence_interval(0.95)
    assert (ours.statistic, ours.p, ours.df) == pytest.approx((theirs.statistic, theirs.pvalue, theirs.df))
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))


def test_paired_t_as_student_published_it():
    dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    ours = evaluation.paired(dextro, laevo)  # Student 1908, Biometrika 6: hours of sleep gained
    assert (round(ours.value, 2), round(ours.statistic, 4), round(ours.p, 6)) == (1.58, 4.0621, 0.002833)


def test_welch_as_scipy():
    ours, theirs = evaluation.welch(OTHER_PRE, POST), stats.ttest_ind(POST, OTHER_PRE, equal_var=False)
    interval = theirs.confidence_interval(0.95)
    assert (ours.statistic, ours.p, ours.df) == pytest.approx((theirs.statistic, theirs.pvalue, theirs.df))
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))


def test_difference_in_differences_as_a_regression_with_spread_of_each_cell():
    cells = [(PRE, 1, 0), (POST, 1, 1), (OTHER_PRE, 0, 0), (OTHER_POST, 0, 1)]
    x = np.array([[1, g, t, g * t] for values, g, t in cells for _each in values], float)
    y = np.concatenate([values for values, _g, _t in cells])
    inverse = np.linalg.inv(x.T @ x)
    slope = inverse @ x.T @ y
    weights = (y - x @ slope) ** 2 / (1 - np.einsum("ij,jk,ik->i", x, inverse, x))  # HC2
    robust = inverse @ (x.T * weights) @ x @ inverse
    ours = evaluation.differences((PRE, POST), (OTHER_PRE, OTHER_POST))
    assert (ours.value, ours.error) == pytest.approx((slope[3], math.sqrt(robust[3, 3])))


def test_difference_in_differences_without_comparison_that_moves_is_welch():
    still = [0.0, 1.0] * 400_000  # so many that they add no doubt
    ours, alone = evaluation.differences((PRE, POST), (still, still)), evaluation.welch(PRE, POST)
    assert (ours.value, ours.error) == pytest.approx((alone.value, alone.error), rel=1e-3)


def test_mcnemar_exact_as_the_binomial():
    before = [True] * 4 + [False] * 15 + [True] * 30
    after = [False] * 4 + [True] * 15 + [True] * 30
    ours = evaluation.mcnemar(before, after)
    assert (ours.gained, ours.lost, ours.statistic) == (15, 4, None)
    assert ours.p == pytest.approx(stats.binomtest(4, 19).pvalue)
    assert evaluation.mcnemar([True], [True]).p == 1


def test_mcnemar_as_agresti_published_it():
    before = [True] * 944 + [False] * 656  # Agresti 1990, p. 350: approval of a prime minister, asked twice
    after = [True] * 794 + [False] * 150 + [True] * 86 + [False] * 570
    ours = evaluation.mcnemar(before, after)
    without = (math.sqrt(ours.statistic * 236) + 1) ** 2 / 236  # he does not correct for continuity; R does, as here
    assert (round(without, 2), round(ours.statistic, 2), f"{ours.p:.2e}") == (17.36, 16.82, "4.11e-05")


def test_exact_ends_at_twenty_five_that_turned():
    turned = [False] * 24 + [True]
    assert evaluation.mcnemar(turned[1:], [not each for each in turned[1:]]).statistic is None
    assert evaluation.mcnemar(turned, [not each for each in turned]).statistic == pytest.approx(22**2 / 25)


def test_alpha_of_two_items_is_what_spearman_and_brown_say():
    one = stats.zscore(PRE)
    two = stats.zscore(PRE + POST)
    r = float(np.corrcoef(one, two)[0, 1])
    assert evaluation.alpha(np.column_stack([one, two])) == pytest.approx(2 * r / (1 + r))
    assert evaluation.alpha([[1, 1]]) is None
    assert evaluation.alpha([[3, 3], [3, 3], [3, 3]]) is None


def test_nobody_differs_and_nobody_is_lost():
    assert evaluation.paired([1, 2], [1, 2]).p == 1
    assert evaluation.paired([1, 2], [2, 3]).p == 0
    assert (evaluation.lost(40, 30), evaluation.lost(0, 0)) == (0.25, None)
    with pytest.raises(ValueError):
        evaluation.welch([1], [1, 2])
