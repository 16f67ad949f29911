"""The drawing of one score over the visits: geometry only, in the units of the drawing, written for SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .rules import score

WIDE, HIGH = 190.0, 111.0
TOP, START = 22.0, 38.0
SHADES = (0.7, 0.5, 0.3)  # the lowest band darkest


@dataclass(frozen=True)
class Visit:
    """The month of a visit, its name on the axis, and the score; none when too little was answered."""

    month: int
    name: str
    value: float | None
    partial: bool = False  # scored without one of its parts


@dataclass(frozen=True)
class Mark:
    """A point of the drawing, open when something is missing."""

    x: str
    y: str
    open: bool = False


@dataclass(frozen=True)
class Band:
    """One shaded band."""

    y: str
    high: str
    shade: str


@dataclass(frozen=True)
class Tick:
    """A line of an axis with its words."""

    at: str
    words: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws."""

    bands: Sequence[Band]
    across: Sequence[Tick]
    up: Sequence[Tick]
    baseline: str
    path: str
    scored: Sequence[Mark]
    unscored: Sequence[Mark]
    last: Tick | None  # the height at which the last score is written, and the score
    last_x: str
    last_anchor: str


def _x(month: int, months: int) -> float:
    return WIDE * month / months


def _y(value: float) -> float:
    return HIGH * (1 - value)


def _text(number: float) -> str:
    # Never by the rules of a language: SVG knows the point only.
    return f"{number:.1f}"


def draw(visits: Sequence[Visit], ticks: Sequence[tuple[int, str]], words: Sequence[str], last: str) -> Chart:
    """The chart of these visits; `ticks` name months of the axis, `words` the bounds, `last` the last score."""
    months = max([12, *(month for month, _name in ticks), *(each.month for each in visits)])
    known = [(each.month, each.value) for each in visits if each.value is not None]
    gaps = {each.month for each in visits if each.partial}
    marks = [Mark(_text(_x(month, months)), _text(_y(value)), month in gaps) for month, value in known]
    at_axis = bool(known) and _x(known[-1][0], months) < START / 2
    levels = [0.0, *score.bounds(), 1.0]
    shades = [SHADES[min(n, len(SHADES) - 1)] for n in range(len(levels) - 1)]
    bands = [
        Band(_text(_y(high)), _text(HIGH * (high - low)), str(shade))
        for (low, high), shade in zip(pairwise(levels), shades, strict=True)
    ]
    return Chart(
        bands=bands,
        across=[Tick(_text(_x(month, months)), name) for month, name in ticks],
        up=[Tick(_text(_y(level)), said) for level, said in zip(levels, words, strict=True)],
        baseline=_text(_y(known[0][1])) if known else "",
        path="M" + "L".join(f"{each.x},{each.y}" for each in marks) if len(marks) > 1 else "",
        scored=marks,
        unscored=[_open(each.month, known, months) for each in visits if each.value is None],
        last=Tick(_text(max(_y(known[-1][1]) - 9, 12 - TOP)), last) if known else None,
        # At the very first visit the figure stands beside its mark: over it, it would lie on the words of the axis.
        last_x=_text(_x(known[-1][0], months) + (8 if at_axis else 0)) if known else "",
        last_anchor="start" if at_axis else "middle",
    )


def _open(month: int, known: Sequence[tuple[int, float]], months: int) -> Mark:
    """Where an unscored visit is marked: on the line between its neighbours, else at the height of the nearest."""
    before = [each for each in known if each[0] < month]
    after = [each for each in known if each[0] > month]
    if before and after:
        (left, low), (right, high) = before[-1], after[0]
        height = low + (high - low) * (month - left) / (right - left)
    else:
        height = (before[-1:] or after[:1] or [(0, 0.5)])[0][1]
    return Mark(_text(_x(month, months)), _text(_y(height)))
