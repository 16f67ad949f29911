"""From noise to a promise: rho (zCDP) and steps of discrete Gaussian noise become (epsilon, delta), rounded upwards.

Two conversions stand side by side, both upper bounds. `epsilon_of` holds for anything that satisfies rho-zCDP
(Canonne, Kamath, Steinke 2020, "The Discrete Gaussian for Differential Privacy", Proposition 7 and Corollary 13).
`delta_of_steps` holds for counts only, where a person changes each of a known number of cells by one (or by a known
whole number where counts are in parts): the privacy loss of such a step is a linear function of discrete Gaussian
noise, and its distribution is summed exactly, which buys 10 to 17 % more rho (5 to 8 % less noise) for the same
promise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from havre.workbench.refusal import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_EPSILON, MOST_DELTA = 100.0, 0.01
SMALLEST_SIGMA = 2.0  # below it, sums of discrete Gaussians are not close enough to one (see `_loss`)
TAIL = 13.0  # standard deviations of a step that are summed; what lies beyond counts as lost in full
_UP, _DOWN = 1 + 1e-9, 1 - 1e-9


@dataclass(frozen=True)
class Step:
    """Counts with discrete Gaussian noise of `sigma`, of which one person changes at most `cells`, each by `change`."""

    sigma: float
    cells: int
    change: int = 1

    @property
    def rho(self) -> float:
        """Its cost in zCDP: the squared change over twice the variance."""
        return self.cells * self.change**2 / (2 * self.sigma**2)


def check(epsilon: float, delta: float) -> None:
    """Refuses a promise that is none."""
    if not 0 < epsilon <= MOST_EPSILON:
        raise Refusal(f"epsilon is {epsilon:g}; give a number above 0 and at most {MOST_EPSILON:g} (common: 1 to 4)")
    if not 0 < delta <= MOST_DELTA:
        raise Refusal(f"delta is {delta:g}; give a number above 0 and at most {MOST_DELTA:g} (common: 1e-6)")


def delta_of(rho: float, epsilon: float) -> float:
    """The smallest delta that rho-zCDP proves at this epsilon."""
    if rho <= 0:
        return 0.0
    low, high = 1e-12, 1.0
    while _slope(high, rho, epsilon) < 0:
        high *= 2
    for _ in range(60):  # any alpha gives a bound that holds; the root gives the best
        middle = (low + high) / 2
        low, high = (middle, high) if _slope(middle, rho, epsilon) < 0 else (low, middle)
    beyond = high  # alpha - 1
    exponent = beyond * ((1 + beyond) * rho - epsilon) - beyond * math.log1p(1 / beyond) - math.log1p(beyond)
    return min(1.0, math.exp(min(0.0, exponent)) * _UP)


def _slope(beyond: float, rho: float, epsilon: float) -> float:
    """The derivative of the exponent by alpha, at alpha = 1 + beyond; it grows with alpha."""
    return (1 + 2 * beyond) * rho - epsilon - math.log1p(1 / beyond)


def epsilon_of(rho: float, delta: float) -> float:
    """The smallest epsilon that rho-zCDP proves at this delta, rounded upwards."""
    if rho <= 0:
        return 0.0
    return _edge(lambda epsilon: delta_of(rho, epsilon) > delta, rho + 2 * math.sqrt(-rho * math.log(delta)))[1] * _UP


def rho_of(epsilon: float, delta: float) -> float:
    """The largest rho that proves (epsilon, delta) as zCDP, rounded downwards."""
    check(epsilon, delta)
    return _edge(lambda rho: delta_of(rho, epsilon) <= delta, epsilon)[0] * _DOWN


def _edge(holds: Callable[[float], bool], high: float) -> tuple[float, float]:
    """The last number above 0 at which something holds and the first at which it no longer does, closely."""
    low = 0.0
    while holds(high):
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
        if high - low <= 1e-10 * high:
            break
    return low, high


def delta_of_steps(steps: Sequence[Step], epsilon: float) -> float:
    """The delta that these steps together have at this epsilon, rounded upwards.

    Each step may be chosen after the results of those before were seen, its sigma and cells may not: (P, Q) of a step
    is then a dominating pair, and pairs compose (Zhu, Dong, Wang 2022, Theorem 10). Without a step, and where noise is
    very small, the answer is that of zCDP.
    """
    import numpy as np
    from scipy.signal import fftconvolve

    rho = sum(step.rho for step in steps)
    if not steps or min(step.sigma for step in steps) < SMALLEST_SIGMA:
        return delta_of(rho, epsilon)
    width = min(1e-4 * epsilon, min(math.sqrt(2 * step.rho) for step in steps) / 200)
    lost, start, mass = 0.0, 0, np.ones(1)
    for step in steps:
        first, part = _loss(step, width)
        lost += max(0.0, 1 - float(part.sum()))
        start, mass = start + first, np.clip(fftconvolve(mass, part), 0, None)
    losses = (start + np.arange(mass.size)) * width
    over = losses > epsilon
    found = lost + float(mass[over] @ -np.expm1(epsilon - losses[over]))
    return min((found + 1e-14) * _UP, delta_of(rho, epsilon))


def _loss(step: Step, width: float) -> tuple[int, NDArray[np.float64]]:
    """The distribution of a step's privacy loss, on a grid of `width` and rounded up to it: first point, masses.

    With z the sum of the noise of the cells, the loss is (2 change z + cells change^2) / (2 sigma^2), for a person who
    comes as for one who goes, since the noise is symmetric. That sum differs from one discrete Gaussian of variance
    cells * sigma^2 by a factor of at most exp(10 cells exp(-pi^2 sigma^2)) (Kairouz, Liu, Steinke 2021, Theorem 8):
    below 1e-12 for any sigma that comes here.
    """
    import numpy as np

    variance = step.cells * step.sigma**2
    reach = math.ceil(TAIL * math.sqrt(variance))
    noise = np.arange(-reach, reach + 1)
    mass = np.exp(-(noise.astype(float) ** 2) / (2 * variance))
    mass /= mass.sum()
    loss = (2 * step.change * noise + step.cells * step.change**2) / (2 * step.sigma**2)
    place = np.ceil(loss / width).astype(np.int64)
    return int(place[0]), np.bincount(place - place[0], weights=mass).astype(np.float64)


def rho_of_steps(epsilon: float, delta: float, parts: Sequence[tuple[float, int]]) -> float:
    """The largest rho, rounded downwards, such that steps with these (share of rho, cells) prove (epsilon, delta)."""
    return rho_of_kinds(epsilon, delta, lambda rho: [steps_of(rho, parts)])


def rho_of_kinds(epsilon: float, delta: float, kinds: Callable[[float], Sequence[Sequence[Step]]]) -> float:
    """The largest rho, rounded downwards, at which the steps of every kind of person prove (epsilon, delta).

    Where people change different numbers of cells by different amounts (short records and long ones), `kinds(rho)` has
    the steps as they are for each kind; none may cost more than rho. Whoever comes or goes is of one kind, so the worst
    kind decides.
    """
    check(epsilon, delta)
    low = rho_of(epsilon, delta)
    costs = [sum(step.rho for step in steps) for steps in kinds(low)]
    if max(costs) > low * (1 + 1e-9):
        raise ValueError("a kind of person costs more than rho")
    worst = costs.index(max(costs))
    high = 2 * low
    while delta_of_steps(kinds(high)[worst], epsilon) <= delta:
        low, high = high, 2 * high
    while high - low > 1e-5 * low:
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of_steps(kinds(middle)[worst], epsilon) <= delta else (low, middle)
    while delta_of_kinds(kinds(low), epsilon) > delta:  # by the last digits, another kind may be the worst
        low = max(rho_of(epsilon, delta), low * (1 - 1e-4))
    return low * _DOWN


def delta_of_kinds(kinds: Sequence[Sequence[Step]], epsilon: float) -> float:
    """The delta at this epsilon for whichever kind of person it is largest."""
    return max(delta_of_steps(steps, epsilon) for steps in kinds)


def steps_of(rho: float, parts: Sequence[tuple[float, int]]) -> list[Step]:
    """The steps that share rho out so: the variance of each is its cells over twice its share of rho."""
    if not math.isclose(sum(share for share, _cells in parts), 1, rel_tol=1e-9):
        raise ValueError("the shares of the steps must add up to one")
    return [Step(math.sqrt(cells / (2 * rho * share)), cells) for share, cells in parts]


def epsilon_of_kinds(kinds: Sequence[Sequence[Step]], delta: float) -> float:
    """The epsilon, rounded upwards, that these steps prove at this delta for every kind of person."""
    rho = max((sum(step.rho for step in steps) for steps in kinds), default=0.0)
    low, high = 0.0, epsilon_of(rho, delta)
    while high - low > 1e-5 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of_kinds(kinds, middle) > delta else (low, middle)
    return high * _UP
