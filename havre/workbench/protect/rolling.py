"""Rare values are shown one level up: which ones, decided from noisy counts alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from havre.workbench.records import Column

RARE = 1.0  # standard deviations of the first look: below it a value goes up to its parent


@dataclass(frozen=True)
class Rolled:
    """A column's new codes: 0 "not recorded", then the values kept, then parents; `names` without code 0."""

    names: tuple[str, ...]
    leaves: int
    new: NDArray[np.uint16]

    @property
    def size(self) -> int:
        """How many codes there are, "not recorded" among them."""
        return len(self.names) + 1

    def of(self, codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """The new codes of old ones."""
        rolled: NDArray[np.uint16] = self.new[codes]
        return rolled


def roll(column: Column, noisy: NDArray[np.float64], sd: float) -> Rolled:
    """The roll-up of a column by its noisy counts: a value without parent stays as it is."""
    parents = np.asarray(column.parents, dtype=np.int64)
    up = (noisy < RARE * sd) & (parents >= 0)
    kept, groups = np.flatnonzero(~up), np.unique(parents[up])
    names = tuple(column.values[i] for i in kept) + tuple(column.groups[i] for i in groups)
    new = np.zeros(column.size, dtype=np.uint16)
    new[1 + kept] = 1 + np.arange(len(kept))
    new[1 + np.flatnonzero(up)] = 1 + len(kept) + np.searchsorted(groups, parents[up])
    return Rolled(names, len(kept), new)
