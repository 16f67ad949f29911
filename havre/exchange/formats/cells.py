"""One cell of a register, read by the kind of its field.

A sentence of a refusal never repeats what stands in the cell: columns slip, and a name then stands where a code was
due.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any

from havre.kernel import phones, places
from havre.kernel.dates import DateRefused, PartialDate, parse
from havre.kernel.vocabularies import load

LINE, LONG = 300, 20_000
OLDEST, MOST_CHILDREN = 120, 100
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TRUE, FALSE = {"true", "1", "yes", "vrai", "oui"}, {"false", "0", "no", "faux", "non"}
FEW = 6
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
DATES = {
    "unreadable": "not a date; write it as 2019-03-12, or 2019-03 or 2019 where no more is known",
    "impossible": "there is no such day; check the day and the month",
    "too_early": "the year lies before 1900; check it",
    "future": "this day has not come yet; check the year",
}


class BadCell(ValueError):
    """What is wrong with a cell and what to do, in words that do not repeat it."""


def text(raw: str, *, most: int = LINE) -> str:
    """Text as it was written; refused when a spreadsheet would run it, or when it cannot be shown."""
    if raw.startswith(FORMULA):
        raise BadCell("begins like a formula (= + - @ or a tab); put a word before it, or take the sign away")
    plain = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    # After the blanks too: a program that trims the cell would find the formula first.
    if plain.startswith(FORMULA):
        raise BadCell("begins like a formula after a blank; put a word before it, or take the sign away")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in plain):
        raise BadCell("holds a sign that cannot be shown; write the text anew")
    if len(plain) > most:
        raise BadCell(f"longer than the {most} characters kept here; shorten it")
    return plain


def line(raw: str) -> str:
    """Text on one line."""
    return " ".join(text(raw).split())


def words(raw: str) -> str:
    """Several sentences."""
    return text(raw, most=LONG)


def born(raw: str, today: date) -> PartialDate:
    """A day of birth, or as much of it as is known."""
    try:
        return parse(raw, not_after=today)
    except DateRefused as refused:
        raise BadCell(DATES[refused.code]) from None


def day(raw: str, today: date | None) -> date:
    """A whole day."""
    try:
        found = parse(raw, not_after=today)
    except DateRefused as refused:
        raise BadCell(DATES[refused.code]) from None
    if found.precision != "day":
        raise BadCell("the whole day is needed; write it as 2019-03-12, or leave the cell empty")
    return found.value


def number(raw: str, most: int) -> int:
    """A whole number from zero on."""
    plain = raw.strip()
    if not (plain.isascii() and plain.isdigit()) or int(plain[:9]) > most:
        raise BadCell(f"not a whole number from 0 to {most}; write digits only")
    return int(plain)


def decimal(raw: str) -> float:
    """Degrees."""
    if not re.fullmatch(r"\s*-?\d{1,3}([.,]\d{1,20})?\s*", raw, flags=re.ASCII):
        raise BadCell("not a number of degrees; write it as 45.764")
    return float(raw.replace(",", "."))


def tick(raw: str) -> bool:
    """Yes or no."""
    plain = raw.strip().casefold()
    if plain not in TRUE | FALSE:
        raise BadCell("neither true nor false; write one of the two, or leave the cell empty")
    return plain in TRUE


def code(raw: str, name: str) -> str:
    """A code of a list, by its name now."""
    found = load(name).canonical(raw)
    if found is None:
        raise BadCell(f"no code of the list {name}; {_instead(raw, name)}")
    return found


def _instead(raw: str, name: str) -> str:
    known = load(name).codes
    near = get_close_matches(raw.strip(), known, n=1, cutoff=0.75)
    if near:
        return f"is it {near[0]}?"
    return f"write one of {', '.join(known)}" if len(known) <= FEW else "write one of its codes"


def country(raw: str) -> str:
    """An alpha-2 code; `NA` is Namibia."""
    found = places.read_country(raw)
    if found is None:
        raise BadCell("no country of ISO 3166-1; write its code of two letters, such as MD")
    return found


def language(raw: str) -> str:
    """A language code."""
    found = places.read_language(raw)
    if found is None:
        raise BadCell("no language of ISO 639; write its code, such as ron")
    return found


def phone(raw: str) -> str:
    """A number that can be dialled from anywhere."""
    found = phones.clean(raw)
    if found is None:
        zeros = phones.normalise(raw).startswith("00")
        raise BadCell(
            f"no telephone number of E.164; write + and the country code{' in place of the zeros' if zeros else ''}"
        )
    return found


def email(raw: str) -> str:
    """An address to write to."""
    plain = line(raw)
    if not EMAIL.fullmatch(plain):
        raise BadCell("no complete email address; write it as name@example.org")
    return plain


def several(raw: str, read: Callable[[str], Any]) -> list[Any]:
    """The parts of a cell joined by ';', each once, in their order."""
    return list(dict.fromkeys(read(part) for part in raw.split(";") if part.strip()))


def in_places(raw: str, read: Callable[[str], Any]) -> list[Any]:
    """The parts of a cell joined by ';', each in its place, since they belong to those of another cell."""
    found = [read(part) if part.strip() else None for part in raw.split(";")]
    while found and found[-1] is None:
        found.pop()
    return found


def read(raw: str, kind: str, name: str, today: date) -> Any:
    """What a cell of that kind and field says, or BadCell."""
    readers: dict[str, Callable[[], Any]] = {
        "line": lambda: line(raw),
        "words": lambda: words(raw),
        "born": lambda: born(raw, today),
        "day": lambda: day(raw, None if name.startswith("spl_") else today),
        "days": lambda: in_places(raw, lambda part: day(part, None)),
        "reasons": lambda: in_places(raw, lambda part: code(part, name)),
        "number": lambda: number(raw, MOST_CHILDREN),
        "age": lambda: number(raw, OLDEST),
        "decimal": lambda: decimal(raw),
        "tick": lambda: tick(raw),
        "code": lambda: code(raw, name),
        "codes": lambda: several(raw, lambda part: code(part, name)),
        "country": lambda: country(raw),
        "countries": lambda: several(raw, country),
        "language": lambda: language(raw),
        "phone": lambda: phone(raw),
        "email": lambda: email(raw),
    }
    return readers[kind]()
