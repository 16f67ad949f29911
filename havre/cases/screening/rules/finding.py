"""Whether what was said amounts to trafficking in persons.

The promise: a reading aid, the same for everybody, that a person confirms or overrules. Whether the person consented
never weighs, and for a child no means is asked.

It rests on the Palermo Protocol, article 3: (a) an act, by some means, for exploitation, done or only intended;
(b) consent is irrelevant; (c) for a child the means are not needed; (d) a child is under eighteen. And on Council of
Europe Convention 197, article 10(3): where age is uncertain and there is reason to believe so, a child until verified.
"""

from collections.abc import Iterable
from typing import Literal

AgeGroup = Literal["adult", "child", "unknown"]
Element = Literal["yes", "no", "unknown"]
ACTUAL = "ActualVictimOfTrafficking"
POSSIBLE = "PossibleVictimOfTrafficking"
NOT_A_VICTIM = "NotAVictimOfTrafficking"


def element(answers: Iterable[str]) -> Element:
    """`yes` once one coded answer is yes, `no` when each is an explicit no, else `unknown`."""
    given = set(answers)
    if "yes" in given:
        return "yes"
    return "no" if given == {"no"} else "unknown"


def age_group_used(known: AgeGroup, *, presumed_minor: bool) -> AgeGroup:
    """The age group the finding uses: a person of uncertain age who may be a child counts as one."""
    return "child" if known == "unknown" and presumed_minor else known


def compute(age_group: AgeGroup, act: Element, means: Element, purpose: Element, consent: str | None = None) -> str:
    """The finding these elements lead to; `consent` is taken so that callers can show that it changes nothing."""
    as_child = _result(act, purpose)
    as_adult = _result(act, means, purpose)
    if age_group == "child":
        return as_child
    if age_group == "adult":
        return as_adult
    return as_child if as_child == as_adult else POSSIBLE


def _result(*needed: Element) -> str:
    if "no" in needed:
        return NOT_A_VICTIM
    return POSSIBLE if "unknown" in needed else ACTUAL
