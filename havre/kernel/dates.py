"""Dates as people remember them: a day, a month of a year, or a year alone.

A date that cannot be is refused with a code, since the sentence that explains it is the page's to translate.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, get_month_names

Precision = Literal["day", "month", "year"]
EARLIEST_YEAR = 1900
ADULT_FROM = 18  # Palermo Protocol, article 3(d)


class DateRefused(ValueError):
    """A text is no date that can be kept; `code` is `unreadable`, `impossible`, `too_early` or `future`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class PartialDate:
    """A date and how much of it is known; what is unknown is written as 1 in `value`."""

    value: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        month = 1 if self.precision == "year" else self.value.month
        day = self.value.day if self.precision == "day" else 1
        object.__setattr__(self, "value", date(self.value.year, month, day))

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return self.value

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        if self.precision == "day":
            return self.value
        month = 12 if self.precision == "year" else self.value.month
        return date(self.value.year, month, monthrange(self.value.year, month)[1])

    def __str__(self) -> str:
        return self.value.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]

    def typed(self) -> str:
        """The date as a form field shows it, which `parse` reads back: `12/03/2019`, `03/2019`, `2019`."""
        return "/".join(reversed(str(self).split("-")))

    def words(self, language: str) -> str:
        """The date as a sentence says it: `12 March 2019`, `mars 2019`, `2019`."""
        pattern = {"day": "d MMMM y", "month": "LLLL y", "year": "y"}[self.precision]
        said = format_date(self.value, pattern, locale=language.replace("-", "_"))
        # French says "1er mars" and "2 mars"; CLDR has the ordinal in no pattern.
        return said.replace("1 ", "1er ", 1) if language.startswith("fr") and said.startswith("1 ") else said


def parse(text: str, *, not_after: date | None = None) -> PartialDate:
    """The date a person typed, day before month; refused when it cannot be or begins after `not_after`."""
    found = _parts(_plain(text))
    if found is None:
        raise DateRefused("unreadable")
    year, month, day = found
    if year < EARLIEST_YEAR:
        raise DateRefused("too_early")
    try:
        value = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateRefused("impossible") from None
    if not_after is not None and value > not_after:
        raise DateRefused("future")
    return PartialDate(value, "year" if month is None else "month" if day is None else "day")


_SHAPES = (
    re.compile(r"(?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[/.-](?P<m>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[/. -](?P<m>\d{1,2})[/. -](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})"),
    re.compile(r"(?:(?P<d>\d{1,2})(?:er|st|nd|rd|th)? )?(?P<name>[^\W\d]+)(?: |\.)(?P<y>\d{4})"),
)


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match:
            got = match.groupdict()
            month = _months().get(got["name"]) if "name" in got else _number(got.get("m"))
            return None if "name" in got and month is None else (int(got["y"]), month, _number(got.get("d")))
    return None


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _plain(text: str) -> str:
    # Marks of direction come along when a date is copied out of an Arabic text.
    signs = unicodedata.normalize("NFKD", text)
    visible = "".join(sign for sign in signs if unicodedata.category(sign) not in ("Cf", "Mn"))
    return re.sub(r"\s*([/.-])\s*", r"\1", " ".join(visible.casefold().split())).strip()


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    every = [get_month_names(width, locale=locale) for locale in ("en", "fr") for width in ("wide", "abbreviated")]
    return {_plain(name).rstrip("."): number for names in every for number, name in names.items()}


def from_age(age: int, on: date) -> PartialDate:
    """The year of birth of a person who was that old on a day, as far as an age tells it."""
    if not 0 <= age <= on.year - EARLIEST_YEAR:
        raise DateRefused("impossible")
    return PartialDate(date(on.year - age, 1, 1), "year")


def age_on(born: PartialDate, day: date) -> tuple[int, int]:
    """The lowest and the highest age in whole years that a person can have on a day."""
    if born.first > day:
        raise DateRefused("future")
    return _years(min(born.last, day), day), _years(born.first, day)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_group(born: PartialDate | None, day: date) -> Literal["adult", "child", "unknown"]:
    """`adult` or `child` when every day the birth can have been says so, else `unknown`."""
    if born is None:
        return "unknown"
    low, high = age_on(born, day)
    return "adult" if low >= ADULT_FROM else "child" if high < ADULT_FROM else "unknown"


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
