"""One cell of a register, read by the kind of its field, and written so that it can be read again.

A sentence of a refusal never repeats what stands in the cell: columns slip, and a name then stands where a code was
due.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from typing import Any

from havre.exchange.formats.faults import Sentence, Value, _
from havre.kernel import guards, phones, places
from havre.kernel.dates import EARLIEST_YEAR, DateRefused, PartialDate, parse
from havre.kernel.vocabularies import load

LINE, LONG = 300, 20_000
OLDEST, MOST_CHILDREN = 120, 100
TRUE, FALSE = {"true", "1", "yes", "vrai", "oui"}, {"false", "0", "no", "faux", "non"}
FEW = 6
REMEMBERED = 10_000  # different cells of a column whose meaning is kept: codes and days come again and again
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
DASHES = re.compile(r"[-\u2010-\u2015]+")
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?Z?")
ISO = re.compile(r"\d{4}-\d\d-\d\d", flags=re.ASCII)
DEGREES = re.compile(r"\s*-?\d{1,3}([.,]\d{1,20})?\s*", flags=re.ASCII)
DATES = {
    "unreadable": _("not a date; write it as 2019-03-12, or 2019-03 or 2019 where no more is known"),
    "impossible": _("there is no such day; check the day and the month"),
    "too_early": _("the year lies before 1900; check it"),
    "future": _("this day has not come yet; check the year"),
}
# Words with one sign between them at most: nothing that is looked for in a text can stand in it.
PLAIN = re.compile(r"\w+(?:[ .,/’-]\w+)*")
Read = Callable[[str], Any]


class BadCell(ValueError):
    """What is wrong with a cell and what to do, in words that do not repeat it."""

    def __init__(self, message: str, **values: Value) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, values)


def text(raw: str, *, most: int = LINE, starts: Callable[[str], bool] = guards.runs) -> str:
    """Text as it was written; refused when a spreadsheet would run it, or when it cannot be shown."""
    plain = _lines(raw)
    # Before the blanks are taken away and after: a program that trims the cell would find the formula first.
    if starts(raw) or starts(plain):
        raise BadCell(_("begins like a formula (= + - @ or a tab); put a word before it, or take the sign away"))
    return _kept(plain, most)


def _lines(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n").strip()


def _kept(plain: str, most: int) -> str:
    if UNSHOWN.search(plain):
        raise BadCell(_("holds a sign that cannot be shown; write the text anew"))
    if len(plain) > most:
        raise BadCell(_("longer than the %(most)d characters kept here; shorten it"), most=most)
    return plain


def guarded(raw: str, most: int) -> str | None:
    """Text whose first sign was guarded when it was written, as we and some spreadsheets do; nothing for other text."""
    bare = guards.unguarded(raw)
    return None if bare == raw else _kept(_lines(bare), most)


def line(raw: str) -> str:
    """Text on one line."""
    if PLAIN.fullmatch(raw) and len(raw) <= LINE:
        return raw
    found = guarded(raw, LINE)
    if DASHES.fullmatch(raw.strip()):
        raise BadCell(_("only a dash; leave the cell empty where nothing is recorded"))
    return " ".join((text(raw) if found is None else found).split())


def words(raw: str) -> str:
    """Several sentences, which may be a list with dashes."""
    found = guarded(raw, LONG)
    return text(raw, most=LONG, starts=guards.runs_in_words) if found is None else found


def outside(raw: str) -> str:
    """What stands in a column that is none of the standard."""
    return raw.strip() if DASHES.fullmatch(raw.strip()) else words(raw)


def reference(raw: str, most: int) -> str:
    """The number an office gives somebody."""
    found = line(raw)
    if len(found) > most:
        raise BadCell(_("longer than the %(most)d characters kept here; shorten it"), most=most)
    return found


def born(raw: str, today: date) -> PartialDate:
    """A day of birth, or as much of it as is known."""
    return _date(raw, today)


def day(raw: str, today: date | None) -> date:
    """A whole day."""
    found = _date(raw, today)
    if found.precision != "day":
        raise BadCell(_("the whole day is needed; write it as 2019-03-12, or leave the cell empty"))
    return found.value


def _date(raw: str, today: date | None) -> PartialDate:
    plain = MIDNIGHT.sub("", raw.strip())
    try:
        if ISO.fullmatch(plain) and int(plain[:4]) >= EARLIEST_YEAR:
            found = PartialDate(date.fromisoformat(plain))
            if today is None or found.value <= today:
                return found
    except ValueError:
        pass
    try:
        return parse(plain, not_after=today)
    except DateRefused as refused:
        raise BadCell(DATES[refused.code]) from None


def number(raw: str, most: int) -> int:
    """A whole number from zero on."""
    plain = raw.strip()
    if not (plain.isascii() and plain.isdigit()) or int(plain[:9]) > most:
        raise BadCell(_("not a whole number from 0 to %(most)d; write digits only"), most=most)
    return int(plain)


def decimal(raw: str) -> float:
    """Degrees."""
    if not DEGREES.fullmatch(raw):
        raise BadCell(_("not a number of degrees; write it as 45.764"))
    return float(raw.replace(",", "."))


def tick(raw: str) -> bool:
    """Yes or no."""
    plain = raw.strip().casefold()
    if plain not in TRUE | FALSE:
        raise BadCell(_("neither true nor false; write one of the two, or leave the cell empty"))
    return plain in TRUE


def code(raw: str, name: str) -> str:
    """A code of a list, by its name now."""
    found = load(name).canonical(raw)
    if found is not None:
        return found
    known = load(name).codes
    near = get_close_matches(raw.strip()[:100], known, n=1, cutoff=0.75)
    if near:
        raise BadCell(_("no code of the list %(list)s; is it %(near)s?"), list=name, near=near[0])
    if len(known) <= FEW:
        raise BadCell(_("no code of the list %(list)s; write one of %(codes)s"), list=name, codes=", ".join(known))
    raise BadCell(_("no code of the list %(list)s; write one of its codes"), list=name)


def country(raw: str) -> str:
    """An alpha-2 code; `NA` is Namibia."""
    found = places.read_country(raw)
    if found is None:
        raise BadCell(_("no country of ISO 3166-1; write its code of two letters, such as MD"))
    return found


def language(raw: str) -> str:
    """A language code."""
    found = places.read_language(raw)
    if found is None:
        raise BadCell(_("no language of ISO 639; write its code, such as ron"))
    return found


def phone(raw: str) -> str:
    """A number that can be dialled from anywhere."""
    if phones.is_e164(raw):
        return raw
    found = phones.clean(raw.lstrip("'"))
    if found is not None:
        return found
    if phones.normalise(raw[:100]).startswith("00"):
        raise BadCell(_("no telephone number of E.164; write + and the country code in place of the zeros"))
    raise BadCell(_("no telephone number of E.164; write + and the country code"))


def email(raw: str) -> str:
    """An address to write to."""
    plain = line(raw)
    if not EMAIL.fullmatch(plain):
        raise BadCell(_("no complete email address; write it as name@example.org"))
    return plain


def several(raw: str, read: Read) -> list[Any]:
    """The parts of a cell joined by ';', each once, in their order."""
    return list(dict.fromkeys(read(part) for part in raw.split(";") if part.strip()))


def in_places(raw: str, read: Read) -> list[Any]:
    """The parts of a cell joined by ';', each in its place, since they belong to those of another cell."""
    found = [read(part) if part.strip() else None for part in raw.split(";")]
    while found and found[-1] is None:
        found.pop()
    return found


def remembered(read: Read) -> Read:
    """The same reader, which does not think twice about a cell."""
    known: dict[str, Any] = {}

    def again(raw: str) -> Any:
        if (value := known.get(raw)) is None:
            value = read(raw)
            if len(known) < REMEMBERED and len(raw) < LINE:
                known[raw] = value
        return value.copy() if type(value) is list else value

    return again


def reader(kind: str, name: str, today: date) -> Read:
    """Reads the cells of a field; BadCell for one that cannot be kept."""
    if kind in ("line", "words", "phone", "email"):
        return {"line": line, "words": words, "phone": phone, "email": email}[kind]
    readers: dict[str, Read] = {
        "born": partial(born, today=today),
        "day": partial(day, today=None if name.startswith("spl_") else today),
        "days": partial(in_places, read=partial(day, today=None)),
        "reasons": partial(in_places, read=partial(code, name=name)),
        "number": partial(number, most=MOST_CHILDREN),
        "age": partial(number, most=OLDEST),
        "decimal": decimal,
        "tick": tick,
        "code": partial(code, name=name),
        "codes": partial(several, read=partial(code, name=name)),
        "country": country,
        "countries": partial(several, read=country),
        "language": language,
    }
    return remembered(readers[kind])


def written(value: Any, kind: str) -> str:
    """The inverse of reading, without guards: booleans, days and codes as the standard writes them."""
    if isinstance(value, list):
        return ";".join(written(each, kind) for each in value)
    if value is None:
        return ""
    if kind == "language":
        return places.iso_639_2(str(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
