"""Finding services: what is asked, and a page of those that fit, the last checked first (ADR 29)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from havre.kernel.vocabularies import load
from havre.platform.database.reading import PreparedForMany

from . import folding, opening
from .models import Organisation, Phone, Schedule, Service, ServiceAtLocation

CHECK_DAYS = 180  # SPEC 12
PAGE = 20
MOST = 200  # services are counted up to here
MARKS = (
    "open_now",
    "always_open",
    "free_places",
    "accompanied",
    "unaccompanied",
    "dependants",
    "unconditional",
)


class Dated(Protocol):
    """What is checked from time to time."""

    @property
    def verified_on(self) -> date | None: ...
    @property
    def next_check_due(self) -> date | None: ...


def is_stale(row: Dated, today: date) -> bool:
    """Whether nobody has checked it in the last 180 days, or by the day that was set (SPEC 12)."""
    due = row.next_check_due or (row.verified_on and row.verified_on + timedelta(days=CHECK_DAYS))
    return due is None or due < today


@dataclass(frozen=True)
class Query:
    """What is looked for: any code of a list, and all that is asked together."""

    countries: Sequence[str] = ()
    service_types: Sequence[str] = ()
    needs: Sequence[str] = ()  # codes of needs: the services that meet them
    populations: Sequence[str] = ()
    languages: Sequence[str] = ()
    costs: Sequence[str] = ()
    nrm_roles: Sequence[str] = ()
    marks: Sequence[str] = ()  # of MARKS
    age: int | None = None
    area: str = ""
    text: str = ""
    at: datetime | None = field(default=None, compare=False)  # for whom it must be open; None for now

    @classmethod
    def read(cls, values: QueryDict) -> Query:
        """What an address asks; what it says wrongly is left out."""
        lists = {
            each.name: tuple(filter(None, values.getlist(each.name)[:40])) for each in fields(cls) if each.default == ()
        }
        lists["marks"] = tuple(each for each in MARKS if each in lists["marks"])
        age = values.get("age", "")
        years = int(age) if age.isascii() and age.isdigit() and len(age) <= 3 else None
        words = {name: values.get(name, "").replace("\0", "").strip()[:200] for name in ("area", "text")}
        return cls(**lists, **words, age=years)  # type: ignore[arg-type]

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return self.age is not None or any(value for name, value in asdict(self).items() if name not in ("age", "at"))

    def put(self) -> Mapping[str, Any]:
        """The same for `havre.directory_find`; codes of needs become those of services."""
        types = [*self.service_types, *meeting(self.needs)]
        put = {name: list(getattr(self, name)) for name in ("countries", "populations", "languages", "costs")}
        words = " & ".join(filter(None, (folding.question(self.text), folding.question(self.area, "D"))))
        names = folding.question(self.text, "AB")
        return put | {
            "nrm_roles": list(self.nrm_roles),
            "marks": list(self.marks),
            "age": self.age,
            "service_types": types or (["-"] if self.needs else []),
            "words": words or ("'-'" if self.text or self.area else None),
            "names": names or None,
        }


@dataclass(frozen=True)
class Page:
    """Some of those found."""

    services: list[Service]
    total: int
    number: int
    size: int = PAGE

    @property
    def more_than_counted(self) -> bool:
        return self.total >= MOST

    @property
    def pages(self) -> int:
        return -(-self.total // self.size)


def meeting(needs: Iterable[str]) -> list[str]:
    """Codes of the services that meet one of these needs."""
    wanted = set(needs)
    return [row["code"] for row in load("services").rows if wanted & set(row["meets"].split(";"))]


def named(text: str) -> list[Organisation]:
    """The cards with that name or other name, without caring for capitals and accents."""
    name = folding.fold(text)
    if not name:
        return []
    # A card keeps its name and its other name in one column, one after the other.
    near = Q(folded=name) | Q(folded__startswith=f"{name} ") | Q(folded__endswith=f" {name}")
    cards = Organisation.objects.filter(near)[:MOST]
    return [each for each in cards if name in (folding.fold(each.name), folding.fold(each.alternate_name), each.folded)]


SERVICES = PreparedForMany(lambda keys: Service.objects.filter(pk__in=keys).select_related("organisation"))
OFFERED = PreparedForMany(
    lambda keys: ServiceAtLocation.objects.filter(service_id__in=keys).select_related("location").order_by("pk")
)
PHONES = PreparedForMany(
    lambda keys: Phone.objects.filter(service_id__in=keys).order_by("-hours_24_7", "-is_hotline", "pk")
)
PHONES_OF_HOUSES = PreparedForMany(
    lambda keys: Phone.objects.filter(
        organisation_id__in=keys,
        service__isnull=True,
        location__isnull=True,
        service_at_location__isnull=True,
        contact__isnull=True,
    ).order_by("-hours_24_7", "-is_hotline", "pk")
)
HOURS = PreparedForMany(lambda keys: Schedule.objects.filter(pk__in=keys))


def find(query: Query, page: int = 1, size: int = PAGE) -> Page:
    """The services that fit, in six statements whatever their number; each has its `organisation`, and lists in
    `at_locations`, `phones`, `numbers` (those of its organisation where it has none) and `open_hours`."""
    keys, total = find_keys(query, (page - 1) * size, size)
    return Page(told(keys), total, page, size)


def find_keys(query: Query, first: int, many: int) -> tuple[list[UUID], int]:
    """The keys of those that fit, and how many there are, counted up to MOST."""
    at = (query.at or timezone.now()).astimezone(UTC)
    zones = opening.zones(at.date()) if "open_now" in query.marks else "{}"
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, total from havre.directory_find(%s::jsonb, %s, %s::jsonb, %s, %s, %s)",
            [json.dumps(query.put()), at.replace(tzinfo=None), zones, max(0, first), many, MOST],
        )
        rows = cursor.fetchall()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def told(keys: Sequence[UUID]) -> list[Service]:
    """These services in this order, with what a list says of them."""
    if not keys:
        return []
    services = {each.pk: each for each in SERVICES(keys)}
    offered, phones = OFFERED(keys), PHONES(keys)
    for each in services.values():
        lists = {"at_locations": _of(offered, each), "phones": _of(phones, each)}
        vars(each)["_prefetched_objects_cache"] = {name: _held(rows) for name, rows in lists.items()}
    silent = {each.organisation_id for each in services.values() if not each.phones.all()}
    houses = PHONES_OF_HOUSES(silent)
    for each in services.values():
        own = list(each.phones.all())
        vars(each)["numbers"] = own or [row for row in houses if row.organisation_id == each.organisation_id]
    hours = hours_of(list(services.values()))
    for key, each in services.items():
        vars(each)["open_hours"] = hours[key]
    return [services[key] for key in keys if key in services]


def hours_of(services: Sequence[Service]) -> dict[UUID, list[Schedule]]:
    """For each service its hours, or where it has none of its own, those of its places; in one statement."""
    found = {row.pk: row for row in HOURS([key for each in services for key in each.hours])}
    return {each.pk: [found[key] for key in each.hours if key in found] for each in services}


def _of(rows: Iterable[Any], service: Service) -> list[Any]:
    return [each for each in rows if each.service_id == service.pk]


def _held(rows: list[Any]) -> QuerySet[Any]:
    """Rows that were read, as `.all()` of a relation gives them."""
    held = type(rows[0])._default_manager.none() if rows else Service.objects.none()
    held._result_cache = rows
    return held
