"""The words the pages of this room share: a person in a few words, a number said, a span of time."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from havre.cases.people.models import Person
from havre.cases.people.shown import child
from havre.kernel.dates import PartialDate, age_on
from havre.kernel.vocabularies import load
from havre.platform.ui.templatetags.words import moment as moment
from havre.platform.ui.templatetags.words import short_day as short_day

ADULTS: dict[str, Promise] = {"Feminine": gettext_lazy("Woman"), "Masculine": gettext_lazy("Man")}
CHILDREN: dict[str, Promise] = {"Feminine": gettext_lazy("Girl"), "Masculine": gettext_lazy("Boy")}
NUMBERS: tuple[str | Promise, ...] = (
    "0",
    pgettext_lazy("a number in a sentence", "one"),
    pgettext_lazy("a number in a sentence", "two"),
    pgettext_lazy("a number in a sentence", "three"),
    pgettext_lazy("a number in a sentence", "four"),
    pgettext_lazy("a number in a sentence", "five"),
    pgettext_lazy("a number in a sentence", "six"),
    pgettext_lazy("a number in a sentence", "seven"),
    pgettext_lazy("a number in a sentence", "eight"),
    pgettext_lazy("a number in a sentence", "nine"),
    pgettext_lazy("a number in a sentence", "ten"),
)
SPOKEN_PARTS = 280  # of a note on the first page of the file; the whole stands under "All entries"


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def label(name: str, code: str) -> str:
    """The words of a code; several, joined by ';', are listed."""
    return ", ".join(load(name).label(each, language()) for each in (code or "").split(";") if each)


def listed(name: str, codes: str) -> str:
    """Several codes inside a sentence: only the first begins with a capital."""
    first, *others = [label(name, code) for code in (codes or "").split(";")]
    return ", ".join([first, *(each[:1].lower() + each[1:] for each in others)])


def spelled(number: int, *, first: bool = False) -> str:
    """A number as a sentence says it, with a capital where it begins one."""
    said = str(NUMBERS[number]) if number < len(NUMBERS) else str(number)
    return said[:1].upper() + said[1:] if first else said


def gender(person: Person, today: date) -> str:
    """Woman, man, girl, boy, or the words of the list."""
    return _gender(person.gender, child(person, today))


def _gender(code: str, young: bool) -> str:
    words = CHILDREN if young else ADULTS
    return str(words[code]) if code in words else label("prs_Gender", code)


def age(born: PartialDate | None, today: date) -> str:
    """The age, or the two it can be; nothing when it is not known."""
    if born is None or born.first > today:
        return ""
    low, high = age_on(born, today)
    if low == high:
        return pgettext("an age", "%(age)s") % {"age": low}
    return _("%(low)s or %(high)s") % {"low": low, "high": high}


def in_short(person: Person, today: date) -> str:
    """Gender and year of birth, for a row of a list."""
    return _in_short(person.gender, person.birth_year, child(person, today), language())


@lru_cache(maxsize=2000)
def _in_short(code: str, birth_year: int | None, young: bool, language: str) -> str:
    parts = [_gender(code, young)]
    if birth_year:
        parts.append(_("born %(year)s") % {"year": birth_year})
    return pgettext("between the facts of a person", ", ").join(part for part in parts if part)


def since(then: date, today: date) -> str:
    """How long something lasts: days, then weeks, then months."""
    days = max((today - then).days, 0)
    if not days:
        return pgettext("for how long", "today")
    if days < 14:
        return in_days(days)
    if days < 182:
        return ngettext("%(n)s week", "%(n)s weeks", days // 7) % {"n": days // 7}
    return ngettext("%(n)s month", "%(n)s months", days // 30) % {"n": days // 30}


def in_days(number: int) -> str:
    """A number of days."""
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


def short_moment(at: datetime) -> str:
    """A time of day where there is little room, with its day unless that is today."""
    here = localtime(at)
    clock = date_format(here, "TIME_FORMAT")
    return clock if here.date() == localdate() else f"{short_day(here.date())} {clock}"


def long_day(today: date) -> str:
    """The day as the head of a page says it."""
    weekday = date_format(today, "l")
    said = _("%(weekday)s %(day)s") % {"weekday": weekday, "day": PartialDate(today).words(language())}
    return said[:1].upper() + said[1:]


def shortened(text: str, most: int = SPOKEN_PARTS) -> str:
    """The first words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def greeting(name: str, hour: int) -> str:
    """A greeting by the time of day, without the initial that some write after their first name."""
    first, _blank, last = name.rpartition(" ")
    called = first if first and len(last.strip(".")) <= 1 else name
    if hour < 12:
        return _("Good morning, %(name)s.") % {"name": called}
    if hour < 18:
        return _("Good afternoon, %(name)s.") % {"name": called}
    return _("Good evening, %(name)s.") % {"name": called}
