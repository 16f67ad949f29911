"""Counts of people by sex and age: `{"female.child": 3, "male.adult": 12}`, without the cells where nobody was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from havre.kernel.vocabularies import load

SEXES, AGES = "sexes", "age_groups"
Counts = Mapping[str, int]


def cells() -> list[tuple[str, str]]:
    """Sex and age group of each cell, in the order in which they are asked."""
    return [(sex, age) for sex in load(SEXES) for age in load(AGES)]


def total(counts: Counts) -> int:
    """How many people."""
    return sum(counts.values())


def added(many: Iterable[Counts]) -> dict[str, int]:
    """Several counts in one: of ten sessions, for example."""
    whole: Counter[str] = Counter()
    for counts in many:
        whole.update(counts)
    return {cell: many for cell, many in whole.items() if many}


def by_sex(counts: Counts) -> dict[str, int]:
    """How many of each sex; those that nobody was of are left out."""
    return _along(counts, 0)


def by_age(counts: Counts) -> dict[str, int]:
    """How many of each age group; those that nobody was of are left out."""
    return _along(counts, 1)


def _along(counts: Counts, part: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for cell, many in counts.items():
        sums[cell.split(".")[part]] += many
    return dict(sums)
