"""What the pages show of treaties, laws and scores: plain rows, of what the reader may see.

`of_country` is for the country page of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from havre.kernel.vocabularies import Row, load

from .models import LawPoint, NationalLaw, Score, TreatyStatus
from .rules import coverage, scores
from .rules.register import one_of_each

BOUND = frozenset(row["code"] for row in load("treaty_statuses").rows if row["bound"] == "yes")
HOLDING = frozenset(row["code"] for row in load("law_stages").rows if row["holds"] == "yes")


@dataclass(frozen=True)
class Treaty:
    """An instrument of the register, with the dates of its list."""

    row: Row

    @property
    def code(self) -> str:
        """Its code."""
        return self.row["code"]

    @property
    def adopted(self) -> date:
        """The day it was adopted."""
        return date.fromisoformat(self.row["adopted"])

    @property
    def in_force(self) -> date:
        """The day it came into force."""
        return date.fromisoformat(self.row["in_force"])

    @property
    def is_sure(self) -> bool:
        """Whether its dates were checked."""
        return self.row["status"] == "verified"


@dataclass(frozen=True)
class Standing:
    """Where a country stands with a treaty; without a row nobody wrote it down."""

    country: str
    treaty: Treaty
    row: TreatyStatus | None

    @property
    def is_bound(self) -> bool:
        """Whether it is a party."""
        return self.row is not None and self.row.status in BOUND


def treaties() -> list[Treaty]:
    """Every instrument, in the order of its list."""
    return [Treaty(row) for row in load("legal_instruments").rows]


def treaty(code: str) -> Treaty:
    """The instrument of that code; KeyError when the list has none."""
    return Treaty(load("legal_instruments").row(code))


def table(countries: Sequence[str], agency: UUID | None) -> list[tuple[str, list[tuple[Treaty, list[Standing]]]]]:
    """By body, each treaty with where each of the countries stands."""
    found = TreatyStatus.objects.filter(country__in=countries)
    rows = one_of_each(found, lambda each: (each.country, each.instrument), agency)
    lines = [(one, [Standing(land, one, rows.get((land, one.code))) for land in countries]) for one in treaties()]
    by_body = sorted(lines, key=lambda line: load("treaty_bodies").codes.index(line[0].row["body"]))
    return [(body, list(group)) for body, group in groupby(by_body, key=lambda line: line[0].row["body"])]


def known_countries() -> list[str]:
    """Codes of the countries of which a treaty, a law or a score may be read."""
    models = (TreatyStatus, NationalLaw, Score)
    return sorted({code for model in models for code in model.objects.values_list("country", flat=True).distinct()})


def lawful_countries() -> list[str]:
    """Codes of the countries of which a law in force is recorded."""
    return sorted(set(NationalLaw.objects.filter(stage__in=HOLDING).values_list("country", flat=True)))


def counts() -> list[tuple[str, int, int]]:
    """For each known country, how many laws are recorded, and to how many treaties it is a party."""
    laws: dict[str, int] = {}
    for land in NationalLaw.objects.values_list("country", flat=True):
        laws[land] = laws.get(land, 0) + 1
    pairs = TreatyStatus.objects.filter(status__in=BOUND).values_list("country", "instrument").distinct()
    bound: dict[str, int] = {}
    for land, _instrument in pairs:
        bound[land] = bound.get(land, 0) + 1
    return [(land, laws.get(land, 0), bound.get(land, 0)) for land in known_countries()]


def laws_of(country: str) -> list[NationalLaw]:
    """The records of a country: what is in force first, then the newest."""
    laws = NationalLaw.objects.filter(country=country).select_related("owner")
    return sorted(laws, key=lambda law: (law.stage not in HOLDING, -(law.stage_on or date.min).toordinal(), law.title))


def answers_of(laws: Iterable[NationalLaw]) -> dict[UUID, dict[str, LawPoint]]:
    """For each law its answers by point."""
    found: dict[UUID, dict[str, LawPoint]] = {law.pk: {} for law in laws}
    for each in LawPoint.objects.filter(law__in=list(found)):
        found[each.law_id][each.point] = each
    return found


def plain(points: Mapping[str, LawPoint]) -> dict[str, str]:
    """The answers alone."""
    return {point: row.answer for point, row in points.items()}


@dataclass(frozen=True)
class Held:
    """What a country's laws in force cover of one point: the best answer, and the law and article it rests on."""

    answer: str
    law: NationalLaw | None = None
    article: str = ""


@dataclass(frozen=True)
class Compared:
    """One country in the comparison."""

    country: str
    laws: Sequence[NationalLaw]
    held: Mapping[str, Held]

    @property
    def tally(self) -> list[coverage.Tally]:
        """What its laws in force cover, counted."""
        return coverage.tally({point: each.answer for point, each in self.held.items()})


def comparison(countries: Sequence[str]) -> list[Compared]:
    """What the laws in force of these countries cover, side by side; of several laws the best answer counts."""
    laws = list(NationalLaw.objects.filter(country__in=countries, stage__in=HOLDING))
    answers = answers_of(laws)
    found = []
    for land in countries:
        mine = [law for law in laws if law.country == land]
        best = coverage.best(plain(answers[law.pk]) for law in mine)
        found.append(Compared(land, mine, {point: _held(point, said, mine, answers) for point, said in best.items()}))
    return found


def _held(point: str, answer: str, laws: Sequence[NationalLaw], answers: Mapping[UUID, Mapping[str, LawPoint]]) -> Held:
    law = next(law for law in laws if point in answers[law.pk] and answers[law.pk][point].answer == answer)
    return Held(answer, law, answers[law.pk][point].article)


def scores_of(country: str, agency: UUID | None) -> list[Score]:
    """The scores of a country, one for each year, oldest first."""
    found = one_of_each(Score.objects.filter(country=country), lambda each: each.year, agency)
    return [found[year] for year in sorted(found)]


def trend(rows: Sequence[Score]) -> scores.Drawing | None:
    """The drawing of their sums; nothing without a score."""
    return scores.drawing([(each.year, each.total) for each in rows]) if rows else None


@dataclass(frozen=True)
class OfCountry:
    """What stands of a country, in plain rows for another page."""

    treaties: Sequence[Standing]  # those that somebody wrote down
    laws: Sequence[NationalLaw]
    score: Score | None  # the latest

    @property
    def bound(self) -> int:
        """To how many treaties it is a party."""
        return sum(each.is_bound for each in self.treaties)


def of_country(country: str, agency: UUID | None = None) -> OfCountry:
    """Treaties, laws and the latest 3P score of a country, as far as the reader may see them (`/law/in/…` has all)."""
    standings = [line for _body, lines in table([country], agency) for _treaty, [line] in lines if line.row]
    found = scores_of(country, agency)
    return OfCountry(standings, laws_of(country), found[-1] if found else None)
