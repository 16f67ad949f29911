"""What is read from a list of people as it is jotted down: a name, an age, who belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from havre.kernel.dates import EARLIEST_YEAR, DateRefused, PartialDate, from_age, parse

OLDEST = 110
AGE = re.compile(
    r"(?P<name>.*?\D)[\s,;،–-]+(?P<age>\d{1,4}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}/\d{4})(?:\s*(?:years?|ans?|y))?\.?"
)
BULLET = re.compile(r"^\s*(?:\d{1,3}[.)]|[-–•*])\s*")


class Unreadable(ValueError):
    """A text is neither an age nor a date of birth."""


@dataclass(frozen=True)
class Born:
    """When somebody was born, and whether it was told as an age."""

    when: PartialDate
    as_age: bool


def born(text: str, today: date) -> Born | None:
    """An age in years, a year of birth or a date; None for nothing; Unreadable for anything else."""
    text = text.strip()
    if not text:
        return None
    if text.isdecimal() and int(text) <= OLDEST:
        return Born(from_age(int(text), today), as_age=True)
    try:
        return Born(parse(text, not_after=today), as_age=False)
    except DateRefused:
        raise Unreadable(text) from None


def jotted(text: str) -> list[tuple[str, str]]:
    """The people of a list, one on each line: a name, and the age or year behind it when there is one."""
    lines = (" ".join(BULLET.sub("", line).split()) for line in text.splitlines())
    return [_split(line) for line in lines if line]


def _split(line: str) -> tuple[str, str]:
    found = AGE.fullmatch(line)
    name = found["name"].strip(" ,;،–-") if found else ""
    if not found or not name:
        return line, ""
    told = found["age"]
    likely = not told.isdecimal() or int(told) <= OLDEST or EARLIEST_YEAR <= int(told) <= 2100
    return (name, told) if likely else (line, "")


def tie_fault(row: int, to: int | None, kind: str, there: Sequence[int]) -> str:
    """What is wrong with a tie of a row to another: `no_row`, `no_kind`, `itself`, `nobody`, or nothing."""
    if kind and to is None:
        return "no_row"
    if to is not None and not kind:
        return "no_kind"
    if to is None:
        return ""
    if to == row:
        return "itself"
    return "" if to in there else "nobody"


def circular(ties: Mapping[int, tuple[str, int]]) -> int | None:
    """A row whose parent, or parent's parent, is its own child; None when the ties can be true."""
    parents = {row: to for row, (kind, to) in ties.items() if kind == "child"}
    for row in parents:
        seen, at = {row}, parents.get(row)
        while at is not None:
            if at in seen:
                return row
            seen.add(at)
            at = parents.get(at)
    return None
