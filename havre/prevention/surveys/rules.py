"""Decisions about surveys as plain functions: whether one can be asked, and which comparison its answers allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

FEWEST_PAIRS = 10  # fewer tell nothing of a whole group
FEWEST = 2  # answers of a cell, without which there is no spread


class Question(Protocol):
    """What a rule asks of an item."""

    kind: str
    text: Mapping[str, str]
    right: bool | None


@dataclass(frozen=True)
class Ready:
    """What must hold before a survey is asked, each met or not."""

    titled: bool
    asked: bool
    spoken: bool
    keyed: bool

    @property
    def whole(self) -> bool:
        """All of it."""
        return self.titled and self.asked and self.spoken and self.keyed


def ready(title: Mapping[str, str], languages: Sequence[str], items: Sequence[Question]) -> Ready:
    """Title and questions in every language, one question at least, and each piece of knowledge with its answer."""
    spoken = all(item.text.get(language) for item in items for language in languages)
    keyed = all(item.right is not None for item in items if item.kind == "knowledge")
    return Ready(bool(languages) and all(title.get(each) for each in languages), bool(items), spoken, keyed)


def pairs_well(pairs: int, before: int, after: int) -> bool:
    """Whether the same people are compared: ten of them, and half of the smaller wave, have made their code again."""
    return pairs >= FEWEST_PAIRS and 2 * pairs >= min(before, after)


def next_code(kind: str, taken: Sequence[str]) -> str:
    """The code of a new item: K for knowledge, A for attitude, P for practice, and a number not in use."""
    letter = kind[0].upper()
    numbers = [int(code[1:]) for code in taken if code[0] == letter]
    return f"{letter}{max(numbers, default=0) + 1}"
