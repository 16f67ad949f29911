"""The emergency sheet of a country: who answers now, on one A4 page, whatever stands on the cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from unicodedata import category, east_asian_width, name

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import lines
from .lines import Line, Some

ROOM = 570  # points of height for the lines, as `directory_paper.css` sets them
HEAD, LEAST = 30, 2  # a heading with what is said of more; lines that each part has before any has more
MOST = {"night": 10, "day": 5, "ask": 4}
BROAD = {"ETHIOPIC": 1.6, "THAI": 0.9}  # as wide as how many Latin letters


@dataclass(frozen=True)
class Part:
    """Some lines under a heading, and how many more there are."""

    code: str
    title: Promise
    lines: Sequence[Line]
    more: int
    all: bool  # False: even more than that


@dataclass(frozen=True)
class Sheet:
    """The whole sheet."""

    parts: list[Part]

    @property
    def shared(self) -> bool:
        """Whether something on it is not for everybody."""
        return any(line.shared for part in self.parts for line in part.lines)


Reading = Callable[[str, date], Some]
PARTS: tuple[tuple[str, Promise, Reading], ...] = (
    ("night", _("Day and night"), lines.day_and_night),
    ("day", _("At their hours"), lines.help_lines),
    ("ask", _("Whom to ask"), lines.focal_points),
)


def of(country: str, today: date) -> Sheet:
    """The sheet of a country as the reader may see it: two lines of each part, then day and night before the others."""
    found = {code: reading(country, today) for code, _title, reading in PARTS}
    room, many = float(ROOM), dict.fromkeys(found, 0)
    for most in (dict.fromkeys(found, LEAST), MOST):
        for code, some in found.items():
            lines_ = some.lines
            while many[code] < min(most[code], len(lines_)):
                room -= height(lines_[many[code]], first=code == "night") + (HEAD if not many[code] else 0)
                if room < 0:
                    return _sheet(found, many)
                many[code] += 1
    return _sheet(found, many)


def _sheet(found: Mapping[str, Some], many: Mapping[str, int]) -> Sheet:
    return Sheet(
        [
            Part(code, title, some.lines[: many[code]], len(some.lines) - many[code], some.all)
            for code, title, some in ((code, title, found[code]) for code, title, _reading in PARTS)
            if some.lines
        ]
    )


def height(line: Line, *, first: bool) -> float:
    """How high a line becomes at most, in points: names and facts are shown in two rows each."""
    across, name_row, fact_row = (46, 15.0, 12.5) if first else (54, 13.5, 12.0)
    rows = min(2, ceil(width(line.name) / across) or 1)
    told = width(" · ".join(filter(None, (line.of, *line.facts)))) + (36 if line.stale else 0)
    facts = min(2, ceil(told / (across * 1.3)))
    return rows * name_row + facts * fact_row + 8


def width(text: str) -> float:
    """How wide a text is, in Latin letters."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if sign.isascii():
        return 1
    if category(sign) in ("Mn", "Me", "Cf"):
        return 0
    if east_asian_width(sign) in ("W", "F"):
        return 2
    return BROAD.get(name(sign, "").partition(" ")[0], 1)
