"""What the answers show, what a person decides, and when the difference needs a reason.

The promise: a person decides, never the computation; and whoever departs from what the answers show says why. It rests
on SPEC 4: the computed finding, the worker's finding and the reason for a difference are all kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .finding import AgeGroup, Element, compute


@dataclass(frozen=True)
class Reading:
    """The three elements, the age group, and the finding they lead to."""

    age_group: AgeGroup
    act: Element
    means: Element
    purpose: Element

    @property
    def result(self) -> str:
        """The computed finding."""
        return compute(self.age_group, self.act, self.means, self.purpose)

    @property
    def states(self) -> Mapping[str, Element]:
        """The elements by their code."""
        return {"ACT": self.act, "MEANS": self.means, "PURPOSE": self.purpose}


@dataclass(frozen=True)
class Decision:
    """What a person makes of the answers."""

    act: Element
    means: Element
    purpose: Element
    result: str
    body: str
    definition: str
    reason: str = ""

    def reading(self, age_group: AgeGroup) -> Reading:
        """The elements as the person sees them, and where they lead."""
        return Reading(age_group, self.act, self.means, self.purpose)


def needs_reason(shown: Reading, decision: Decision) -> bool:
    """Whether the person departs from what the answers show, in an element or in the result."""
    seen = decision.reading(shown.age_group)
    return seen != shown or decision.result != seen.result
