"""Weights become whole records."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from havre.workbench.protect.fit import Codes, Floats
from havre.workbench.protect.plan import Set

SHORTEST = (
    0.1  # an answer more makes a record so much less the one to give way when the weights add up to another total
)
MOST_CUT = 0.8  # of a record's weight
EACH = {1: 3.0, 2: 1.0}  # by length, how much a person too many or too few in a cell weighs
LONGER = 0.3
SWEEPS = 2


def whole(rows: Codes, weights: Floats, total: int, sets: Iterable[Set]) -> NDArray[np.int64]:
    """Whole numbers that add up to the total and leave the cells of these sets as near as may be to the weights'.

    Heavy records first, each takes the whole number that best makes up for what those before it did to its cells; then
    each is asked again. Records (columns, R), weights (R).
    """
    if not weights.sum() > 0 or total <= 0:
        return np.zeros(len(weights), dtype=np.int64)
    wanted, touched = _adding_up_to(total, rows, weights.astype(float)), _cells(rows, sets)
    start, place, part = touched.indptr, touched.indices, touched.data
    length = np.bincount(np.repeat(np.arange(len(wanted)), np.diff(start)), weights=part**2)
    counts, off = np.zeros(len(wanted)), np.zeros(touched.shape[1])
    order = np.argsort(-wanted, kind="stable")
    for turn in range(1 + SWEEPS):
        for record in order:
            own = slice(start[record], start[record + 1])
            cells, parts = place[own], part[own]
            ideal = (counts[record] if turn else wanted[record]) - parts @ off[cells] / length[record]
            new = max(0.0, np.floor(ideal + 0.5))
            off[cells] += parts * (new - (counts[record] if turn else wanted[record]))
            counts[record] = new
    return _exactly(total, counts, wanted)


def _adding_up_to(total: int, rows: Codes, weights: Floats) -> Floats:
    """The weights with the total: records of few answers give way first, for there the fewest cells are changed."""
    pull = SHORTEST ** (rows != 0).sum(axis=0) * weights
    least = (1 - MOST_CUT) * weights
    for _again in range(50):
        over = weights.sum() - total
        weights = np.maximum(weights - over * pull / pull.sum(), least)
    return weights * (total / weights.sum())


def _cells(rows: Codes, sets: Iterable[Set]) -> csr_matrix:
    """Which recorded cells (columns) a record (rows) is in, with their weight, and one cell that all are in."""
    many = rows.shape[1]
    records, places, parts, start = [np.arange(many)], [np.zeros(many, dtype=np.int64)], [np.full(many, EACH[1])], 1
    for each in sets:
        on = np.flatnonzero(np.all(rows[list(each)] != 0, axis=0))
        if not on.size:
            continue
        key = np.ravel_multi_index(tuple(rows[c][on] for c in each), [int(rows[c].max()) + 1 for c in each])
        cells, place = np.unique(key, return_inverse=True)
        records.append(on)
        places.append(start + place)
        parts.append(np.full(on.size, EACH.get(len(each), LONGER)))
        start += cells.size
    at = np.concatenate(records), np.concatenate(places)
    return csr_matrix((np.concatenate(parts), at), shape=(many, start))


def _exactly(total: int, counts: Floats, wanted: Floats) -> NDArray[np.int64]:
    """The counts with the last persons added or taken where the weight says so most."""
    found = counts.astype(np.int64)
    while (over := int(found.sum()) - total) != 0:
        far = np.where(found > 0, found - wanted, -np.inf) if over > 0 else wanted - found
        chosen = np.argsort(-far, kind="stable")[: abs(over)]
        found[chosen[found[chosen] > 0] if over > 0 else chosen] -= 1 if over > 0 else -1
    return found
