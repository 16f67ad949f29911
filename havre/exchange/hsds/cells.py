"""One value of a directory, read by the column it is for. A refusal never repeats what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from havre.exchange.formats.cells import EMAIL, UNSHOWN, BadCell, code, tick
from havre.exchange.formats.faults import _
from havre.kernel import phones, places

from .mapping import CODES, MODELS, column
from .schema import NOT_SAID, fields

LONG = 20_000
MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>")
LINK = re.compile(r"(?:https?://|urn:)[^\s<>\"]+", flags=re.IGNORECASE)
BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"]*)?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?\s*(Z|[+-]\d{2}:?\d{2})?", flags=re.ASCII)
DAYS = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?", flags=re.ASCII)
# The least and the most of a number, where the column itself would hold more.
BETWEEN = {
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "minimum_age": (0, 150),
    "maximum_age": (0, 150),
    "year_incorporated": (1000, 2100),
    "timezone": (-12, 14),
    "capacity_total": (0, 1_000_000),
    "capacity_available": (0, 1_000_000),
    "max_stay_days": (0, 100_000),
    "interval": (1, 10_000),
}
Read = Callable[[Any], Any]
Column = Any  # a field of a model


def told(raw: Any) -> str:
    """A value as text: JSON has numbers and truths of its own."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15 else str(raw)


def line(raw: Any, most: int) -> str:
    """Text on one line, without markup."""
    plain = told(raw)
    if len(plain) > most or not plain.isalnum():
        plain = " ".join(words(plain, most).split())
        if "<" in plain and MARKUP.search(plain):
            raise BadCell(_("holds HTML; write plain text"))
    return plain


