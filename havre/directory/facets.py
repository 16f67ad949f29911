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

from . import folding, opening
from .models import Schedule

AT_ONCE = 2000
DAY_AND_NIGHT = "{MO,TU,WE,TH,FR,SA,SU}"

CODES = f"""
with asked as (
  select s.id, s.visibility, s.organisation_id from directory_service s
  where s.id = any(%(services)s::uuid[]) for no key update),
places as (
  select a.service_id as id, l.id as place, l.country
  from asked s join directory_serviceatlocation a on a.service_id = s.id
  join directory_location l on l.id = a.location_id where greatest(a.visibility, l.visibility) <= s.visibility),
numbers as (
  select s.id, p.id as phone, p.hours_24_7 from asked s join directory_phone p on p.service_id = s.id
  where p.visibility <= s.visibility
  union
  select s.id, p.id, p.hours_24_7 from asked s join directory_serviceatlocation a on a.service_id = s.id
  join directory_phone p on p.service_at_location_id = a.id where greatest(a.visibility, p.visibility) <= s.visibility),
lands as (
  select id, array_agg(distinct country order by country) as codes from (
    select id, country from places
    union all
    select s.id, r.country from asked s join directory_servicearea r on r.service_id = s.id
    where r.visibility <= s.visibility) c where country <> '' group by id),
tongues as (
  select id, array_agg(distinct code order by code) as codes from (
    select s.id, t.code from asked s join directory_language t on t.service_id = s.id where t.visibility <= s.visibility
    union all
    select n.id, t.code from numbers n join asked s on s.id = n.id join directory_language t on t.phone_id = n.phone
    where t.visibility <= s.visibility
    union all
    select p.id, t.code from places p join asked s on s.id = p.id join directory_language t on t.location_id = p.place
    where t.visibility <= s.visibility) c where code <> '' group by id),
nights as (
  select id from numbers where hours_24_7
  union
  select s.id from asked s join directory_schedule h on h.service_id = s.id
  where h.visibility <= s.visibility and (h.opens_at = h.closes_at or h.opens_at = '00:00' and h.closes_at >= '23:59')
    and upper(h.freq) in ('', 'WEEKLY') and coalesce(h.interval, 1) = 1 and coalesce(h.count, 0) = 0
    and h.valid_from is null and h.valid_to is null and h.until is null and coalesce(h.dtstart <= current_date, true)
    and concat(h.byweekno, h.bymonthday, h.byyearday) = '' and (h.zone <> '' or h.timezone is not null)
    and regexp_split_to_array(upper(h.byday), '[,;\\s]+') @> '{DAY_AND_NIGHT}')
update directory_service s set
  countries = coalesce(l.codes, o.countries), languages = coalesce(t.codes, '{{}}'), always_open = n.id is not null
from asked a join directory_organisation o on o.id = a.organisation_id left join lands l on l.id = a.id
left join tongues t on t.id = a.id left join nights n on n.id = a.id
where s.id = a.id and (s.countries, s.languages, s.always_open)
  is distinct from (coalesce(l.codes, o.countries), coalesce(t.codes, '{{}}'), n.id is not null)
"""  # noqa: S608 - our own words

WORDS = """
select s.id, o.name, o.alternate_name, s.name, s.alternate_name, s.description, s.service_type, (
    select string_agg(concat_ws(' ', l.city, l.region, l.name), ' ') from directory_serviceatlocation a
    join directory_location l on l.id = a.location_id
    where a.service_id = s.id and greatest(a.visibility, l.visibility) <= s.visibility),
  (select string_agg(r.name, ' ') from directory_servicearea r
    where r.service_id = s.id and r.visibility <= s.visibility)
from directory_service s join directory_organisation o on o.id = s.organisation_id where s.id = any(%s::uuid[])
"""

WRITE_WORDS = """
update directory_service s set folded = w.folded::tsvector
from unnest(%s::uuid[], %s::text[]) w (id, folded) where s.id = w.id and s.folded is distinct from w.folded::tsvector
"""

WRITE_NAMES = """
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
    wanted = list(dict.fromkeys([*services, *_services_of(owners)]))
    for some in _parts(owners):
        _names(some)
    for some in _parts(wanted):
        _written(CODES, {"services": some})
        _words(some)
        _last_days("service_id", some)
    for some in _parts(owners):
        _last_days("organisation_id", some)


def _services_of(owners: Sequence[UUID]) -> list[UUID]:
    return [
        row[0] for row in _read("select id from directory_service where organisation_id = any(%s::uuid[])", [owners])
    ]


def _names(owners: Sequence[UUID]) -> None:
    found = _read("select id, name, alternate_name from directory_organisation where id = any(%s::uuid[])", [owners])
    keys = [row[0] for row in found]
    _written(WRITE_NAMES, [keys, [folding.fold(f"{name} {other}")[:600] for _key, name, other in found]])


def _words(services: Sequence[UUID]) -> None:
    found = _read(WORDS, [services])
    _written(WRITE_WORDS, [[row[0] for row in found], [_vector(*row[1:]) for row in found]])


def _vector(house: str, other: str, name: str, also: str, told: str, kinds: Sequence[str], *where: str | None) -> str:
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
        _written(LAST_DAYS, [[each.pk for each in counted], [opening.last_day(each) for each in counted]])


def _parts(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _read(sql: str, values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _written(sql: str, values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
