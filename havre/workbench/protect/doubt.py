"""What a published count may be off by beyond its noise, seen from noisy values alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from havre.workbench.protect.fit import Codes, Floats
from havre.workbench.protect.measure import Measured, Measures, all_recorded, says
from havre.workbench.protect.plan import Plan, Set

AHEAD = 3  # answers over which the fall of a record's say is averaged: records that just count in full may be longer
UNEVEN = 2.0  # how much further off the length of records in a cell is than that of all
ALIKE = 30.0  # people of a cell whose records are taken to be of one length
BANDS = 3, 10, 30, 100, 300, 1000, 10_000  # sd of the measurement: cells of like size are judged together
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Heard:
    """Of published cells: records, persons they say, the fall of that for an answer more, the sum of squared says."""

    count: Floats
    said: Floats
    fall: Floats
    squares: Floats
    noisy: Floats
    sd: Floats  # of the measurement

    @property
    def size(self) -> Floats:
        """Persons they say, in sd of the measurement."""
        return self.said / self.sd


def beyond_noise(
    keys: Mapping[Set, Codes], rows: Codes, counts: Counts, measures: Measures, plan: Plan
) -> dict[Set, Floats]:
    """Variances to add to the noise of published cells: `keys` (length, C) of records (columns, R), counts (R).

    Three parts: how far the fit is from the measurements of cells of like size, as a share; how far the published
    records are too short or too long by the noisy tables one longer; and the length of a cell's own records, a guess.
    """
    longer, found = unsaid(rows, counts, measures, plan), {}
    for length in range(1, measures.order + 1):
        parts = _parts(rows, counts, length, plan)
        own = {
            each: _heard(each, key, rows, parts, measures.tables[each])
            for each, key in keys.items()
            if len(each) == length
        }
        shares = _misfit(list(own.values()))
        for each, heard in own.items():
            off = UNEVEN * longer * heard.fall / heard.said
            varied = np.maximum(heard.squares * heard.count / heard.said**2 - 1, 0)
            share = shares[np.digitize(heard.size, BANDS)]
            found[each] = heard.count**2 * (share + off**2) + ALIKE * heard.count * varied
    return found


def unsaid(rows: Codes, counts: Counts, measures: Measures, plan: Plan) -> float:
    """How many answers a record of a combination lacks, or has too many, by the noisy tables one column longer.

    All noisy cells of a length add up to the register's say on it without bias, those that the estimate left empty too.
    """
    recorded, most = (rows != 0).sum(axis=0), 0.0
    if not recorded.size:
        return most
    for length in range(1, measures.order):
        longer = length + 1
        tables = [table for each, table in measures.tables.items() if len(each) == longer]
        noisy = math.fsum(float(table.noisy[all_recorded(table.noisy.shape)].sum()) for table in tables)
        people, more = (counts @ _choose(recorded, each) for each in (length, longer))
        said = float((counts * says(recorded, longer, plan)) @ _choose(recorded, longer))
        if said > 0:
            most = max(most, abs(noisy - said) * longer * float(more) / said / float(people))
    return most


def _choose(recorded: NDArray[np.integer], length: int) -> Floats:
    return np.array([math.comb(number, length) for number in range(int(recorded.max()) + 1)], dtype=float)[recorded]


def _parts(rows: Codes, counts: Counts, length: int, plan: Plan) -> Floats:
    """What each record adds to the first four sums of `Heard` in its cells of this length (4, R)."""
    recorded = (rows != 0).sum(axis=0)
    say, later = says(recorded, length, plan), says(recorded + AHEAD, length, plan)
    parts: Floats = counts.astype(float) * np.stack([np.ones(len(counts)), say, (say - later) / AHEAD, say**2])
    return parts


def _heard(each: Set, key: Codes, rows: Codes, parts: Floats, table: Measured) -> Heard:
    """What these cells were told by the records in them."""
    on = np.flatnonzero(np.all(rows[list(each)] != 0, axis=0))
    place = np.ravel_multi_index(tuple(rows[c][on] for c in each), table.noisy.shape)
    chosen = np.ravel_multi_index(tuple(key), table.noisy.shape)
    count, said, fall, squares = (
        np.bincount(place, weights=part[on], minlength=table.noisy.size)[chosen] for part in parts
    )
    return Heard(count, said, fall, squares, table.noisy.ravel()[chosen], table.sd.ravel()[chosen])


def _misfit(heard: Sequence[Heard]) -> Floats:
    """The squared share, for each of `BANDS`, by which counts are off their own measurements beyond noise."""
    over, size = np.zeros(len(BANDS) + 1), np.zeros(len(BANDS) + 1)
    for each in heard:
        band = np.digitize(each.size, BANDS)
        over += np.bincount(band, ((each.noisy - each.said) / each.sd) ** 2 - 1, len(size))
        size += np.bincount(band, each.size**2, len(size))
    share: Floats = np.maximum(over, 0) / np.maximum(size, 1e-9)
    return share
