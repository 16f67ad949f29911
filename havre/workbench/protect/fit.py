"""Weights of records, none negative, that agree best with all noisy cells at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from havre.workbench.protect.measure import Measures, says
from havre.workbench.protect.plan import Plan, Set

Floats = NDArray[np.floating]
Codes = NDArray[np.uint16]
FLOOR = 0.5  # persons: a record's weight is taken as at least this when steps are sized
DOUBT, KNEE = 0.8, 2.0
TRUST = {1: 3.0, 2: 1.5}  # by length, how much more than noise alone would say; light cells pull the totals up
PHASE = 120  # steps between two sizings


@dataclass(frozen=True)
class Touched:
    """What records (R) say of measured cells (C): `by_cell` (C, R) and its transpose, in sd of noise; `noisy` (C)."""

    by_cell: csr_matrix
    by_record: csr_matrix
    noisy: Floats

    def residual(self, weights: Floats) -> Floats:
        """How far these weights are from the noisy cells, in sd."""
        away: Floats = self.by_cell @ weights - self.noisy
        return away


def cells(rows: Codes, recorded: Floats, sets: Sequence[Set], measures: Measures, plan: Plan) -> Touched:
    """The measured cells that these records (columns, R) touch; `recorded` is how many attributes each will have."""
    count = rows.shape[1]
    records, places = [np.arange(count)], [np.zeros(count, dtype=np.int64)]
    parts, noisy = [np.full(count, 1 / measures.total_sd)], [np.array([measures.total / measures.total_sd])]
    share, start = {length: says(recorded, length, plan) for length in {len(each) for each in sets}}, 1
    for each in sets:
        table = measures.tables[each]
        sd = table.sd.ravel() / TRUST.get(len(each), 1.0)
        key = np.ravel_multi_index(tuple(rows[c] for c in each), table.noisy.shape)
        on = np.flatnonzero(table.known.ravel()[key])
        touched = np.zeros(table.noisy.size, dtype=np.bool_)
        touched[key[on]] = True
        records.append(on)
        places.append(start - 1 + np.cumsum(touched)[key[on]])
        parts.append(share[len(each)][on] / sd[key[on]])
        noisy.append(table.noisy.ravel()[touched] / sd[touched])
        start += int(touched.sum())
    entries = np.concatenate(parts, dtype=np.float32), (np.concatenate(places), np.concatenate(records))
    by_cell = csr_matrix(entries, shape=(start, count))
    return Touched(by_cell, by_cell.T.tocsr(), np.concatenate(noisy, dtype=np.float32))


def fit(found: Touched, weights: Floats, steps: int) -> Floats:
    """Non-negative least squares by accelerated steps (Beck, Teboulle 2009) with restarts (O'Donoghue, Candes 2015).

    A step is sized by a separable bound on the curvature at the weights of the moment (De Pierro 1995), so heavy
    records move fast; starting from a smooth guess and stopping keeps the noise out of the light ones.
    """
    done, weights = 0, weights.astype(np.float32)
    while done < steps:
        scale = weights + np.float32(FLOOR)
        size = scale / np.maximum(found.by_record @ (found.by_cell @ scale), 1e-9)
        told = found.by_cell @ weights
        lower = Touched(found.by_cell, found.by_record, found.noisy - np.float32(DOUBT) / (1 + told / np.float32(KNEE)))
        weights = _phase(lower, weights, size, min(PHASE, steps - done))
        done += PHASE
    return weights


def _phase(found: Touched, weights: Floats, size: Floats, steps: int) -> Floats:
    ahead, pace = weights, 1.0
    for _ in range(steps):
        slope = found.by_record @ found.residual(ahead)
        new = np.maximum(ahead - size * slope, 0)
        if ((ahead - new) / size) @ (new - weights) > 0:
            ahead, pace = new, 1.0
        else:
            faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
            ahead, pace = np.maximum(new + np.float32((pace - 1) / faster) * (new - weights), 0), faster
        weights = new
    return weights
