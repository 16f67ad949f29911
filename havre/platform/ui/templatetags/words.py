"""Words for codes in the reader's language, and the token that makes a form count once."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel import places, vocabularies

register = template.Library()


@register.filter
def label(code: str, name: str) -> str:
    """The words for a code of the list of that name; several codes joined by ';' are listed."""
    language = get_language() or "en"
    return ", ".join(vocabularies.load(name).label(each, language) for each in str(code or "").split(";") if each)


@register.filter
def country(code: str) -> str:
    """The name of a country."""
    return places.country_label(code, get_language() or "en") if code else ""


@register.filter
def language_name(code: str) -> str:
    """The name of a language."""
    return places.language_label(code, get_language() or "en") if code else ""


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A day as people write it: without the year when it is this year's."""
    if value is None:
        return ""
    return _written(value, "MONTH_DAY_FORMAT" if value.year == date.today().year else "DATE_FORMAT", get_language())


@register.filter
def short_day(value: date | None) -> str:
    """A day where there is little room."""
    if value is None:
        return ""
    return _short(value, "d MMM" if value.year == date.today().year else "d MMM y", get_language() or "en")


@register.filter
def days(first: date, last: date) -> str:
    """From one day to another, said once where both share it: 9–11 July."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{short_day(first)} – {short_day(last)}"


@register.filter
def moment(at: datetime) -> str:
    """A day and a time of day; of today and yesterday in words."""
    here = localtime(at)
    clock = date_format(here, "TIME_FORMAT")
    ago = (localdate() - here.date()).days
    if ago == 0:
        return _("today, %(time)s") % {"time": clock}
    if ago == 1:
        return _("yesterday, %(time)s") % {"time": clock}
    return _("%(day)s, %(time)s") % {"day": day(here.date()), "time": clock}


@lru_cache(maxsize=2000)
def _short(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=language.replace("-", "_"))


@lru_cache(maxsize=2000)
def _written(value: date, pattern: str, language: str | None) -> str:
    return date_format(value, pattern)


@register.simple_tag
def form_token() -> SafeString:
    """A hidden token: the form that carries it is acted upon once, however often it is sent."""
    return format_html('<input type="hidden" name="form_token" value="{}">', uuid.uuid4())
