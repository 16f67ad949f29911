"""Hours of opening in words, for paper: `Mon–Fri 08:00–17:00`, in the clock of the place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from itertools import groupby

from babel.dates import get_day_names
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.directory.models import Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLAIN = re.compile(r"(MO|TU|WE|TH|FR|SA|SU)([,; ]+(MO|TU|WE|TH|FR|SA|SU))*\Z")


def said(schedules: Iterable[Schedule]) -> list[str]:
    """Each rule in words, days with the same hours together; what no short words fit is told in its own."""
    told = [(_clock(each), _days(each.byday)) if _is_plain(each) else (each.description, ()) for each in schedules]
    together: dict[str, set[int]] = {}
    for hours, days in told:
        together.setdefault(hours, set()).update(days)
    order = sorted(together, key=lambda hours: min(together[hours], default=len(DAYS)))
    return [_line(sorted(together[hours]), hours) for hours in order if hours]


def _line(days: list[int], hours: str) -> str:
    """Every day without a closing hour is day and night."""
    if hours == _("day and night") and len(days) == len(DAYS):
        return _("Day and night")
    return " ".join(filter(None, (_ranges(days), hours)))


def _is_plain(rule: Schedule) -> bool:
    """Every week on days that are named, with an hour of opening and one of closing."""
    rare = rule.bymonthday or rule.byweekno or rule.byyearday or (rule.interval or 1) > 1 or rule.freq == "MONTHLY"
    hours = rule.opens_at is not None and rule.closes_at is not None
    return hours and not rare and bool(PLAIN.match(rule.byday.upper()))


def _clock(rule: Schedule) -> str:
    """From when until when; from midnight until its last minute, or until the same hour, is the whole day."""
    opens, closes = rule.opens_at, rule.closes_at
    if closes is not None and (opens == closes or (opens == time(0) and closes >= time(23, 59))):
        return _("day and night")
    return "–".join(time_format(each, "TIME_FORMAT") for each in (opens, closes) if each is not None)


def _days(byday: str) -> tuple[int, ...]:
    return tuple(DAYS.index(each) for each in re.split(r"[,; ]+", byday.upper()))


def _ranges(days: list[int]) -> str:
    """Neighbouring days as `Mon–Fri`."""
    if not days:
        return ""
    names = _names(get_language() or "en")
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda pair: pair[1] - pair[0])]
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


@lru_cache
def _names(language: str) -> tuple[str, ...]:
    names = get_day_names("abbreviated", locale=language.replace("-", "_"))
    return tuple(str(names[day]) for day in range(7))
