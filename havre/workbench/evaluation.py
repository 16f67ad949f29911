"""What a survey of knowledge, attitude and practice shows: shares, means, changes, and how sure each is (SPEC 13.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

LEVEL = 0.95
EXACT_BELOW = 25  # discordant pairs (SPEC 13.1, provisional)
HIGHEST = 5  # of a scale that begins at 1
Numbers = Sequence[float]


@dataclass(frozen=True)
class Estimate:
    """A value and its interval; without an interval where too few were asked to have one."""

    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Test:
    """A difference, its interval, and how often chance alone makes one as large."""

    value: float
    low: float
    high: float
    statistic: float
    df: float
    p: float
    error: float  # the standard error of the difference


@dataclass(frozen=True)
class Turned:
    """A yes or no that the same people gave twice: how many gained it, how many lost it."""

    gained: int
    lost: int
    n: int
    statistic: float | None  # none when the exact test was used
    p: float


def knowledge(answers: Sequence[bool | None], right: Sequence[bool]) -> float | None:
    """The share answered rightly; not to know, and not to say, is not right. None for whoever answered nothing."""
    if len(answers) != len(right):
        raise ValueError("one answer for each item")
    if not right:
        return None
    return sum(given is key for given, key in zip(answers, right, strict=True)) / len(right)


def coded(value: float, reverse: bool) -> float:
    """A degree of agreement; of an item that says the contrary, turned round."""
    if not 1 <= value <= HIGHEST:
        raise ValueError("a degree of agreement goes from 1 to 5")
    return HIGHEST + 1 - value if reverse else value


def attitude(answers: Sequence[float | None], reverse: Sequence[bool]) -> float | None:
    """The mean degree of agreement over what was answered, 1 to 5."""
    given = [coded(each, turn) for each, turn in zip(answers, reverse, strict=True) if each is not None]
    return sum(given) / len(given) if given else None


def practice(answers: Sequence[bool | None], reverse: Sequence[bool]) -> float | None:
    """The share of what was answered that is as the campaign wishes."""
    given = [each is not turn for each, turn in zip(answers, reverse, strict=True) if each is not None]
    return sum(given) / len(given) if given else None


def wilson(successes: int, n: int, level: float = LEVEL) -> Estimate:
    """A share and its interval after Wilson, which stays between 0 and 1."""
    if not 0 <= successes <= n or n == 0:
        raise ValueError("as many as were asked, at most, and somebody asked")
    z = float(stats.norm.ppf((1 + level) / 2))
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), n)


def mean(values: Numbers, level: float = LEVEL) -> Estimate:
    """A mean and its interval by Student's t."""
    n = len(values)
    if n == 0:
        raise ValueError("nobody was asked")
    middle = float(np.mean(values))
    if n < 2:
        return Estimate(middle, None, None, n)
    half = float(stats.t.ppf((1 + level) / 2, n - 1)) * float(np.std(values, ddof=1)) / math.sqrt(n)
    return Estimate(middle, middle - half, middle + half, n)


def paired(before: Numbers, after: Numbers) -> Test:
    """The mean change of the same people (paired t)."""
    if len(before) != len(after) or len(before) < 2:
        raise ValueError("two pairs at least")
    change = np.asarray(after, float) - np.asarray(before, float)
    return _tested(float(change.mean()), float(change.std(ddof=1)) / math.sqrt(len(change)), len(change) - 1)


def welch(before: Numbers, after: Numbers) -> Test:
    """The difference between two groups of different people, whose spread may differ (Welch)."""
    return _contrast([(before, -1), (after, 1)])


def differences(exposed: tuple[Numbers, Numbers], comparison: tuple[Numbers, Numbers]) -> Test:
    """How much more the exposed changed than the others did: each pair is before and after (SPEC 13.1).

    The standard error is the root of the sum of variance / n of the four cells; degrees of freedom by Satterthwaite,
    so that few answers give a wide interval.
    """
    return _contrast([(exposed[0], -1), (exposed[1], 1), (comparison[0], 1), (comparison[1], -1)])


def _contrast(cells: Sequence[tuple[Numbers, int]]) -> Test:
    if any(len(values) < 2 for values, _sign in cells):
        raise ValueError("two answers at least in each cell")
    value = sum(sign * float(np.mean(values)) for values, sign in cells)
    parts = [float(np.var(values, ddof=1)) / len(values) for values, _sign in cells]
    spread = sum(part**2 / (len(values) - 1) for part, (values, _sign) in zip(parts, cells, strict=True))
    df = sum(parts) ** 2 / spread if spread else float(sum(len(values) - 1 for values, _sign in cells))
    return _tested(value, math.sqrt(sum(parts)), df)


def _tested(value: float, error: float, df: float, level: float = LEVEL) -> Test:
    if error == 0:  # everybody changed by the same: there is no spread to measure against
        sure = math.copysign(math.inf, value) if value else 0.0
        return Test(value, value, value, sure, df, float(value == 0), 0.0)
    statistic = value / error
    half = float(stats.t.ppf((1 + level) / 2, df)) * error
    return Test(value, value - half, value + half, statistic, df, float(2 * stats.t.sf(abs(statistic), df)), error)


def mcnemar(before: Sequence[bool], after: Sequence[bool]) -> Turned:
    """Whether more turned one way than the other: exact below 25 that turned, else chi square with correction."""
    if len(before) != len(after):
        raise ValueError("pairs")
    gained = sum(late and not early for early, late in zip(before, after, strict=True))
    lost = sum(early and not late for early, late in zip(before, after, strict=True))
    turned = gained + lost
    if turned < EXACT_BELOW:
        p = float(stats.binomtest(gained, turned, 0.5).pvalue) if turned else 1.0
        return Turned(gained, lost, len(before), None, p)
    statistic = (abs(gained - lost) - 1) ** 2 / turned if gained != lost else 0.0
    return Turned(gained, lost, len(before), statistic, float(stats.chi2.sf(statistic, 1)))


def alpha(rows: Sequence[Numbers]) -> float | None:
    """Whether items ask for one thing: Cronbach's alpha of whole rows coded the same way, where it has one."""
    table = np.asarray(rows, float)
    if table.ndim != 2 or table.shape[0] < 3 or table.shape[1] < 2:
        return None
    total = float(table.sum(axis=1).var(ddof=1))
    if total == 0:
        return None
    items = table.shape[1]
    return items / (items - 1) * (1 - float(table.var(axis=0, ddof=1).sum()) / total)


def lost(before: int, after: int) -> float | None:
    """The share of those asked first who were not asked again; None when nobody was asked first."""
    return (before - after) / before if before else None
