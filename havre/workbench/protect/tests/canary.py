"""An audit of what leaves the register: a lower bound on epsilon from many runs with and without one person.

One canary joins a handful of people; the register is measured thousands of times with her and without, and each
time the best guess at which of the two it was is scored. If she can be told apart more often than (epsilon, delta)
allows, beyond what chance explains (Clopper, Pearson 1934), the promise is broken. Faults are planted to show that the
audit can fail.

`python -m bench.canary` is the long form, which goes on where it was interrupted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import beta

from havre.workbench.privacy.accountant import rho_of
from havre.workbench.privacy.noise import Seeded
from havre.workbench.protect import measure as measuring
from havre.workbench.protect import plan as plans
from havre.workbench.protect.measure import Measures, measure, weighted
from havre.workbench.protect.plan import Plan
from havre.workbench.records import Coded, Column, Zero, bounded

EPSILON, DELTA = 2.0, 0.01
COLUMNS, CAP = 4, 3
THRESHOLDS = (1.5, 2.0, 2.5)  # in standard deviations of the score without the canary
DOUBT = 0.01  # chance that a bound is wrong, all thresholds together
CALIBRATION = 400  # further runs, which only set the scale of the score


class Quick:
    """Discrete Gaussian noise, drawn in large lots; `shrunk` is how much too small it is."""

    is_release = False
    LOT = 50_000

    def __init__(self, seed: int, shrunk: float = 1.0) -> None:
        self.seeds, self.shrunk = np.random.SeedSequence(seed), shrunk
        self.lots: dict[float, tuple[Any, int]] = {}

    def __call__(self, size: int, sigma: float) -> Any:
        """Draws of sigma / shrunk."""
        lot, used = self.lots.get(sigma, (None, self.LOT))
        if used + size > self.LOT:
            seed = int(self.seeds.spawn(1)[0].generate_state(1)[0])
            lot, used = Seeded(seed)(self.LOT, sigma / self.shrunk), 0
        self.lots[sigma] = lot, used + size
        return lot[used : used + size]


class Silent:
    """No noise: what a measurement would be on average."""

    is_release = False

    def __call__(self, size: int, sigma: float) -> Any:
        """Zeros."""
        return np.zeros(size, dtype=np.int64)


class OneMore(Plan):
    """Planted: a person of one attribute more than the cap still speaks in full; the noise is that of the cap."""

    def say(self, length: int, recorded: int) -> int:
        """What a plan for a cap of one more gives."""
        return Plan(self.columns, self.cap + 1, self.order, self.fixed).say(length, recorded)


PLAN = Plan(COLUMNS, CAP, fixed=True)


@dataclass(frozen=True)
class Way:
    """How the register is measured: the code as it is, or with a fault."""

    plan: Plan = PLAN
    kept: int = CAP
    shrunk: float = 1.0
    uncharged: int = 0  # the length of tables that nobody charged
    zeros: tuple[Zero, ...] = ()

    def rho(self) -> float:
        """What is spent when rho is what was charged."""
        charged = 1 - (self.plan.share(self.plan.order, self.uncharged) if self.uncharged else 0)
        return rho_of(EPSILON, DELTA) / charged


WAYS = {
    "as it is": Way(),
    "a zero that she breaks": Way(zeros=(Zero("c1", "b", "c2", "b", "invented"),)),
    "noise halved": Way(shrunk=2.0),
    "cap off by one": Way(plan=OneMore(COLUMNS, CAP, fixed=True), kept=CAP + 1),
    "triples not charged": Way(uncharged=3),
    "single values not charged": Way(plan=Plan(COLUMNS, CAP, 1, fixed=True), uncharged=1),
}

GREEN = ("as it is", "a zero that she breaks")  # the others are planted faults


def register(canary: bool, kept: int, zeros: tuple[Zero, ...] = ()) -> Coded:
    """Twenty people who all answer alike and, perhaps, one who answers everything otherwise."""
    codes = np.ones((COLUMNS, 20 + canary), dtype=np.uint16)
    codes[0] = 0
    if canary:
        codes[:, -1] = 2
    columns = tuple(Column(f"c{number}", ("a", "b"), (-1, -1), ()) for number in range(COLUMNS))
    return Coded(columns, bounded(codes, kept)[0], CAP, zeros)


def vector(measures: Measures) -> tuple[Any, Any]:
    """All that left the register, and the sd that it says it has."""
    tables = [measures.tables[each] for each in sorted(measures.tables)]
    noisy = np.concatenate([[measures.total], *(table.noisy[table.known] for table in tables)])
    return noisy, np.concatenate([[measures.total_sd], *(table.sd[table.known] for table in tables)])


@dataclass(frozen=True)
class Found:
    """Runs a side, and how many of them scored above each of THRESHOLDS, without the canary and with her."""

    runs: int
    without: tuple[int, ...]
    with_her: tuple[int, ...]

    def __add__(self, other: Found) -> Found:
        without, with_her = (
            tuple(a + b for a, b in zip(mine, theirs, strict=True))
            for mine, theirs in ((self.without, other.without), (self.with_her, other.with_her))
        )
        return Found(self.runs + other.runs, without, with_her)

    def least_epsilon(self) -> float:
        """The largest epsilon that the runs disprove at DELTA, but for a chance of DOUBT."""
        doubt, best = DOUBT / (2 * len(THRESHOLDS)), -math.inf
        for false, true in zip(self.without, self.with_her, strict=True):
            most = float(beta.ppf(1 - doubt, false + 1, self.runs - false)) if false < self.runs else 1.0
            least = float(beta.ppf(doubt, true, self.runs - true + 1)) if true else 0.0
            if least > DELTA:
                best = max(best, math.log((least - DELTA) / most))
        return best


def tried(way: Way, runs: int, seed: int) -> Found:
    """So many runs without the canary and with her, scored by the likelihood ratio.

    The scale of the score, and so the thresholds, come from runs of their own that are the same for every seed.
    """
    people, rho = [register(canary, way.kept, way.zeros) for canary in (False, True)], way.rho()
    (without, sd), (with_her, _sd) = (vector(measure(each, rho, Silent(), way.plan)) for each in people)
    weight = (with_her - without) / sd**2

    def scored(which: int, many: int, draw: Quick) -> Any:
        each = people[which]
        return np.array([weight @ (vector(measure(each, rho, draw, way.plan))[0] - without) for _ in range(many)])

    scale, draw = scored(0, CALIBRATION, Quick(0, way.shrunk)).std(), Quick(seed, way.shrunk)
    sides = (scored(which, runs, draw) / scale for which in (0, 1))
    return Found(runs, *(tuple(int((side > limit).sum()) for limit in THRESHOLDS) for side in sides))


def remembered(count: Callable[..., Any]) -> Callable[..., Any]:
    """The same counts without counting again: they come before the noise and are the same in every run."""
    memory: dict[Any, Any] = {}

    def counted(codes: Any, sizes: Any, length: int, plan: Plan, *more: Any) -> Any:
        key = codes.tobytes(), length
        if key not in memory:
            memory[key] = count(codes, sizes, length, plan, *more)
        return memory[key]

    return counted


def round_of(name: str, runs: int, seed: int = 1) -> Found:
    """Runs of a way to measure; wide registers are what the cap matters to."""
    usual, plans.NARROW, measuring.weighted = plans.NARROW, 0, remembered(weighted)
    try:
        return tried(WAYS[name], runs, seed)
    finally:
        plans.NARROW, measuring.weighted = usual, weighted


def audit(name: str, runs: int, seed: int = 1) -> float:
    """The lower bound on epsilon of a way to measure."""
    return round_of(name, runs, seed).least_epsilon()
