"""What a card is called for somebody who reads Latin letters: a name in another script comes second, never lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

NAMES = frozenset({"Signal", "Telegram"})  # of lists, with a capital wherever they stand
OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00aa\u00ba\u00c0-\u024f\u02b0-\u036f\u1e00-\u1eff]")


class Named(Protocol):
    """An organisation, a service, a place or a programme."""

    @property
    def name(self) -> str:
        """In its own script."""

    @property
    def alternate_name(self) -> str:
        """In another one, or how it is called."""


def is_latin(text: str) -> bool:
    """Whether every letter is a Latin one."""
    return OTHER_SCRIPT.search(text) is None


def first_name(row: Named) -> str:
    """The name to begin with: its own, or the other one where only that is in Latin letters."""
    return row.alternate_name if _turned(row) else row.name


def second_name(row: Named) -> str:
    """The name that does not begin, if there are two."""
    other = row.name if _turned(row) else row.alternate_name
    return "" if other == first_name(row) else other


def _turned(row: Named) -> bool:
    return bool(row.alternate_name) and is_latin(row.alternate_name) and not is_latin(row.name)


def in_a_row(words: Iterable[str]) -> str:
    """Words of lists one after the other: the first as its list has it, the others as within a sentence."""
    found = [each for each in words if each]
    return ", ".join([*found[:1], *map(_within, found[1:])])


def _within(word: str) -> str:
    return word[0].lower() + word[1:] if word[1:2].islower() and word not in NAMES else word
