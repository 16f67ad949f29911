"""Which of the eleven indicators of forced labour are there.

The promise: a list and its number, never a score. The source gives no weights and no threshold: one indicator may be
enough, often several point to it together (ILO 2012, SPEC 6.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def from_control(columns: Mapping[str, str], methods: Iterable[str]) -> list[str]:
    """The indicators that these methods of control show: `columns` has the methods of each, joined by ';'."""
    given = set(methods)
    return [code for code, cell in columns.items() if given & set(cell.split(";"))]


def flagged(filled: Iterable[str], marks: Mapping[str, str], order: Iterable[str]) -> list[str]:
    """The indicators that are there; what a worker said by hand goes before what was filled in."""
    known = set(filled)
    return [code for code in order if (marks[code] == "yes" if marks.get(code) else code in known)]
