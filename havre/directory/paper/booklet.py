"""The directory of one country as a booklet: every organisation with its services, and an index by kind of service.

What is at a confidential place is told by its organisation alone: the place is not read here, nor that there is one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from havre.directory.finding import is_stale
from havre.directory.models import Address, Contact, Location, Organisation, Phone, Service
from havre.kernel.vocabularies import load

from . import hours

MOST = 400  # organisations: what is more is looked for on the screen
NOT_RUNNING = ("inactive", "defunct")


@dataclass(frozen=True)
class Offer:
    """A service as the booklet tells it."""

    service: Service
    hours: list[str]
    phones: list[Phone]
    stale: bool


@dataclass(frozen=True)
class Entry:
    """An organisation with its number in the booklet."""

    number: int
    house: Organisation
    places: list[Location]
    phones: list[Phone]
    people: list[Contact]
    offers: list[Offer]
    stale: bool


@dataclass(frozen=True)
class Booklet:
    """What stands in it."""

    entries: list[Entry]
    index: list[tuple[str, list[int]]] = field(default_factory=list)  # a kind of service, and who offers it
    more: int = 0
    shared: bool = False  # something in it is not for everybody

    @property
    def services(self) -> int:
        """How many services it tells of."""
        return sum(len(each.offers) for each in self.entries)

    @property
    def stale(self) -> int:
        """How many organisations nobody has checked for half a year."""
        return sum(each.stale for each in self.entries)


def of(country: str, today: date) -> Booklet:
    """The booklet of a country as the reader may see it, in the language of now."""
    houses = sorted(_houses(country), key=lambda house: (house.folded or house.name.casefold(), house.name))
    entries = [_entry(number, house, today) for number, house in enumerate(houses[:MOST], 1)]
    return Booklet(entries, _index(entries), max(len(houses) - MOST, 0), any(map(_shared, entries)))


def _houses(country: str) -> QuerySet[Organisation]:
    running = Service.objects.exclude(status__in=NOT_RUNNING).order_by("name")
    here = running.filter(Q(countries__contains=[country]) | Q(countries=[]))
    serving = running.filter(countries__contains=[country]).values("organisation")
    open_places = Location.objects.filter(address_confidential=False, country__in=("", country))
    return Organisation.objects.filter(Q(countries__contains=[country]) | Q(pk__in=serving)).prefetch_related(
        Prefetch("services", here.prefetch_related("schedules", "phones")),
        Prefetch("locations", open_places.prefetch_related(Prefetch("addresses", Address.objects.order_by("pk")))),
        Prefetch("phones", Phone.objects.filter(service=None, contact=None, service_at_location=None)),
        Prefetch("contacts", Contact.objects.order_by("-is_focal_point", "name").prefetch_related("phones")),
    )


def _entry(number: int, house: Organisation, today: date) -> Entry:
    places = [each for each in house.locations.all() if each.city or each.addresses.all()]
    offers = [
        Offer(each, hours.said(each.schedules.all()), list(each.phones.all()), is_stale(each, today))
        for each in house.services.all()
    ]
    people = [each for each in house.contacts.all() if each.email or each.phones.all()]
    return Entry(number, house, places, list(house.phones.all()), people, offers, is_stale(house, today))


def _index(entries: list[Entry]) -> list[tuple[str, list[int]]]:
    kinds, language = load("services"), get_language() or "en"
    found: defaultdict[str, list[int]] = defaultdict(list)
    for entry in entries:
        for code in dict.fromkeys(code for offer in entry.offers for code in offer.service.service_type):
            found[code].append(entry.number)
    order = {code: place for place, code in enumerate(kinds.codes)}
    return [(kinds.label(code, language), found[code]) for code in sorted(found, key=lambda each: order.get(each, 999))]


def _shared(entry: Entry) -> bool:
    rows = [entry.house, *entry.places, *entry.phones, *entry.people, *(each.service for each in entry.offers)]
    return any(each.visibility > 0 for each in rows)
