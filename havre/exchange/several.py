"""Several outgoing referrals in one row: cells joined by ';' whose parts belong together by their place.

How many there are is told by the bodies, the workers, the reasons and the days. Details are prose and often hold a ';'
of their own: they are cut only when they have as many parts as there are referrals, and are else those of the first.
A ';' that belongs to a text is written `\\;`. What is written is the plainest text that reads back the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

CUT = re.compile(r"(?<!\\);")


def parts(cell: str) -> list[str]:
    """The parts of a cell, in their places."""
    if ";" not in cell:
        return [cell] if cell else []
    return [part.strip().replace("\\;", ";") for part in CUT.split(cell)]


def aligned(cells: dict[str, list[str]], prose: dict[str, str]) -> list[dict[str, str]]:
    """One referral for each place, by the cells' names; no place that is empty in all of them."""
    many = max((len(each) for each in cells.values()), default=0) or (1 if any(prose.values()) else 0)
    columns = {**cells, **{name: details(cell, many) for name, cell in prose.items()}}
    rows = [dict(zip(columns, row, strict=True)) for row in zip_longest(*columns.values(), fillvalue="")]
    return [row for row in rows if any(row.values())]


def details(cell: str, many: int) -> list[str]:
    """The details of each of so many referrals."""
    if many > 1 and len(CUT.split(cell)) == many:
        return parts(cell)
    return [cell] if cell else []


def joined(texts: Sequence[str]) -> str:
    """The cell whose parts these are; places at the end that are empty are left out."""
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    return ";".join(map(_escaped, texts[:last]))


def joined_details(texts: Sequence[str]) -> str:
    """The cell of details, as `details` cuts it: all places, or those of the first alone."""
    first, *others = texts or [""]
    if not any(others) and details(first, len(texts)) in ([first], []):
        return first
    return ";".join(map(_escaped, texts))


def _escaped(text: str) -> str:
    # A blank after a last backslash, which reading takes away: it would else escape the ';' that follows.
    return text.replace(";", "\\;") + (" " if text.endswith("\\") else "")
