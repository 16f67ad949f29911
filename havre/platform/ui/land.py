"""The ground of the map: the outlines of countries, cut to a view and rounded to what the eye can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import log, pi, radians, tan
from typing import NamedTuple, TypeVar

from havre.kernel import outlines

WIDTH, HEIGHT = 720, 452  # the map's own measure: two to a pixel in the aside
MOST = 6500  # characters of a ground; a page has ten kilobytes for the whole map
GRIDS = (2, 3, 4, 6, 8)
WIDE = 70  # degrees of longitude: from here on, outlines with fewer points
LEAST = 14.0  # degrees of longitude: closer than this, a country says nothing
MARGIN = 12  # what lies outside is cut there, so that the cut itself is out of sight
Point = tuple[float, float]
K = TypeVar("K")
Box = tuple[float, float, float, float]


class View(NamedTuple):
    """What is seen: the left and the upper edge and the width, in degrees of longitude."""

    left: int
    top: int
    across: int

    def at(self, flat: Point) -> Point:
        """Where a point of the flat map is drawn."""
        scale = WIDTH / self.across
        return (flat[0] - self.left) * scale, (flat[1] - self.top) * scale


def flat(at: Point) -> Point:
    """A point on a flat map (Mercator), with north above; the measure is degrees of longitude."""
    lon, lat = at[0], max(-80.0, min(80.0, at[1]))
    return lon, -log(tan(pi / 4 + radians(lat) / 2)) * 180 / pi


def together(points: dict[K, Point]) -> dict[K, Point]:
    """The points on a map whose edge lies where it parts them least: Manila and Los Angeles are neighbours."""
    one = {code: flat(at) for code, at in points.items()}
    other = {code: (x + 360 if x < 0 else x, y) for code, (x, y) in one.items()}
    return min((one, other), key=_span)


def _span(points: dict[K, Point]) -> float:
    xs = [x for x, _y in points.values()]
    return max(xs) - min(xs)


def view_over(points: Sequence[Point]) -> View:
    """What is seen when all these points of the flat map are, with some room round them."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    # A quarter on each side, so that curves and numbers have room; whole degrees, so that views are met again.
    width = max(LEAST, across * 1.5, down * 1.6 * WIDTH / HEIGHT)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    height = width * HEIGHT / WIDTH
    return View(round(x - width / 2), round(y - height / 2), round(width))


@lru_cache(maxsize=128)
def land(view: View) -> tuple[str, int]:
    """The path of the ground and the measure it is drawn in: as fine as the room for it allows."""
    rings = list(_seen(view))
    # The widest views are never drawn finely: the first tries would be thrown away.
    for grid in GRIDS[min(3, view.across // 120) :]:
        path = "".join(_path(ring, grid) for ring in rings)
        if len(path) <= MOST:
            break
    return path, grid


@cache
def _rings(far: bool) -> list[tuple[Box, list[Point]]]:
    found = []
    for country in outlines.countries().values():
        for ring in country.far if far else country.rings:
            line = [flat(point) for point in ring]
            xs, ys = [x for x, _y in line], [y for _x, y in line]
            found.append(((min(xs), min(ys), max(xs), max(ys)), line))
    return found


def _seen(view: View) -> Iterator[list[Point]]:
    """What of each ring is in sight; the map goes on east of the date line, and west of it."""
    right, low = view.left + view.across, view.top + view.across * HEIGHT / WIDTH
    for (x0, y0, x1, y1), ring in _rings(view.across > WIDE):
        for turn in (-360, 0, 360):
            if x0 + turn < right and x1 + turn > view.left and y0 < low and y1 > view.top:
                cut = [view.at((x + turn, y)) for x, y in ring]
                for axis, edge, keep_above in EDGES:
                    cut = _cut(cut, axis, edge, keep_above)
                if cut:
                    yield cut


EDGES = ((0, -MARGIN, True), (0, WIDTH + MARGIN, False), (1, -MARGIN, True), (1, HEIGHT + MARGIN, False))


def _cut(ring: list[Point], axis: int, edge: float, keep_above: bool) -> list[Point]:
    """The part of a ring on one side of a line (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        inside, next_inside = (here[axis] >= edge) == keep_above, (there[axis] >= edge) == keep_above
        if inside:
            kept.append(here)
        if inside != next_inside:
            share = (edge - here[axis]) / (there[axis] - here[axis])
            x, y = (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
            kept.append((x, y))
    return kept


def _path(ring: Iterable[Point], grid: int) -> str:
    """A ring as a path on a grid. Neighbours round their border to the same points, so no gap opens between them."""
    points = _turning([(round(x / grid), round(y / grid)) for x, y in ring])
    if len(points) < 3:
        return ""
    (x, y), *others = points
    said = f"M{x} {y}l"
    for there in others:
        said += f"{there[0] - x} {there[1] - y} "
        x, y = there
    return said.rstrip().replace(" -", "-") + "z"


def _turning(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points where the line turns."""
    kept: list[tuple[int, int]] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        while len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])
