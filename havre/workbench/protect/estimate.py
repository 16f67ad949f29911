"""The estimate of a register: everything that is published of it is read from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from havre.workbench.counting import Dense
from havre.workbench.counting.fast import dense
from havre.workbench.privacy.noise import Draw
from havre.workbench.progress import Passed, quiet
from havre.workbench.protect.clearing import clear
from havre.workbench.protect.doubt import beyond_noise
from havre.workbench.protect.fit import Codes, Floats
from havre.workbench.protect.measure import Measures, measure, says
from havre.workbench.protect.plan import Plan, Set
from havre.workbench.protect.rolling import Rolled
from havre.workbench.protect.support import grow
from havre.workbench.protect.synthesise import whole
from havre.workbench.records import Coded

SHOWN = 0.8, 1.5, 1.8  # sd, by length: an estimated count below it says "not published"


@dataclass(frozen=True)
class Cells:
    """The published cells of a set of columns: `keys` (length, C) of recorded codes, whole counts, sd of each."""

    keys: Codes
    counts: NDArray[np.int64]
    sd: Floats


@dataclass(frozen=True)
class Estimate:
    """Tables and records of one register that never contradict each other, in rolled-up codes."""

    order: int
    cells: Mapping[Set, Cells]
    records: Codes
    rolled: tuple[Rolled, ...]
    noisy_n: float


def estimate(
    coded: Coded, rho: float, draw: Draw, plan: Plan, count: Dense = dense, passed: Passed = quiet
) -> Estimate:
    """Measures once for rho; all the rest reads noisy values only."""
    return from_measures(measure(coded, rho, draw, plan, count), plan, passed)


def from_measures(measures: Measures, plan: Plan, passed: Passed = quiet) -> Estimate:
    """The records that fit the noisy cells best, and the tables counted from them."""
    rows, weights = clear(*grow(measures, plan, passed), measures, plan, passed)
    counts = whole(rows, weights, round(max(measures.total, 0)), measures.tables)
    rows, counts = rows[:, counts > 0], counts[counts > 0]
    tables = _widened(
        {each: _cells(rows, counts, each, measures, plan) for each in measures.tables}, rows, counts, measures, plan
    )
    records = np.repeat(rows, counts, axis=1).T
    return Estimate(measures.order, tables, records, measures.rolled, measures.total)


def _cells(rows: Codes, counts: NDArray[np.int64], each: Set, measures: Measures, plan: Plan) -> Cells:
    """Recorded cells whose count stands out of the noise that the measured cell had.

    The sd is that of the cell's own measurement, divided by the share of a person that its records added on average.
    """
    shape, table = [measures.sizes[c] for c in each], measures.tables[each]
    on = np.all(rows[list(each)] != 0, axis=0)
    key = np.ravel_multi_index(tuple(rows[c][on] for c in each), shape)
    share = says((rows[:, on] != 0).sum(axis=0), len(each), plan)
    size = table.noisy.size
    count = np.bincount(key, weights=counts[on], minlength=size)
    said = np.bincount(key, weights=counts[on] * share, minlength=size)
    sd = np.divide(table.sd.ravel() * count, said, out=np.full(size, np.inf), where=said > 0)
    shown = np.flatnonzero(count > SHOWN[min(len(each), len(SHOWN)) - 1] * sd)
    keys = np.array(np.unravel_index(shown, shape), dtype=np.uint16)
    return Cells(keys, count[shown].astype(np.int64), sd[shown])


def _widened(
    tables: Mapping[Set, Cells], rows: Codes, counts: NDArray[np.int64], measures: Measures, plan: Plan
) -> dict[Set, Cells]:
    """The same cells with an sd that has in it what the fit gets wrong."""
    more = beyond_noise({each: cells.keys for each, cells in tables.items()}, rows, counts, measures, plan)
    return {each: replace(cells, sd=np.sqrt(cells.sd**2 + more[each])) for each, cells in tables.items()}
