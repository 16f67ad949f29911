"""How files are dealt among colleagues: those that belong together stay together, and each gets about as many."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

F = TypeVar("F", bound=Hashable)


def dealt(files: Sequence[F], marks: Mapping[F, Hashable], hands: int) -> list[int]:
    """For each file the number of the hand it goes to; files with the same mark go to the same one."""
    together: dict[Hashable, list[int]] = {}
    for place, file in enumerate(files):
        together.setdefault(("mark", marks[file]) if file in marks else ("file", file), []).append(place)
    held, given = [0] * hands, [0] * len(files)
    for places in sorted(together.values(), key=len, reverse=True):
        hand = held.index(min(held))
        held[hand] += len(places)
        for place in places:
            given[place] = hand
    return given
