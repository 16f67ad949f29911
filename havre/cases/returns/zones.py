"""Time zones by the names of places, and the local time of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.formats import date_format
from django.utils.translation import get_language

from havre.kernel.places import countries, country_label

Choice = tuple[str, str]


@lru_cache(maxsize=8)
def _named(language: str) -> dict[str, str]:
    """Every zone that has a country, by the name of the place, in the order of the names."""
    names = {
        zone: f"{_city(zone, language)}, {country_label(land, language)}"
        for zone, land in get_global("zone_territories").items()
        if land in countries and _exists(zone)
    }
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(ZoneInfo(zone), locale=language.replace("-", "_"), return_city=True))


def _exists(zone: str) -> bool:
    try:
        return bool(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return False


def of_country(country: str) -> list[str]:
    """The zones of a country; nothing of one we do not know."""
    return [zone for zone in get_global("territory_zones").get(country, ()) if _exists(zone)] if country else []


def choices(near: Iterable[str]) -> list[Choice | tuple[str, list[Choice]]]:
    """Every zone by its place, those of this journey first."""
    names = _named(get_language() or "en")
    first = [(zone, name(zone)) for zone in dict.fromkeys(near)]
    known = {zone for zone, _label in first}
    return [*first, ("–", [pair for pair in names.items() if pair[0] not in known])]


def name(zone: str) -> str:
    """The place a zone is called after."""
    return _named(get_language() or "en").get(zone, zone)


def local(moment: datetime, zone: str) -> datetime:
    """The moment by the clocks of the zone."""
    return moment.astimezone(ZoneInfo(zone or "UTC"))


def said(moment: datetime, zone: str) -> str:
    """A moment as the clocks of the place show it, with how far they are from universal time."""
    here = local(moment, zone)
    return f"{date_format(here.date(), 'MONTH_DAY_FORMAT')}, {date_format(here, 'TIME_FORMAT')} ({_apart(here)})"


def _apart(here: datetime) -> str:
    """`UTC+1`, `UTC−3`, `UTC+5:30`."""
    minutes = int((here.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
