"""The directory by country: who is there, what they offer, which numbers answer day and night (ADR 28)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.db import connection
from django.db.models import Count

from havre.directory.finding import MOST, is_stale
from havre.directory.models import Location
from havre.kernel import places

PAGE = 10
UNCHECKED = 100  # contacts are counted up to here
LINES = 3
# The four pillars of a national referral mechanism (OSCE/ODIHR), and which roles belong to each.
PILLARS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("1", ("coordinator", "competent_authority", "identification", "first_responder")),
    ("2", ("shelter", "service_provider", "health", "child_guardian")),
    ("4", ("legal_aid", "prosecution", "monitoring_rapporteur")),
)
EVERYBODY = {"women", "men"}
# Keys and sums by the one function, what is shown of them under policies by the others: one statement.
ALL_OF = """
    select c.agencies, c.services, c.unchecked, c.hidden, c.roles, havre.directory_lines(%(land)s, c.cards),
      case when %(first)s = 0 then havre.directory_numbers(c.phones) end
    from havre.directory_country(%(land)s, %(today)s, %(first)s, %(many)s, %(most)s) c"""


@lru_cache(maxsize=300)
def own_name(country: str) -> str:
    """The name of a country in the language most people speak there; nothing where that is not known."""
    likely = get_global("likely_subtags").get(f"und_{country}", "")
    try:
        return Locale.parse(likely).territories.get(country, "") if likely else ""
    except (UnknownLocaleError, ValueError):
        return ""


@dataclass(frozen=True)
class House:
    """An organisation by its names."""

    pk: str
    name: str
    alternate_name: str


@dataclass(frozen=True)
class Role:
    """Who plays a part in the referral mechanism of the country: two at most by name."""

    code: str
    names: Sequence[House]
    many: int

    @property
    def more(self) -> int:
        """How many others."""
        return self.many - len(self.names)


@dataclass(frozen=True)
class Check:
    """When something was checked, and when it is to be checked again."""

    verified_on: date | None
    next_check_due: date | None


class Names(NamedTuple):
    """Of a service, how it is called."""

    name: str
    alternate_name: str


@dataclass(frozen=True)
class Number:
    """A number that answers day and night: whose it is, and what answers."""

    house: House
    number: str
    e164: str
    description: str
    toll_free: bool
    service: Names | None
    contact: str
    languages: list[str]


class Offered(NamedTuple):
    """Of a service, what its line says."""

    service_type: list[str]
    population_served: list[str]
    minimum_age: int | None
    maximum_age: int | None
    capacity_available: int | None


@dataclass
class Agency:
    """An organisation as a line of the country page."""

    card: House
    services: list[Offered]
    towns: list[str]
    hidden: bool  # one of its places is confidential
    checked: date | None
    stale: bool

    @cached_property
    def offers(self) -> list[str]:
        """Codes of what it offers, the most frequent first, each once."""
        found = Counter(code for each in self.services for code in each.service_type)
        return [code for code, _many in found.most_common()]

    @cached_property
    def people(self) -> list[str]:
        """Codes of whom it is for; nothing when that is not said, and `everybody` for all."""
        found = dict.fromkeys(code for each in self.services for code in each.population_served)
        return ["everybody"] if set(found) >= EVERYBODY else list(found)

    @cached_property
    def ages(self) -> tuple[int | None, int | None]:
        """From which and up to which age, where all its services have such a limit."""
        low = [each.minimum_age for each in self.services]
        high = [each.maximum_age for each in self.services]
        return (_all(low, min), _all(high, max)) if self.services else (None, None)

    @cached_property
    def room(self) -> int | None:
        """How many places are free; None where nobody says."""
        known = [each.capacity_available for each in self.services if each.capacity_available is not None]
        return sum(known) if known else None


def _all(limits: list[int | None], choose: Any) -> int | None:
    known = [each for each in limits if each is not None]
    return choose(known) if known and len(known) == len(limits) else None


@dataclass(frozen=True)
class Page:
    """What the page of a country shows."""

    code: str
    agencies: int
    services: int
    unchecked: int
    hidden: bool
    lines: list[Number]
    rows: list[Agency]
    roles: Mapping[str, Role]
    first: int

    @property
    def name(self) -> str:
        """In its own language."""
        return own_name(self.code)

    @property
    def many(self) -> bool:
        """More services than were counted."""
        return self.services >= MOST

    @property
    def more_unchecked(self) -> bool:
        """More contacts that nobody checked than were counted."""
        return self.unchecked >= UNCHECKED

    @property
    def after(self) -> int:
        """How many agencies come after this page."""
        return max(0, self.agencies - self.first - len(self.rows))

    @property
    def pillars(self) -> list[tuple[str, list[Role]]]:
        """The steps of referral, those of which something is known."""
        steps = [(code, [self.roles[role] for role in roles if role in self.roles]) for code, roles in PILLARS]
        return [step for step in steps if step[1]]


def page_of(country: str, today: date, number: int = 1) -> Page:
    """The page of a country, in one statement whatever stands in the directory."""
    first = (number - 1) * PAGE
    values: dict[str, Any] = {"land": country, "today": today, "first": first, "many": PAGE, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(ALL_OF, values)
        agencies, services, unchecked, hidden, roles, cards, phones = cursor.fetchone()
    lines = list(_once(map(_number, phones or ())))[:LINES]
    rows, parts = [_agency(each, today) for each in cards or ()], _roles(roles)
    return Page(country, agencies, services, unchecked, hidden, lines, rows, parts, first)


def _roles(found: Any) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for each in json.loads(found) if isinstance(found, str) else found:
        names = [
            *(roles[each["role"]].names if each["role"] in roles else ()),
            House(each["id"], each["name"], each["other"]),
        ]
        roles[each["role"]] = Role(each["role"], names, each["many"])
    return roles


def _number(row: list[Any]) -> Number:
    key, name, other, number, e164, description, toll_free, service, also, contact, languages = row
    offer = Names(service, also) if service is not None else None
    return Number(House(key, name, other), number, e164, description, toll_free, offer, contact or "", languages)


def _once(numbers: Iterable[Number]) -> Iterator[Number]:
    """Each number once, and each organisation once."""
    seen: set[object] = set()
    for each in numbers:
        number = each.e164 or "".join(filter(str.isdigit, each.number))
        if number not in seen and each.house.pk not in seen:
            seen |= {number, each.house.pk}
            yield each


def _agency(row: list[Any], today: date) -> Agency:
    """A line; of several contacts, the one that was checked last tells when it was checked."""
    key, name, other, verified, due, services, places, checks = row
    dated = [Check(_day(each[0]), _day(each[1])) for each in checks or [(verified, due)]]
    return Agency(
        card=House(key, name, other),
        services=[Offered(*each) for each in services or ()],
        towns=list(dict.fromkeys(city for city, _hidden in places or () if city)),
        hidden=any(hidden for _city, hidden in places or ()),
        checked=max((each.verified_on for each in dated if each.verified_on), default=None),
        stale=all(is_stale(each, today) for each in dated),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def offers(country: str) -> list[tuple[str, int, int]]:
    """What is offered in a country: code, how many agencies, how many services."""
    with connection.cursor() as cursor:
        cursor.execute("select code, agencies, services from havre.directory_offers(%s)", [country])
        return [(code, agencies, services) for code, agencies, services in cursor.fetchall()]


def towns(country: str) -> list[tuple[str, int]]:
    """The towns with how many organisations, by name; a confidential place has none."""
    found = Location.objects.filter(country=country).exclude(city="").values_list("city")
    return [(city, many) for city, many in found.annotate(many=Count("organisation", distinct=True)).order_by("city")]


def listed(language: str) -> list[tuple[str, str, int]]:
    """Every country with a card that may be seen: code, name in that language, how many agencies; by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select land, count(*) from directory_organisation o, unnest(o.countries) land group by land order by land"
        )
        many = dict(cursor.fetchall())
    return [(code, name, many[code]) for code, name in places.country_choices(language) if code in many]
