"""The way on a small map, drawn on the server: countries as a quiet ground, each part as a numbered curve (ADR 8).

Only countries are known to the map. A part inside one country is a numbered point beside that country's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from havre.kernel import outlines
from havre.platform.ui.land import HEIGHT, WIDTH, Point, land, together, view_over

ROUND = 20  # half the width of a number, in the map's own measure
COLUMNS = (0, 1, -1, 2, -2)
ALONG = (0.5, 0.36, 0.64, 0.24, 0.76)


@dataclass(frozen=True)
class Step:
    """One part of the way: from a country to a country; either may be unknown."""

    number: int
    stage: str
    start: str
    end: str


@dataclass(frozen=True)
class Mark:
    """A number on the map."""

    number: int
    stage: str
    x: int
    y: int

    @property
    def base(self) -> int:
        """Where the figure stands, so that it sits in the middle."""
        return self.y + 8


@dataclass(frozen=True)
class Curve:
    """The line of a part that leads from one country to another."""

    stage: str
    d: str


@dataclass(frozen=True)
class Drawing:
    """All that the page draws."""

    land: str
    scale: int
    curves: Sequence[Curve]
    dots: Sequence[tuple[int, int]]
    marks: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT


def chained(steps: Iterable[Step]) -> list[Step]:
    """The parts, each beginning where the one before it led when it says nothing else."""
    found: list[Step] = []
    here = ""
    for step in steps:
        start = step.start or here
        here = step.end or start
        found.append(Step(step.number, step.stage, start or here, here))
    return [step for step in found if step.end in outlines.countries() and step.start in outlines.countries()]


def draw(steps: Iterable[Step]) -> Drawing | None:
    """The map of the parts whose countries are known; nothing when there are none."""
    known = chained(steps)
    if not known:
        return None
    countries = list(dict.fromkeys(code for step in known for code in (step.start, step.end)))
    places = together({code: outlines.countries()[code].at for code in countries})
    view = view_over(list(places.values()))
    dots = {code: view.at(point) for code, point in places.items()}
    curves, marks = _ways(known, dots)
    ground, scale = land(view)
    rounded = [(round(x), round(y)) for x, y in dots.values()]
    return Drawing(ground, scale, curves, rounded, marks)


def _ways(steps: Sequence[Step], dots: dict[str, Point]) -> tuple[list[Curve], list[Mark]]:
    curves: list[Curve] = []
    marks: list[Mark] = []
    same: Counter[tuple[str, str]] = Counter()
    for step in steps:
        a, b = dots[step.start], dots[step.end]
        same[step.start, step.end] += 1
        if a == b:
            continue
        bend = _bend(a, b, same[step.start, step.end])
        curves.append(Curve(step.stage, f"M{a[0]:.0f} {a[1]:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {b[0]:.0f} {b[1]:.0f}"))
        on = [_along(a, bend, b, t) for t in ALONG]
        free = next((each for each in on if _free(each, marks)), on[0])
        marks.append(Mark(step.number, step.stage, round(free[0]), round(free[1])))
    # Parts inside a country last: they have more places to go to.
    for step in steps:
        if dots[step.start] == dots[step.end]:
            x, y = _beside(dots[step.end], marks)
            marks.append(Mark(step.number, step.stage, round(x), round(y)))
    return curves, sorted(marks, key=lambda mark: mark.number)


def _bend(a: Point, b: Point, time: int) -> Point:
    """The point that pulls the curve aside, to the left of the way; a way taken again is pulled farther."""
    pull = 0.16 + 0.22 * (time - 1)
    return (a[0] + b[0]) / 2 + (b[1] - a[1]) * pull, (a[1] + b[1]) / 2 - (b[0] - a[0]) * pull


def _along(a: Point, bend: Point, b: Point, t: float) -> Point:
    one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return one * a[0] + two * bend[0] + three * b[0], one * a[1] + two * bend[1] + three * b[1]


def _beside(dot: Point, marks: Sequence[Mark]) -> Point:
    """A place near the country's point where no other number stands: below it, row by row."""
    rows = ((dot[0] + 2.3 * ROUND * column, dot[1] + 2.0 * ROUND * row) for row in (1, 2, -1, 3) for column in COLUMNS)
    inside = [each for each in rows if ROUND < each[0] < WIDTH - ROUND and ROUND < each[1] < HEIGHT - ROUND]
    return next((each for each in inside if _free(each, marks)), (dot[0], dot[1] + 2.0 * ROUND))


def _free(at: Point, marks: Sequence[Mark]) -> bool:
    return all(hypot(at[0] - mark.x, at[1] - mark.y) >= 2 * ROUND for mark in marks)
