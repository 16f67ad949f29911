"""What a law covers of the definition of Palermo and of the checklist, and what is missing (SPEC 13.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from havre.kernel.vocabularies import load

LIST = "LIST"
GROUPS = ("ACT", "MEANS", "PURPOSE", LIST)
ANSWERS = ("yes", "partly", "no")
LEAST_REFLECTION = 30  # days, of the Council of Europe's convention, article 13
BEST = {"yes": 0, "partly": 1, "no": 2}


def vocabulary(group: str) -> str:
    """The list that the points of a group stand in."""
    return "law_points" if group == LIST else "palermo_elements"


def points(group: str) -> list[str]:
    """The points of a group in their order."""
    if group == LIST:
        return list(load("law_points").codes)
    return [row["code"] for row in load("palermo_elements").rows if row["element"] == group]


def group_of(point: str) -> str:
    """The group that a point belongs to; KeyError for one of no list."""
    if point in load("law_points"):
        return LIST
    return load("palermo_elements").row(point)["element"]


@dataclass
class Tally:
    """Of one group: which points are covered, partly, not, and which nobody has read up."""

    group: str
    yes: list[str] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)
    no: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many points the group has."""
        return len(self.yes) + len(self.partly) + len(self.no) + len(self.unread)

    @property
    def vocabulary(self) -> str:
        """The list its points stand in."""
        return vocabulary(self.group)


def tally(answers: Mapping[str, str]) -> list[Tally]:
    """The answers on each point, counted by group."""
    found = []
    for group in GROUPS:
        one = Tally(group)
        for point in points(group):
            getattr(one, answers.get(point) or "unread").append(point)
        found.append(one)
    return found


def best(several: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Of several laws of one country, the best answer on each point: what one leaves out, another may hold."""
    found: dict[str, str] = {}
    for answers in several:
        for point, answer in answers.items():
            if point not in found or BEST[answer] < BEST[found[point]]:
                found[point] = answer
    return found


def too_short(reflection_days: int | None) -> bool:
    """Whether the time to reflect is shorter than the convention asks for."""
    return reflection_days is not None and reflection_days < LEAST_REFLECTION
