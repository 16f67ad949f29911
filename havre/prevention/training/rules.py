"""What a test shows, when each level of Kirkpatrick is due, and who counts as trained (SPEC 13.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from havre.kernel.dates import months_after

Score = Decimal | float | int
Pair = tuple[Score | None, Score | None]
State = Literal["done", "due", "late", "waits"]
LATER = {3: (3, 6), 4: (6, 12)}  # months after the session


def gain(pre: Score | None, post: Score | None, top: Score | None) -> float | None:
    """What somebody learned of what was left to learn, g = (post − pre) / (max − pre).

    Nothing when a test is missing, and for whoever had every point before: they could not gain.
    """
    if pre is None or post is None or not top or pre >= top:
        return None
    return float(post - pre) / float(top - pre)  # type: ignore[operator]


@dataclass(frozen=True)
class GroupGain:
    """What a group learned, said both ways: the two differ, and neither alone is the group's gain."""

    people: int  # with both tests
    full: int  # who had every point before, of whom the first way says nothing
    each: float | None  # the mean of the gains of each
    whole: float | None  # the gain of the mean scores
    pre: float | None
    post: float | None


def group_gain(pairs: Iterable[Pair], top: Score | None) -> GroupGain:
    """Of those who took both tests."""
    both = [(float(pre), float(post)) for pre, post in pairs if pre is not None and post is not None]
    if not both or not top:
        return GroupGain(len(both), 0, None, None, None, None)
    gains = [found for pre, post in both if (found := gain(pre, post, float(top))) is not None]
    pre, post = _mean([each for each, _ in both]), _mean([each for _, each in both])
    each = _mean(gains) if gains else None
    return GroupGain(len(both), len(both) - len(gains), each, gain(pre, post, float(top)), pre, post)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


@dataclass(frozen=True)
class Level:
    """One level of Kirkpatrick: from when to when it is recorded, and how that stands."""

    number: int
    first: date
    last: date
    state: State

    @property
    def code(self) -> str:
        """As the list of levels has it."""
        return str(self.number)


def levels(begins: date, ends: date, recorded: Iterable[int], today: date) -> list[Level]:
    """The four levels of a session: the first two at its end, the others months later."""
    done = set(recorded)
    spans = {1: (ends, ends), 2: (begins, ends)}
    spans |= {level: (months_after(ends, first), months_after(ends, last)) for level, (first, last) in LATER.items()}
    return [Level(level, *span, _state(level in done, *span, today)) for level, span in spans.items()]


def _state(done: bool, first: date, last: date, today: date) -> State:
    if done:
        return "done"
    if today > last:
        return "late"
    return "due" if today >= first else "waits"


def mean_mark(marks: Iterable[int | None]) -> tuple[float | None, int]:
    """The mean of marks from 1 to 5 and of how many; empty ones do not count."""
    given = [each for each in marks if each is not None]
    return (_mean(given) if given else None), len(given)
