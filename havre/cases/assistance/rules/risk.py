"""How high a risk is.

The promise: a score is the product of two judgements of a person, its level comes from the list, and the worst risk
that stands decides. It rests on SPEC 8.4 and the list `risk_levels`, which is provisional.
"""

from collections.abc import Iterable

from havre.kernel.vocabularies import load

RETURN = "return"
OVERRIDDEN_FOR = ("travel", RETURN)  # only a journey waits for a level; nothing else does


def level(score: int | None) -> str:
    """The code of the level a score lies in; empty without one."""
    if score is None:
        return ""
    rows = sorted(load("risk_levels").rows, key=lambda row: int(row["most"]))
    return next((row["code"] for row in rows if score <= int(row["most"])), rows[-1]["code"])


def is_high(level: str) -> bool:
    """Whether a return waits at this level: high, or above it."""
    levels = list(load("risk_levels"))
    return level in levels and levels.index(level) >= levels.index("high")


def worst(scores: Iterable[int]) -> str:
    """The level of the highest score; empty when there is none."""
    return level(max(scores, default=None))


def allows(risks: Iterable[tuple[int, bool]]) -> bool:
    """Whether a return may go on: each risk (its score, whether it was overridden) is below high or overridden.

    Without any the return was not assessed, and waits.
    """
    judged = [overridden or not is_high(level(score)) for score, overridden in risks]
    return bool(judged) and all(judged)
