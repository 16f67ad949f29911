"""Which records there may be: grown column by column, each kept only while the noisy cells bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.progress import FITTING, Passed, quiet
from havre.workbench.protect.clearing import ROUNDS
from havre.workbench.protect.fit import Codes, Floats, cells, fit
from havre.workbench.protect.measure import Measured, Measures
from havre.workbench.protect.plan import Plan, Set

LIGHTEST = 0.05  # sd of the longest tables: partial records below it, and below 1/10 of a person, are dropped
LEAST = 0.0  # sd: a cell of recorded values must be above it
MOST = 100_000  # candidates a column
STEPS, LAST = 120, 600


def grow(measures: Measures, plan: Plan, passed: Passed = quiet) -> tuple[Codes, Floats]:
    """Records (columns, R) and their weights (R); large columns come first, while partial records are few."""
    sizes = measures.sizes
    order = sorted(range(len(sizes)), key=lambda column: (-sizes[column], column))
    rows, weights = np.zeros((len(sizes), 1), dtype=np.uint16), np.array([max(measures.total, 1.0)])
    rates = _rates(measures)
    sd = max(float(table.sd.max()) for each, table in measures.tables.items() if len(each) == measures.order)
    lightest = max(0.1, LIGHTEST * sd)
    for place, column in enumerate(order):
        passed(FITTING, place, len(order) + len(ROUNDS))
        done = order[: place + 1]
        parent, code, weights = _candidates(rows, weights, column, order[:place], measures)
        rows = rows[:, parent]
        rows[column] = code
        sets = [each for each in measures.tables if set(each) <= set(done)]
        recorded = (rows != 0).sum(axis=0) + sum(rates[c] for c in order[place + 1 :])
        last = len(done) == len(order)
        weights = fit(cells(rows, recorded, sets, measures, plan), weights, LAST if last else STEPS)
        keep = weights > (0 if last else lightest)
        rows, weights = rows[:, keep], weights[keep]
    return rows, weights


def _rates(measures: Measures) -> list[float]:
    """The share of records in which each column is recorded."""
    return [
        min(1.0, max(0.0, float(measures.tables[(column,)].noisy[1:].sum() / max(measures.total, 1))))
        for column in range(len(measures.sizes))
    ]


def _candidates(
    rows: Codes, weights: Floats, column: int, done: Sequence[int], measures: Measures
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Each record with each value of one more column that no noisy cell speaks against: record, code, first weight."""
    size, count = measures.sizes[column], rows.shape[1]
    good = np.ones((count, size), dtype=np.bool_)
    least = np.full((count, size), np.inf)
    for others in _others(done, measures.order):
        table = measures.tables[tuple(sorted((*others, column)))]
        noisy, fits = _last(table, others, column)
        at = tuple(rows[c] for c in others)
        good &= fits[at] if others else fits
        on = np.flatnonzero(np.all([rows[c] != 0 for c in others], axis=0)) if others else np.arange(count)
        least[on] = np.minimum(least[on], noisy[tuple(rows[c][on] for c in others)] if others else noisy)
    for (one, other), never in measures.zeros.items():
        if column in (one, other) and (one in done or other in done):
            good &= ~(never[rows[one]] if column == other else never.T[rows[other]])
    good[:, 0] = True
    first = _first_weights(least, good, weights)
    parent, code = np.nonzero(good)
    found = first[parent, code]
    if len(found) > MOST:
        heavy = np.sort(np.argpartition(-found, MOST)[:MOST])
        parent, code, found = parent[heavy], code[heavy], found[heavy]
    return parent, code, found


def _others(done: Sequence[int], order: int) -> list[Set]:
    return [tuple(sorted(each)) for length in range(order) for each in combinations(done, length)]


def _last(table: Measured, others: Set, column: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The noisy cells with the new column last, and which of them a record may fall in.

    A cell of recorded values must be above 0; one with "not recorded" in it, seldom small, above -1 sd.
    """
    axis = sorted((*others, column)).index(column)
    lowest, inner = -table.sd, tuple(slice(1, None) for _ in table.noisy.shape)
    lowest[inner] = LEAST * table.sd[inner]
    fits = (table.noisy > lowest) | ~table.known
    return np.moveaxis(table.noisy, axis, -1), np.moveaxis(fits, axis, -1)


def _first_weights(least: Floats, good: NDArray[np.bool_], weights: Floats) -> Floats:
    """A record's weight shared over its continuations: the smallest cell of each, the rest not recorded."""
    first = np.minimum(np.maximum(least, 0.3), weights[:, None]) * good
    told = first[:, 1:].sum(axis=1)
    first[:, 1:] *= np.minimum(1, 0.9 * weights / np.maximum(told, 1e-9))[:, None]
    first[:, 0] = np.maximum(weights - first[:, 1:].sum(axis=1), 0.1 * weights)
    return first
