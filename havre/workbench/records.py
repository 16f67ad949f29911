"""One bounded record per person, as integer codes of a public codebook.

The privacy unit is one record added or removed. A record keeps at most `cap` recorded attributes, and which ones
depends on that record and on public settings alone, so that a person changes at most C(cap, k) recorded cells of k
columns, each by one, whoever else is in the file.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
MOST = 10_000  # values of a column: more is no list of answers, and codes must fit 16 bits
_STEP, _MIX1, _MIX2 = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


@dataclass(frozen=True)
class Column:
    """A column as the codebook has it: code 0 is "not recorded", code i is `values[i - 1]`."""

    name: str
    values: tuple[str, ...]
    parents: tuple[int, ...]
    groups: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many codes there are, "not recorded" among them."""
        return len(self.values) + 1


@dataclass(frozen=True)
class Zero:
    """Two answers that no record can have together, and who says so: public, fixed before the file is read."""

    column: str
    value: str
    other_column: str
    other_value: str
    source: str


@dataclass(frozen=True)
class Coded:
    """The records of a file: `codes` is (columns, persons), at most `cap` codes of a person are not 0."""

    columns: tuple[Column, ...]
    codes: Codes
    cap: int
    zeros: tuple[Zero, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many codes each column has."""
        return tuple(column.size for column in self.columns)


def bounded(codes: Codes, cap: int) -> tuple[Codes, int]:
    """The codes (d, n) with at most `cap` recorded a record, and how many records lost some.

    A record over the cap keeps the attributes of lowest rank, ranks being a fixed public hash of the record's own codes
    and the column: the choice spreads over the columns, comes out the same at every run, and nobody else's record can
    change it. Brute force over neighbours in the tests holds this.
    """
    long = np.flatnonzero((codes != 0).sum(axis=0) > cap)
    if long.size == 0:
        return codes, 0
    kept, part = codes.copy(), codes[:, long]
    rank = _ranks(part)
    rank[part == 0] = np.iinfo(np.uint64).max
    order = np.argsort(rank, axis=0, kind="stable")
    part = part.copy()
    np.put_along_axis(part, order[cap:], np.uint16(0), axis=0)
    kept[:, long] = part
    return kept, int(long.size)


def _ranks(codes: Codes) -> NDArray[np.uint64]:
    """A 64-bit hash (the finish of SplitMix64) for each column and record, of the whole record and the column."""
    whole = np.zeros(codes.shape[1], dtype=np.uint64)
    for row in codes:
        whole = _mixed(whole + _STEP + row.astype(np.uint64))
    number = np.arange(1, codes.shape[0] + 1, dtype=np.uint64) * _STEP
    return _mixed(whole[None, :] + number[:, None])


def _mixed(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    word = (word ^ (word >> np.uint64(30))) * _MIX1
    word = (word ^ (word >> np.uint64(27))) * _MIX2
    mixed: NDArray[np.uint64] = word ^ (word >> np.uint64(31))
    return mixed
