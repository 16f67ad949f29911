"""The table of risks: likelihood against impact, with words, and the risks that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language

from havre.cases.people.models import Case
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring

from .models import Risk
from .rules import risk as rules


@dataclass
class Cell:
    """One square: its score and level, and the numbers of the risks that stand there now and after measures."""

    score: int
    now: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The code of its level."""
        return rules.level(self.score)


@dataclass(frozen=True)
class Judged:
    """One standing risk with its number in the table and what was judged before."""

    number: int
    risk: Risk
    earlier: Sequence[Risk]

    @property
    def level(self) -> str:
        """The level before measures."""
        return rules.level(self.risk.score)

    @property
    def level_after(self) -> str:
        """The level with the measures; empty while nobody judged it."""
        return rules.level(self.risk.residual)

    @property
    def waits(self) -> bool:
        """Whether a journey waits for a decision in spite of it."""
        last = self.level_after or self.level
        return self.risk.about in rules.OVERRIDDEN_FOR and rules.is_high(last) and not self.risk.override_by_id


def judged(case: Case) -> list[Judged]:
    """Every risk that stands, the highest first, each with its earlier assessments."""
    keyring.load([case.pk])
    every = {each.pk: each for each in Risk.objects.filter(case=case).select_related("by", "owner", "override_by")}
    later = {each.supersedes_id for each in every.values()}
    stands = sorted((each for each in every.values() if each.pk not in later), key=lambda each: (-each.score, each.at))
    return [Judged(number, each, _before(each, every)) for number, each in enumerate(stands, 1)]


def _before(risk: Risk, every: dict[UUID, Risk]) -> list[Risk]:
    found: list[Risk] = []
    while risk.supersedes_id is not None:
        risk = every[risk.supersedes_id]
        found.append(risk)
    return found


@dataclass(frozen=True)
class Matrix:
    """The whole table: the words over its columns, and its rows from the likeliest down."""

    impacts: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    levels: Sequence[tuple[str, int, int]]  # the words of each level with its lowest and highest score
    provisional: bool


def matrix(risks: Sequence[Judged] = ()) -> Matrix:
    """The table with these risks in it."""
    language = get_language() or "en"
    likely, bad = load("risk_likelihood"), load("risk_impact")
    cells = {(int(one), int(two)): Cell(int(one) * int(two)) for one in likely for two in bad}
    for each in risks:
        cells[each.risk.likelihood, each.risk.impact].now.append(each.number)
        if each.risk.residual_likelihood and each.risk.residual_impact:
            cells[each.risk.residual_likelihood, each.risk.residual_impact].after.append(each.number)
    rows = [(likely.label(one, language), [cells[int(one), int(two)] for two in bad]) for one in reversed(list(likely))]
    shown = [bad.label(two, language) for two in bad]
    return Matrix(
        shown, rows, _levels(language), any(row["status"] == "provisional" for row in load("risk_levels").rows)
    )


def _levels(language: str) -> list[tuple[str, int, int]]:
    levels, least, found = load("risk_levels"), 1, []
    for row in sorted(levels.rows, key=lambda row: int(row["most"])):
        found.append((levels.label(row["code"], language), least, int(row["most"])))
        least = int(row["most"]) + 1
    return found
