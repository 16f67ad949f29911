"""Figures as rows of a table, each with a small drawing of marks and intervals on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from havre.workbench.evaluation import Estimate

WIDE, EDGE, LINE = 240, 10, 14
SCALES = {"knowledge": (0.0, 1.0), "practice": (0.0, 1.0), "attitude": (1.0, 5.0)}
TICKS = {"knowledge": 5, "practice": 5, "attitude": 5}
SHAPES = {"pre": "circle", "post": "disc", "follow_up": "diamond"}


@dataclass(frozen=True)
class Mark:
    """One value and its interval, in the units of the drawing."""

    shape: str
    x: float
    y: float
    low: float | None
    high: float | None

    @property
    def diamond(self) -> str:
        """The path of a diamond round the value."""
        return f"M{self.x - 6} {self.y}L{self.x} {self.y - 6}L{self.x + 6} {self.y}L{self.x} {self.y + 6}Z"


@dataclass(frozen=True)
class Drawing:
    """The marks of a row."""

    high: int
    marks: list[Mark]
    grid: list[float]


def at(kind: str, value: float) -> float:
    """Where a value stands from the start of the scale; what lies outside stands at its edge."""
    low, high = SCALES[kind]
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    return round(EDGE + share * (WIDE - 2 * EDGE), 1)


def grid() -> list[float]:
    """The lines of every scale: five of them."""
    return [round(EDGE + step / 4 * (WIDE - 2 * EDGE), 1) for step in range(5)]


def drawing(kind: str, values: Mapping[str, Estimate], waves: Sequence[str]) -> Drawing:
    """The waves of a row, one under the other."""
    marks = []
    for line, wave in enumerate(waves):
        one = values.get(wave)
        if one is not None:
            low, high = (None if end is None else at(kind, end) for end in (one.low, one.high))
            marks.append(Mark(SHAPES[wave], at(kind, one.value), LINE * line + LINE / 2 + 1, low, high))
    return Drawing(LINE * max(1, len(waves)) + 2, marks, grid())
