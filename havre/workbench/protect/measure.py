"""The only place that counts records: each count leaves with its noise, and everything after reads noisy values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from havre.workbench import zeros
from havre.workbench.counting import Dense
from havre.workbench.counting.fast import dense
from havre.workbench.privacy.noise import Draw
from havre.workbench.protect.plan import TOTAL, VALUES, Plan, Set, sigma
from havre.workbench.protect.rolling import Rolled, roll
from havre.workbench.records import Coded
from havre.workbench.zeros import Impossible

Floats = NDArray[np.float64]
Codes = NDArray[np.uint16]


@dataclass(frozen=True)
class Measured:
    """Noisy persons of a set of columns, an axis for each; `sd` of their noise; `known`: which cells were measured."""

    noisy: Floats
    sd: Floats
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Measures:
    """All that left the register: the noisy number of records, how values were rolled up, the tables up to `order`."""

    total: float
    total_sd: float
    order: int
    rolled: tuple[Rolled, ...]
    tables: Mapping[Set, Measured]
    zeros: Impossible  # of pairs of rolled-up codes

    @property
    def sizes(self) -> list[int]:
        """How many codes each column has after the roll-up."""
        return [each.size for each in self.rolled]


def measure(coded: Coded, rho: float, draw: Draw, plan: Plan, count: Dense = dense) -> Measures:
    """Three steps that cost rho together: the number of records, each value by itself, and the tables.

    An answer that breaks a structural zero is not counted, and what cannot be is not measured.
    """
    pairs = zeros.impossible(coded.columns, coded.zeros)
    coded = replace(coded, codes=zeros.without(coded.codes, pairs)[0])
    spread = sigma(1.0, rho * TOTAL)
    total = float(coded.codes.shape[1] + draw(1, spread)[0])
    order = plan.affordable(total, rho)
    looks = _first_look(coded, rho, draw, plan, count)
    rolled = tuple(roll(column, look.noisy[1:], look.sd[1]) for column, look in zip(coded.columns, looks, strict=True))
    codes = np.stack([each.of(codes) for each, codes in zip(rolled, coded.codes, strict=True)])
    sizes = [each.size for each in rolled]
    pairs = zeros.rolled(pairs, [each.new for each in rolled], sizes)
    tables: dict[Set, Measured] = {}
    for length in range(1, order + 1):
        tables |= _tables(
            weighted(codes, sizes, length, plan, count), length, rho * plan.share(order, length), draw, plan, pairs
        )
    for column, look in enumerate(looks):
        tables[(column,)] = _pooled(tables[(column,)], look, rolled[column])
    return Measures(total, spread, order, rolled, tables, pairs)


def _first_look(coded: Coded, rho: float, draw: Draw, plan: Plan, count: Dense) -> list[Measured]:
    """Noisy one-way counts of recorded values, before any roll-up."""
    spread = sigma(plan.values_sensitivity(), rho * VALUES) / plan.unit
    looks = []
    tables = weighted(coded.codes, coded.sizes, 1, plan, count)
    for counts in (tables[each] for each in plan.sets(1)):
        noisy = np.zeros(len(counts))
        noisy[1:] = (counts[1:] + draw(len(counts) - 1, spread * plan.unit)) / plan.unit
        looks.append(Measured(noisy, np.full(len(counts), spread), all_recorded(counts.shape)))
    return looks


def _pooled(table: Measured, look: Measured, rolled: Rolled) -> Measured:
    """One-way counts of the values kept, from both measurements of them by inverse variance."""
    kept = np.flatnonzero((rolled.new > 0) & (rolled.new <= rolled.leaves))
    new = rolled.new[kept]
    first, second = look.sd[kept] ** -2, table.sd[new] ** -2
    noisy, sd = table.noisy.copy(), table.sd.copy()
    noisy[new] = (first * look.noisy[kept] + second * table.noisy[new]) / (first + second)
    sd[new] = (first + second) ** -0.5
    return Measured(noisy, sd, table.known)


def weighted(
    codes: Codes, sizes: Sequence[int], length: int, plan: Plan, count: Dense = dense
) -> dict[Set, NDArray[np.int64]]:
    """The tables of this length in parts of a person, before noise; one record changes them by plan.sensitivity."""
    sets = plan.sets(length)
    if plan.full:
        return count(codes, sizes, sets)
    recorded = (codes != 0).sum(axis=0)
    tables = {each: np.zeros([sizes[c] for c in each], dtype=np.int64) for each in sets}
    by_say: dict[int, list[int]] = {}
    for number in np.unique(recorded[recorded >= length]):
        by_say.setdefault(plan.say(length, int(number)), []).append(int(number))
    for say, numbers in by_say.items():
        for each, counts in count(codes[:, np.isin(recorded, numbers)], sizes, sets).items():
            tables[each] += say * counts
    for each in sets:
        tables[each][~all_recorded(tables[each].shape)] = 0
    return tables


def all_recorded(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where in a table no code is 0."""
    found = np.zeros(shape, dtype=np.bool_)
    found[tuple(slice(1, None) for _ in shape)] = True
    return found


def within(each: Set, shape: tuple[int, ...], pairs: Impossible) -> NDArray[np.bool_]:
    """Which cells of a table hold a pair that cannot be."""
    found = np.zeros(shape, dtype=np.bool_)
    for (first, second), table in pairs.items():
        if first in each and second in each:
            ends = each.index(first), each.index(second)
            found |= table.reshape([shape[axis] if axis in ends else 1 for axis in range(len(each))])
    return found


def _tables(
    counted: Mapping[Set, NDArray[np.int64]], length: int, rho: float, draw: Draw, plan: Plan, pairs: Impossible
) -> dict[Set, Measured]:
    """The tables of one length with their noise, in persons."""
    spread = sigma(plan.sensitivity(length), rho)
    found = {}
    for each, counts in sorted(counted.items()):
        known = np.ones(counts.shape, dtype=np.bool_) if plan.full else all_recorded(counts.shape)
        known &= ~within(each, counts.shape, pairs)
        noisy = np.zeros(counts.shape)
        noisy[known] = (counts[known] + draw(int(known.sum()), spread)) / plan.unit
        found[each] = Measured(noisy, np.broadcast_to(np.float64(spread / plan.unit), counts.shape), known)
    return found


def says(recorded: NDArray[np.integer] | NDArray[np.floating], length: int, plan: Plan) -> Floats:
    """The share of a person that records with so many recorded attributes add to their cells, also between numbers."""
    numbers = np.arange(plan.columns + 1)
    parts = np.array([plan.say(length, int(number)) / plan.unit for number in numbers])
    return np.interp(recorded, numbers, parts) if length else np.ones(len(recorded))


def spent(rho: float, order: int, plan: Plan) -> float:
    """What the three steps cost together, added up again from the shares: rho."""
    return math.fsum([rho * TOTAL, rho * VALUES, *(rho * plan.share(order, k) for k in range(1, order + 1))])
