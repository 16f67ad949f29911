"""Makes `countries.json` of two files of the npm package `world-atlas`: see README.md beside this.

python -m havre.kernel.outlines.make countries-110m.json countries-50m.json
"""

import json
import sys
from collections.abc import Iterable
from math import hypot
from pathlib import Path
from typing import Any

from babel.core import get_global

from havre.kernel import places
from havre.kernel.outlines import FILE, Point

# Drawn as part of the country whose code people write; the line between the two parts is not drawn.
PARTS = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}
NOT_DRAWN = {"AQ"}  # a tenth of the file, and on nobody's way
# In neither file, or part of another country there: longitude and latitude.
BY_HAND = {
    "AQ": (0.0, -80.0),
    "BQ": (-68.3, 12.2),
    "BV": (3.4, -54.4),
    "CC": (96.8, -12.2),
    "CX": (105.6, -10.5),
    "GF": (-53.1, 3.9),
    "GI": (-5.4, 36.1),
    "GP": (-61.5, 16.2),
    "MQ": (-61.0, 14.7),
    "RE": (55.5, -21.1),
    "SJ": (16.4, 78.6),
    "TK": (-171.8, -9.2),
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
    "YT": (45.2, -12.8),
}
FROM_AFAR = 0.6  # degrees that a line may be off where half the world is in sight
Ring = list[Point]


def codes() -> dict[str, str]:
    """Alpha-2 codes by the numbers of ISO 3166-1."""
    aliases = get_global("territory_aliases").items()
    return {number: short[0] for number, short in aliases if number.isdigit() and len(short) == 1}


class Atlas:
    """A file of country outlines whose borders are stored once, for both neighbours."""

    def __init__(self, path: Path, within: float = 0.0) -> None:
        read = json.loads(path.read_text())
        (kx, ky), (x0, y0) = read["transform"]["scale"], read["transform"]["translate"]
        self.arcs: list[Ring] = []
        for arc in read["arcs"]:
            x = y = 0
            line = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                line.append((x * kx + x0, y * ky + y0))
            self.arcs.append(straightened(line, within) if within else line)
        self.rings: dict[str, list[list[int]]] = {}
        known = codes()
        for shape in read["objects"]["countries"]["geometries"]:
            code = PARTS.get(shape["properties"]["name"]) or known.get(shape.get("id", ""), "")
            if code in places.countries and code not in NOT_DRAWN:
                self.rings.setdefault(code, []).extend(_outer(shape))

    def outlines(self, code: str) -> list[Ring]:
        """The outer rings of a country, largest first, parts that touch made one."""
        rings = [self._line(ring) for ring in joined(self.rings.get(code, []), self._ends)]
        return sorted(rings, key=lambda ring: -abs(area(ring)))

    def _ends(self, arc: int) -> tuple[Point, Point]:
        line = self._arc(arc)
        return line[0], line[-1]

    def _arc(self, arc: int) -> Ring:
        return self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]

    def _line(self, ring: Iterable[int]) -> Ring:
        return whole([point for arc in ring for point in self._arc(arc)[:-1]])


def straightened(line: Ring, within: float) -> Ring:
    """The line without the points that lie that near to it (Douglas and Peucker). Both neighbours share each line."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = hypot(x2 - x1, y2 - y1)

    def off(at: Point) -> float:
        if not length:
            return hypot(at[0] - x1, at[1] - y1)
        return abs((x2 - x1) * (at[1] - y1) - (y2 - y1) * (at[0] - x1)) / length

    far = max(range(1, len(line) - 1), key=lambda place: off(line[place]))
    if off(line[far]) <= within:
        return [line[0], line[-1]]
    return [*straightened(line[: far + 1], within)[:-1], *straightened(line[far:], within)]


def _outer(shape: dict[str, Any]) -> list[list[int]]:
    if not shape.get("arcs"):
        return []
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [polygon[0] for polygon in polygons]


def joined(rings: list[list[int]], ends: Any) -> list[list[int]]:
    """The rings without the arcs that two of them share, closed again."""
    every = [arc for ring in rings for arc in ring]
    shared = {arc for arc in every if ~arc in every}
    whole = [ring for ring in rings if not shared.intersection(ring)]
    loose = [arc for ring in rings if shared.intersection(ring) for arc in ring if arc not in shared]
    while loose:
        ring = [loose.pop(0)]
        while following := next((arc for arc in loose if ends(arc)[0] == ends(ring[-1])[1]), None):
            loose.remove(following)
            ring.append(following)
        whole.append(ring)
    return whole


def whole(ring: Ring) -> Ring:
    """The ring without the leap from 180 to -180 degrees: what lies beyond is numbered on."""
    turns, last, out = 0, ring[0][0], []
    for x, y in ring:
        turns += (x - last < -180) - (x - last > 180)
        out.append((x + 360 * turns, y))
        last = x
    return out


def area(ring: Ring) -> float:
    """Twice the signed area."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))


def middle(ring: Ring) -> Point:
    """The centre of gravity when it lies inside, else the inner point of a grid that is farthest from the outline."""
    pairs, total = list(zip(ring, ring[1:] + ring[:1], strict=True)), area(ring)
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * total)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * total)
    if inside((x, y), ring):
        return x, y
    xs, ys = [point[0] for point in ring], [point[1] for point in ring]
    steps = [each / 40 for each in range(1, 40)]
    grid = [(min(xs) + s * (max(xs) - min(xs)), min(ys) + t * (max(ys) - min(ys))) for s in steps for t in steps]
    return max(
        (point for point in grid if inside(point, ring)),
        key=lambda at: min((at[0] - px) ** 2 + (at[1] - py) ** 2 for px, py in ring),
    )


def inside(at: Point, ring: Ring) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > at[1]) != (y2 > at[1]) and at[0] < (x2 - x1) * (at[1] - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def steps(ring: Ring) -> list[int]:
    """A ring in tenths of a degree: a point, then the way to each next one."""
    out: list[int] = []
    before = (0, 0)
    for point in ring:
        at = (round(point[0] * 10), round(point[1] * 10))
        if not out or at != before:
            out += [at[0] - before[0], at[1] - before[1]]
        before = at
    return out


def make(rough: Path, fine: Path) -> dict[str, Any]:
    """For each country its point, and its outline where the rough file has one."""
    drawn, pointed, far = Atlas(rough), Atlas(fine), Atlas(rough, FROM_AFAR)
    countries: dict[str, Any] = {}
    for code in places.countries:
        rings = drawn.outlines(code)
        shape = (rings or pointed.outlines(code))[:1]
        at = BY_HAND.get(code) or middle(shape[0])
        seen = [steps(ring) for ring in far.outlines(code) if len(ring) > 2]
        countries[code] = {
            "at": [round(at[0], 1), round(at[1], 1)],
            "rings": [steps(ring) for ring in rings],
            "far": seen,
        }
    return countries


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), Path(sys.argv[2]))
    lines = ",\n".join(f"{json.dumps(code)}:{json.dumps(made[code], separators=(',', ':'))}" for code in sorted(made))
    FILE.write_text(f"{{\n{lines}\n}}\n")
