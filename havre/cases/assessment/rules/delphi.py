"""What indicators of trafficking amount to, by the operational list of the ILO and the European Commission.

The promise: a reading aid that is the same for everybody and never a finding. An indicator that is not known counts as
absent; what it could change is reported as a range; and one more indicator never makes the result weaker. It rests on
the Delphi list of 2009 (SPEC 6.1): the rule of each dimension, and two ways to combine them, `strict` as in the labour
force survey of Moldova and `palermo`, this project's reading of article 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Strength = Literal["S", "M", "W"]
Answer = Literal["yes", "no", "unknown"]

DECEIVED, COERCED, ABUSED = "deceptive_recruitment", "coercive_recruitment", "recruitment_by_abuse_of_vulnerability"
EXPLOITED, HELD, ABUSED_THERE = "exploitation", "coercion_at_destination", "abuse_of_vulnerability_at_destination"
DIMENSIONS = (DECEIVED, COERCED, ABUSED, EXPLOITED, HELD, ABUSED_THERE)
PROFILES = ("adult_labour", "child_labour", "adult_sexual", "child_sexual")
# From the least to the most: one more dimension never leads to an earlier one.
CLASSES = (
    "not_exploited",
    "exploited_migrant",
    "deception_and_exploitation",
    "trafficking_abuse_of_vulnerability",
    "trafficking_for_forced_labour",
)


@dataclass(frozen=True)
class Counts:
    """How many strong, medium and weak indicators of a dimension are there."""

    strong: int = 0
    medium: int = 0
    weak: int = 0

    @property
    def positive(self) -> bool:
        """Whether they are enough for the dimension."""
        return positive(self.strong, self.medium, self.weak)


@dataclass(frozen=True)
class Range:
    """The counts when all that is unknown is absent, and when all of it is there."""

    low: Counts
    high: Counts

    @property
    def result(self) -> Answer:
        """`yes` or `no` when the unknown cannot change it, else `unknown`."""
        if self.low.positive:
            return "yes"
        return "unknown" if self.high.positive else "no"


@dataclass(frozen=True)
class Combined:
    """What the dimensions amount to by both rule sets."""

    strict: str
    palermo: bool


def positive(strong: int, medium: int, weak: int) -> bool:
    """The rule of a dimension (SPEC 6.1)."""
    return strong >= 2 or (strong >= 1 and medium + weak >= 1) or medium >= 3 or (medium >= 2 and weak >= 1)


def count(strengths: Iterable[str]) -> Counts:
    """The counts of these strengths."""
    given = list(strengths)
    return Counts(given.count("S"), given.count("M"), given.count("W"))


def read(strengths: Mapping[str, str], answers: Mapping[str, str]) -> Range:
    """The range of one dimension: its indicators with their strength, and the answers known of them."""
    shown = [each for code, each in strengths.items() if answers.get(code) == "yes"]
    open_ones = [each for code, each in strengths.items() if answers.get(code) not in ("yes", "no")]
    return Range(count(shown), count([*shown, *open_ones]))


def strict(there: Mapping[str, bool]) -> str:
    """The class as in the survey of Moldova, in its order (SPEC 6.1)."""
    if not there[EXPLOITED]:
        return "not_exploited"
    if there[HELD] and (there[DECEIVED] or there[COERCED]):
        return "trafficking_for_forced_labour"
    if there[HELD] and there[ABUSED]:
        return "trafficking_abuse_of_vulnerability"
    # With coercion at destination a deception would have been trafficking already.
    return "deception_and_exploitation" if there[DECEIVED] else "exploited_migrant"


def palermo(there: Mapping[str, bool], *, child: bool) -> bool:
    """Whether article 3 is met: for an adult exploitation and any other dimension, for a child exploitation alone."""
    others = any(there[each] for each in DIMENSIONS if each != EXPLOITED)
    return there[EXPLOITED] and (child or others)


def combine(there: Mapping[str, bool], *, child: bool) -> Combined:
    """Both combinations, to be shown side by side."""
    return Combined(strict(there), palermo(there, child=child))


@dataclass(frozen=True)
class Reading:
    """Everything the answers amount to for one profile."""

    profile: str
    dimensions: Mapping[str, Range]

    @property
    def child(self) -> bool:
        """Whether the profile is a child's."""
        return self.profile.startswith("child")

    @property
    def low(self) -> Combined:
        """Both combinations with all that is unknown absent: the score."""
        return combine({name: each.low.positive for name, each in self.dimensions.items()}, child=self.child)

    @property
    def high(self) -> Combined:
        """Both combinations with all that is unknown there."""
        return combine({name: each.high.positive for name, each in self.dimensions.items()}, child=self.child)


def assess(profile: str, weights: Mapping[str, Mapping[str, str]], answers: Mapping[str, str]) -> Reading:
    """The reading for a profile: `weights` are the strengths of its indicators by dimension."""
    return Reading(profile, {name: read(weights.get(name, {}), answers) for name in DIMENSIONS})
