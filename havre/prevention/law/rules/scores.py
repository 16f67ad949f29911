"""The 3P index: three scores from 1 to 5, added up unweighted (Cho, Dreher and Neumayer 2011; SPEC 13.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

PARTS = ("prosecution", "protection", "prevention")
LEAST, MOST = 1, 5
PUBLISHED = range(2000, 2016)  # the years that its authors published


def total(prosecution: int, protection: int, prevention: int) -> int:
    """The index: from 3 to 15; ValueError for a score that is none."""
    scores = (prosecution, protection, prevention)
    if any(not LEAST <= each <= MOST for each in scores):
        raise ValueError(scores)
    return sum(scores)


class Mark(NamedTuple):
    """A year on the drawing: where it lies, and its sum."""

    x: float
    y: float
    year: int
    total: int


class Drawing(NamedTuple):
    """The trend as a small drawing of 320 by 120: its points, the lines between neighbouring years, the grid."""

    marks: Sequence[Mark]
    lines: Sequence[tuple[Mark, Mark]]
    grid: Sequence[tuple[float, int]]


WIDE, HIGH, START, TOP = 280.0, 90.0, 30.0, 12.0


def drawing(sums: Sequence[tuple[int, int]]) -> Drawing:
    """The sums by year, oldest first; a year that nobody scored is a gap and not a line."""
    first, last = sums[0][0], sums[-1][0]
    span = max(1, last - first)
    marks = [Mark(round(START + WIDE * (year - first) / span, 1), _y(value), year, value) for year, value in sums]
    lines = [(one, other) for one, other in pairwise(marks) if other.year - one.year == 1]
    return Drawing(marks, lines, [(_y(each), each) for each in (3, 9, 15)])


def _y(value: int) -> float:
    return round(TOP + HIGH * (15 - value) / 12, 1)
