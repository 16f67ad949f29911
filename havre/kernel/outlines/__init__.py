"""The outline of every country and a point that stands for it, for small maps; README.md says where they come from."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("countries.json")
Point = tuple[float, float]


@dataclass(frozen=True)
class Country:
    """Longitude and latitude of its point, its rings, and fewer points of them for a view from afar.

    A country too small to be drawn has none.
    """

    at: Point
    rings: tuple[tuple[Point, ...], ...]
    far: tuple[tuple[Point, ...], ...]


@cache
def countries() -> dict[str, Country]:
    """Every country by its code."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        code: Country((each["at"][0], each["at"][1]), _rings(each["rings"]), _rings(each["far"]))
        for code, each in read.items()
    }


def _rings(rings: list[list[int]]) -> tuple[tuple[Point, ...], ...]:
    return tuple(_ring(steps) for steps in rings)


def _ring(steps: list[int]) -> tuple[Point, ...]:
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 10, y / 10))
    return tuple(points)
