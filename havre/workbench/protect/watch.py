"""Counting and drawing as they are, with somebody who waits told how far they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from havre.workbench.counting import Dense
from havre.workbench.privacy.noise import Draw, Noise
from havre.workbench.progress import COUNTING, DRAWING, Passed
from havre.workbench.protect.plan import Set
from havre.workbench.records import Codes

LOT = 50_000  # draws between two words: half a second of exact noise


@dataclass
class Watched:
    """A counter and a source of noise in one, for tables of up to `order` columns of so many records."""

    counter: Dense
    source: Draw
    people: int
    order: int
    passed: Passed
    counted: int = 0
    drawn: int = 0
    sizes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.is_release = self.source.is_release

    def count(self, codes: Codes, sizes: Sequence[int], sets: Sequence[Set]) -> dict[Set, np.ndarray]:
        """The tables, counted by the counter; the work is records times tables."""
        self.sizes = list(sizes)
        found = self.counter(codes, sizes, sets)
        self.counted += codes.shape[1] * len(sets)
        tables = len(sizes) + sum(math.comb(len(sizes), length) for length in range(1, self.order + 1))
        self.passed(COUNTING, self.counted, max(self.counted, self.people * tables))
        return found

    def __call__(self, size: int, sigma: float) -> Noise:
        """The noise, drawn by the source; how many cells there are is known from the sizes counted last."""
        lots = []
        for start in range(0, size, LOT):
            lots.append(self.source(min(LOT, size - start), sigma))
            self.drawn += len(lots[-1])
            self.passed(DRAWING, self.drawn, max(self.drawn, self._cells()))
        return np.concatenate(lots) if lots else self.source(0, sigma)

    def after(self, step: str, done: float, of: float) -> None:
        """What comes after is told too; counting and drawing have ended, however few columns they went up to."""
        self.passed(COUNTING, self.counted, self.counted)
        self.passed(DRAWING, self.drawn, self.drawn)
        self.passed(step, done, of)

    def _cells(self) -> int:
        lengths = range(1, self.order + 1)
        return sum(math.prod(each) for length in lengths for each in combinations(self.sizes, length))
