"""Vulnerability as the pages show it: the last assessment of each level, what changed, and the places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from havre.cases.people.models import Case, PersonCountry
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring

from .actions import COMMUNITY, HOUSEHOLD, INDIVIDUAL, STRUCTURAL, assessed
from .models import PlaceFactor, Vulnerability
from .rules import vulnerability
from .rules.vulnerability import Factor

OF_A_PERSON, OF_A_PLACE = (INDIVIDUAL, HOUSEHOLD), (COMMUNITY, STRUCTURAL)


@dataclass(frozen=True)
class Line:
    """One factor of an assessment, and what became of it since the one before."""

    row: Vulnerability
    change: str


@dataclass(frozen=True)
class Level:
    """The last assessment of a level."""

    code: str
    lines: Sequence[Line]
    before: Vulnerability | None  # a row of the assessment before this one
    times: int
    rows: int = 0  # of all assessments: what a stale form is told by
    balance_before: str = ""

    @property
    def last(self) -> Vulnerability | None:
        """Any row of the assessment, for its day and who made it."""
        return self.lines[0].row if self.lines else None

    def there(self, direction: str) -> list[Line]:
        """The factors of a direction that are there, the heaviest first."""
        found = [each for each in self.lines if each.row.present == "yes" and each.row.direction == direction]
        return sorted(found, key=lambda each: -each.row.weight)

    @property
    def risks(self) -> list[Line]:
        """What makes vulnerable."""
        return self.there("risk")

    @property
    def protections(self) -> list[Line]:
        """What protects."""
        return self.there("protective")

    @property
    def gone(self) -> list[Line]:
        """What was there the last time and is no more."""
        return [each for each in self.lines if each.change == "gone"]

    @property
    def unknown(self) -> int:
        """How many factors nobody could say anything of."""
        return sum(each.row.present == "unknown" for each in self.lines)

    @property
    def balance(self) -> str:
        """Risk less protection, a help to look again and nothing more."""
        return _signed(vulnerability.balance(_factor(each.row) for each in self.lines))


@dataclass(frozen=True)
class Seen:
    """What is noted of one place in its latest year."""

    country: str
    area: str
    period: int
    rows: Sequence[PlaceFactor]

    def there(self, level: str, direction: str) -> list[PlaceFactor]:
        """The factors of a level and a direction that are there."""
        known = load("vulnerability_factors")
        ways = {row["code"]: (row["level"], row["direction"]) for row in known.rows}
        return [row for row in self.rows if row.present == "yes" and ways.get(row.factor) == (level, direction)]

    @property
    def levels(self) -> list[tuple[str, list[PlaceFactor], list[PlaceFactor]]]:
        """Each level with what makes vulnerable and what protects."""
        return [(level, self.there(level, "risk"), self.there(level, "protective")) for level in OF_A_PLACE]

    @property
    def sources(self) -> list[str]:
        """Where it is known from."""
        return list(dict.fromkeys(row.source for row in self.rows if row.source))


def level_of(case: Case, code: str) -> Level:
    """The last assessment of a level beside the one before it."""
    keyring.load([case.pk])
    stand = assessed(case, code)
    rounds = [list(rows) for _at, rows in groupby(stand, key=lambda row: row.at)]
    now, before = (rounds[-1] if rounds else []), (rounds[-2] if len(rounds) > 1 else [])
    changed = vulnerability.changes(_by_code(before), _by_code(now))
    order = {factor: place for place, factor in enumerate(load("vulnerability_factors"))}
    lines = [Line(row, changed[row.factor]) for row in sorted(now, key=lambda row: order.get(row.factor, len(order)))]
    earlier = _signed(vulnerability.balance(map(_factor, before))) if before else ""
    return Level(code, lines, before[0] if before else None, len(rounds), len(stand), earlier)


def places_of(case: Case) -> list[tuple[str, list[Seen]]]:
    """The countries of the person, each with what is noted of it and of its areas."""
    countries = list(dict.fromkeys(_countries(case)))
    rows = PlaceFactor.objects.filter(country__in=countries).order_by("country", "area", "-period", "factor")
    return [(country, seen([row for row in rows if row.country == country])) for country in countries]


def seen(rows: Iterable[PlaceFactor]) -> list[Seen]:
    """The latest year of each area, the whole country first."""
    found = []
    for (country, area), of_area in groupby(rows, key=lambda row: (row.country, row.area)):
        latest = next(iter(groupby(of_area, key=lambda row: row.period)))
        found.append(Seen(country, area, latest[0], list(latest[1])))
    return found


def _countries(case: Case) -> Iterable[str]:
    rows = PersonCountry.objects.filter(person_id=case.person_id).order_by("pk")
    return rows.values_list("country", flat=True)


def _factor(row: Vulnerability) -> Factor:
    return Factor(row.factor, row.direction, row.present, row.weight)


def _signed(number: int) -> str:
    """A number with its sign, as it is printed."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def _by_code(rows: Iterable[Vulnerability]) -> dict[str, Factor]:
    return {row.factor: _factor(row) for row in rows}
