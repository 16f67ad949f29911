"""An invented register to settle the engine on: flows of people, each recorded in its own way, few answers a record."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.records import Coded, Column

SIZES = (20, 3, 11, 2, 200, 200, 1, 1, 4, 1, 1, 1, 1, 1)  # answers of each column, few of two hundred in any flow
LARGE = 50
WAYS = 12


def register(people: int, flows: int = 400, seed: int = 11, sizes: tuple[int, ...] = SIZES) -> Coded:
    """So many people of `flows` flows, the n-th a share of 1/n; about 4.6 answers a record, now and then twelve."""
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, flows + 1) ** 1.1
    flow = random.choice(flows, people, p=share / share.sum())
    ways = random.beta(0.35, 0.7, (WAYS, len(sizes)))[random.integers(0, WAYS, flows)]
    codes = np.zeros((len(sizes), people), dtype=np.uint16)
    for column, size in enumerate(sizes):
        answer = _answers(random, flows, size)[flow, random.integers(0, _PLACES, people)]
        codes[column] = np.where(random.random(people) < ways[flow, column], 1 + answer, 0)
    return Coded(tuple(_column(number, size) for number, size in enumerate(sizes)), codes, len(sizes))


_PLACES = 200  # answers of a flow, drawn with replacement from its own few: a table to draw from by position


def _answers(random: np.random.Generator, flows: int, size: int) -> NDArray[np.int64]:
    """For each flow the answers its people give: mostly one or a few, seldom another."""
    popular = 1 / np.arange(1, size + 1) ** 1.2
    spread = random.choice([0.05, 0.4, 1.5], flows)
    chosen = np.empty((flows, _PLACES), dtype=np.int64)
    for flow in range(flows):
        mass = random.dirichlet(np.maximum(spread[flow] * popular / popular.sum() * min(size, 20), 1e-3))
        chosen[flow] = random.choice(size, _PLACES, p=mass)
    return chosen


def _column(number: int, size: int) -> Column:
    values = tuple(f"c{number}v{value}" for value in range(size))
    if size < LARGE:
        return Column(f"c{number}", values, (-1,) * size, ())
    groups = tuple(f"c{number}g{group}" for group in range(10))
    return Column(f"c{number}", values, tuple(value % 10 for value in range(size)), groups)
