"""What a card is called for somebody who reads Latin letters: a name in another script comes second, never lost."""

from __future__ import annotations

import re
from typing import Protocol

OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00aa\u00ba\u00c0-\u024f\u02b0-\u036f\u1e00-\u1eff]")


class Named(Protocol):
    """An organisation, a service, a place or a programme."""

    name: str
    alternate_name: str


def is_latin(text: str) -> bool:
    """Whether every letter is a Latin one."""
    return OTHER_SCRIPT.search(text) is None


def first_name(row: Named) -> str:
    """The name to begin with: its own, or the other one where only that is in Latin letters."""
    return row.alternate_name if _turned(row) else row.name


def second_name(row: Named) -> str:
    """Its own name where another begins; else nothing."""
    return row.name if _turned(row) else ""


def _turned(row: Named) -> bool:
    return bool(row.alternate_name) and is_latin(row.alternate_name) and not is_latin(row.name)
