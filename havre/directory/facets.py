"""What services are found by, gathered from the other rows of their card. No row tells of one that goes less far.

`refresh` is called by whatever writes rows of a card, once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from havre.kernel.vocabularies import load
from havre.platform.database.arrays import array

from . import folding, opening
from .models import Schedule

AT_ONCE = 2000
DAY_AND_NIGHT = "{MO,TU,WE,TH,FR,SA,SU}"

# One look at each index for each service: with many new rows, which no statistics know, a join may look at all of them.
GATHERED = f"""
select s.id,
  coalesce((select array_agg(distinct c.country order by c.country) from (
      select l.country from directory_serviceatlocation a join directory_location l on l.id = a.location_id
      where a.service_id = s.id and greatest(a.visibility, l.visibility) <= s.visibility
      union all
      select r.country from directory_servicearea r where r.service_id = s.id and r.visibility <= s.visibility
    ) c where c.country <> ''), o.countries)::text,
  coalesce((select array_agg(distinct t.code order by t.code) from (
      select t.code, t.visibility from directory_language t where t.service_id = s.id
      union all
      select t.code, greatest(p.visibility, t.visibility) from directory_phone p
      join directory_language t on t.phone_id = p.id where p.service_id = s.id
      union all
      select t.code, greatest(a.visibility, p.visibility, t.visibility) from directory_serviceatlocation a
      join directory_phone p on p.service_at_location_id = a.id join directory_language t on t.phone_id = p.id
      where a.service_id = s.id
      union all
      select t.code, greatest(a.visibility, t.visibility) from directory_serviceatlocation a
      join directory_language t on t.location_id = a.location_id where a.service_id = s.id
    ) t where t.visibility <= s.visibility and t.code <> ''), '{{}}')::text,
  exists (select from directory_phone p where p.service_id = s.id and p.hours_24_7 and p.visibility <= s.visibility)
  or exists (
    select from directory_serviceatlocation a join directory_phone p on p.service_at_location_id = a.id
    where a.service_id = s.id and p.hours_24_7 and greatest(a.visibility, p.visibility) <= s.visibility)
  or exists (
    select from directory_schedule h where h.service_id = s.id and h.visibility <= s.visibility
      and (h.opens_at = h.closes_at or h.opens_at = '00:00' and h.closes_at >= '23:59')
      and upper(h.freq) in ('', 'WEEKLY') and coalesce(h.interval, 1) = 1 and coalesce(h.count, 0) = 0
      and h.valid_from is null and h.valid_to is null and h.until is null and coalesce(h.dtstart <= current_date, true)
      and concat(h.byweekno, h.bymonthday, h.byyearday) = '' and (h.zone <> '' or h.timezone is not null)
      and regexp_split_to_array(upper(h.byday), '[,;\\s]+') @> '{DAY_AND_NIGHT}'),
  coalesce((select array_agg(h.id order by h.id) from (
      select h.id from directory_schedule h where h.service_id = s.id and h.visibility <= s.visibility
      union
      select h.id from directory_serviceatlocation a join directory_schedule h on h.service_at_location_id = a.id
      where a.service_id = s.id and greatest(a.visibility, h.visibility) <= s.visibility) h), (
    select array_agg(h.id order by h.id) from directory_serviceatlocation a
    join directory_schedule h on h.location_id = a.location_id
      and h.service_id is null and h.service_at_location_id is null
    where a.service_id = s.id and greatest(a.visibility, h.visibility) <= s.visibility), '{{}}')::text,
  o.name, o.alternate_name, s.name, s.alternate_name, s.description, s.service_type,
  (select string_agg(concat_ws(' ', l.city, l.region, l.name), ' ') from directory_serviceatlocation a
    join directory_location l on l.id = a.location_id
    where a.service_id = s.id and greatest(a.visibility, l.visibility) <= s.visibility),
  (select string_agg(r.name, ' ') from directory_servicearea r
    where r.service_id = s.id and r.visibility <= s.visibility)
from directory_service s join directory_organisation o on o.id = s.organisation_id
where s.id = any(%s::uuid[]) for no key update of s
"""  # noqa: S608 - our own words

# All at once, and only where something changed: each write of a service goes into the large index.
WRITTEN = """
update directory_service s set countries = w.countries::varchar[], languages = w.languages::varchar[],
  always_open = w.always_open, hours = w.hours::uuid[], folded = w.folded::tsvector
from unnest(%s::uuid[], %s::text[], %s::text[], %s::bool[], %s::text[], %s::text[])
  w (id, countries, languages, always_open, hours, folded)
where s.id = w.id and (s.countries, s.languages, s.always_open, s.hours, s.folded)
  is distinct from (w.countries::varchar[], w.languages::varchar[], w.always_open, w.hours::uuid[], w.folded::tsvector)
"""

NAMED = """
update directory_organisation o set folded = w.folded
from unnest(%s::uuid[], %s::text[]) w (id, folded) where o.id = w.id and o.folded <> w.folded
"""

LAST_DAYS = """
update directory_schedule h set last_on = w.day from unnest(%s::uuid[], %s::date[]) w (id, day)
where h.id = w.id and h.last_on is distinct from w.day
"""


def refresh(organisations: Iterable[UUID] = (), services: Iterable[UUID] = ()) -> None:
    """Gathers anew what these services, and all services of these organisations, are found by."""
    owners = list(dict.fromkeys(organisations))
    for some in _parts(owners):
        _names(some)
        _last_days("organisation_id", some)
    for some in _parts(list(dict.fromkeys([*services, *_services_of(owners)]))):
        _services(some)
        _last_days("service_id", some)


def _services_of(owners: Sequence[UUID]) -> list[UUID]:
    asked = "select id from directory_service where organisation_id = any(%s::uuid[])"
    return [row[0] for row in _read(asked, [array([str(key) for key in owners])])] if owners else []


def _names(owners: Sequence[UUID]) -> None:
    asked = "select id, name, alternate_name from directory_organisation where id = any(%s::uuid[])"
    found = _read(asked, [array([str(key) for key in owners])])
    names = [folding.fold(f"{name} {other}")[:600] for _key, name, other in found]
    _write(NAMED, [str(row[0]) for row in found], names)


def _services(keys: Sequence[UUID]) -> None:
    found = _read(GATHERED, [array([str(key) for key in keys])])
    codes = ([row[place] for row in found] for place in range(1, 5))
    _write(WRITTEN, [str(row[0]) for row in found], *codes, [vector_of(*row[5:]) for row in found])


def vector_of(house: str, other: str, name: str, also: str, told: str, kinds: Sequence[str], *where: str | None) -> str:
    """Names weigh most, then their Latin form, then what it does; D is where it is."""
    names = [house, other, name, also]
    kind = [word for code in kinds for word in _kind(code)]
    latin = [folding.latin(each) for each in names]
    return folding.vector({"A": names, "B": latin, "C": [told, *kind], "D": [each for each in where if each]})


@cache
def _kind(code: str) -> tuple[str, str]:
    listed = load("services")
    return listed.label(code, "en"), listed.label(code, "fr")


def _last_days(column: str, keys: Sequence[UUID]) -> None:
    """Rules that end after a number of times are counted once, here."""
    counted = list(Schedule.objects.filter(**{f"{column}__in": keys}, count__isnull=False))
    if counted:
        days = [opening.last_day(each) for each in counted]
        _write(LAST_DAYS, [str(each.pk) for each in counted], [str(day) if day else None for day in days])


def _parts(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _read(sql: str, values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _write(sql: str, *columns: Sequence[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [array(each) for each in columns])
