"""Finding services: what is asked, and a page of those that fit, the last checked first (ADR 29)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils import timezone

from havre.kernel.vocabularies import load

from . import folding, opening
from .models import Phone, Schedule, Service, ServiceAtLocation

CHECK_DAYS = 180  # SPEC 12
PAGE = 20
MOST = 500  # services are counted up to here
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

    verified_on: date | None
    next_check_due: date | None


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


def find(query: Query, page: int = 1, size: int = PAGE) -> Page:
    """The services that fit, in five statements whatever their number; each has its `organisation`, and lists in
    `at_locations`, `phones` and `schedules`."""
    keys, total = find_keys(query, (page - 1) * size, size)
    found = {each.pk: each for each in told(Service.objects.filter(pk__in=keys))}
    return Page([found[key] for key in keys if key in found], total, page, size)


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


def told(services: Any) -> Any:
    """Services with what a list says of them."""
    at = ServiceAtLocation.objects.select_related("location").order_by("pk")
    return services.select_related("organisation").prefetch_related(
        Prefetch("at_locations", at),
        Prefetch("phones", Phone.objects.order_by("-hours_24_7", "-is_hotline", "pk")),
    )


def hours_of(services: Sequence[Service]) -> dict[UUID, list[Schedule]]:
    """For each service its hours, or where it has none of its own, those of its places; in one statement."""
    offered = {at.pk: at for each in services for at in each.at_locations.all()}
    places = {at.location_id for at in offered.values()}
    own: dict[UUID, list[Schedule]] = {each.pk: [] for each in services}
    there: dict[UUID, list[Schedule]] = {place: [] for place in places}
    of_service = Schedule.objects.filter(service_id__in=list(own))
    of_offer = Schedule.objects.filter(service_at_location_id__in=list(offered))
    of_place = Schedule.objects.filter(location_id__in=list(places), service=None, service_at_location=None)
    for row in of_service.union(of_offer, of_place):
        if row.service_id in own:
            own[row.service_id].append(row)
        elif row.service_at_location_id in offered:
            own[offered[row.service_at_location_id].service_id].append(row)
        else:
            there[row.location_id].append(row)
    return {
        each.pk: own[each.pk] or [row for at in each.at_locations.all() for row in there[at.location_id]]
        for each in services
    }