def words(raw: Any, most: int = LONG) -> str:
    """Text as it was written."""
    plain = told(raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNSHOWN.search(plain):
        raise BadCell(_("holds a sign that cannot be shown; write the text anew"))
    if len(plain) > most:
        raise BadCell(_("longer than the %(most)d characters kept here; shorten it"), most=most)
    return plain


@lru_cache(maxsize=50_000)
def uuid_of(text: str) -> UUID:
    """An id; each is read several times, on its own row and on those that hang on it."""
    return UUID(text.strip())


def key(raw: Any) -> UUID:
    """An id."""
    try:
        return uuid_of(told(raw))
    except ValueError:
        raise BadCell(_("no UUID; HSDS 3.0 wants one, such as 9f2b1c1e-6d0a-4c55-8b0e-3f6f1f1c2a77")) from None


def email(raw: Any, most: int) -> str:
    """An address to write to."""
    plain = line(raw, most)
    if not EMAIL.fullmatch(plain):
        raise BadCell(_("no complete email address; write it as name@example.org"))
    return plain


def link(raw: Any, most: int) -> str:
    """An address of the web; what lacks its beginning gets it."""
    plain = line(raw, most)
    if BARE.fullmatch(plain):
        plain = f"https://{plain}"
    if not LINK.fullmatch(plain):
        raise BadCell(_("no address of the web; write it as https://example.org"))
    return plain


def number(raw: Any, least: float, most: float, whole: bool) -> Any:
    """A number within bounds."""
    try:
        found = Decimal(told(raw).strip().replace(",", "."))
        if not least <= found <= most or (whole and found != int(found)):
            raise ValueError
    except (ValueError, InvalidOperation, OverflowError):
        said = _("not a whole number from %(least)d to %(most)d") if whole else None
        said = said or _("not a number from %(least)d to %(most)d")
        raise BadCell(said, least=int(least), most=int(most)) from None
    return int(found) if whole else float(found)


def latitude(raw: Any) -> float:
    """Degrees north."""
    try:
        return float(number(raw, -90, 90, whole=False))
    except BadCell:
        raise BadCell(
            _("not a latitude from -90 to 90; check whether latitude and longitude stand in each other’s place")
        ) from None


def day(raw: Any) -> date:
    """A day."""
    found = DAY.fullmatch(told(raw).strip())
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise BadCell(_("not a day of the calendar; write it as 2026-03-12")) from None


def moment(raw: Any) -> datetime:
    """A moment; without a zone, one of this installation's."""
    try:
        found = datetime.fromisoformat(told(raw).strip())
    except ValueError:
        raise BadCell(_("not a moment; write it as 2026-03-12T09:30:00Z")) from None
    return found if found.tzinfo else timezone.make_aware(found)


def clock(raw: Any) -> time:
    """A time of the day; 24:00 is the midnight that ends it."""
    found = CLOCK.fullmatch(told(raw).strip())
    hours, minutes, seconds = (int(found[each] or 0) for each in (1, 2, 3)) if found else (99, 0, 0)
    try:
        return time(0 if (hours, minutes, seconds) == (24, 0, 0) else hours, minutes, seconds)
    except ValueError:
        raise BadCell(_("no time of the day; write it as 09:30, from 00:00 to 24:00")) from None


def zone_of(raw: Any) -> float | None:
    """The hours from UTC that stand behind a time, if any do."""
    found = CLOCK.fullmatch(told(raw).strip())
    if not found or not found[4]:
        return None
    sign = found[4].replace(":", "")
    return 0.0 if sign == "Z" else (int(sign[1:3]) + int(sign[3:5]) / 60) * (-1 if sign[0] == "-" else 1)


def days(raw: Any) -> str:
    """Days of the week."""
    parts = [each.strip().upper() for each in told(raw).split(",")]
    if not all(DAYS.fullmatch(each) for each in parts):
        raise BadCell(_("no days of the week; write them as MO,TU,WE,TH,FR,SA,SU"))
    return ",".join(parts)


def one_of(raw: Any, known: tuple[str, ...]) -> str:
    """One of the values that the standard names."""
    plain = told(raw).strip()
    for each in known:
        if each.casefold() == plain.casefold():
            return each
    raise BadCell(_("not one of %(codes)s"), codes=", ".join(known))


def phone(raw: Any, most: int) -> str:
    """A number as it is dialled."""
    plain = line(raw, most)
    if sum(sign.isdecimal() for sign in plain) < 2:
        raise BadCell(_("no telephone number; write its digits"))
    return plain


def country(raw: Any) -> str:
    """A country; a dash says that nobody knows."""
    found = places.read_country(told(raw))
    if found is None:
        raise BadCell(_("no country of ISO 3166-1; write its code of two letters, such as MD"))
    return found


def language(raw: Any) -> str:
    """A language; what stands behind its code (`en-GB`) is left."""
    found = places.read_language(re.split("[-_]", told(raw).strip())[0])
    if found is None:
        raise BadCell(_("no language of ISO 639; write its code, such as ron"))
    return found


def several(raw: Any, read: Read) -> list[str]:
    """Codes joined by semicolons."""
    return list(dict.fromkeys(read(each) for each in told(raw).split(";") if each.strip()))


def dialled(number: str) -> str:
    """The number as it can be dialled from anywhere, with its country; nothing of a short or a local one."""
    bare = phones.normalise(number)
    bare = f"+{bare[2:]}" if bare.startswith("00") else bare
    return bare if bare.startswith("+") and phones.is_e164(bare) else ""


ALONE: dict[str, Read] = {
    "latitude": latitude,
    "opens_at": clock,
    "closes_at": clock,
    "byday": days,
    "country": country,
}


@cache
def reader(entity: str, name: str) -> Read:
    """Reads the values of a field of HSDS, or of ours; BadCell for one that cannot be kept."""
    known = fields(entity).get(name)
    if name == "id" or name.endswith("_id"):
        return key
    if known and known.enum:
        return partial(one_of, known=known.enum)
    if entity in MODELS and (ours := column(entity, name)):
        return _of_column(name, MODELS[entity]._meta.get_field(ours), known.format if known else "")
    if known and known.type == "number":
        return partial(number, least=-1e12, most=1e12, whole=False)
    return _of_text(known.format if known else "", LONG) or words


def _of_text(format: str, most: int) -> Read | None:
    kinds: dict[str, Any] = {"email": email, "uri": link}
    return partial(kinds[format], most=most) if format in kinds else None


def _of_column(name: str, field: Column, format: str) -> Read:
    if name in CODES:
        read = partial(code, name=CODES[name])
        return partial(several, read=read) if isinstance(field, ArrayField) else read
    if isinstance(field, ArrayField):
        return partial(several, read=language if name == "languages" else country)
    if name in ALONE:
        return ALONE[name]
    if field.model is MODELS["language"] and name == "code":
        return language
    if field.model is MODELS["phone"] and name == "number":
        return partial(phone, most=60)
    return _of_text(format, getattr(field, "max_length", None) or LONG) or _of_kind(name, field)


def _of_kind(name: str, field: Column) -> Read:
    if isinstance(field, models.BooleanField):
        return lambda raw: tick(told(raw))
    if isinstance(field, models.DateTimeField):
        return moment
    if isinstance(field, models.DateField):
        return day
    if isinstance(field, (models.FloatField, models.DecimalField)):
        least, most = BETWEEN.get(name, (-1e9, 1e9))
        return partial(number, least=least, most=most, whole=False)
    if isinstance(field, models.IntegerField):
        least, most = BETWEEN.get(name, (0, 2_000_000_000))
        return partial(number, least=least, most=most, whole=True)
    return words if isinstance(field, models.TextField) else partial(line, most=field.max_length or LONG)


def is_said(raw: Any, required: bool) -> bool:
    """Whether there is anything: a dash stands where the standard wants a text and nobody knows one."""
    return raw is not None and (plain := told(raw).strip()) != "" and not (required and plain == NOT_SAID)
