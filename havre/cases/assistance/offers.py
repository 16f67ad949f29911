"""The directory, asked from a plan: what fits a need, and whom to speak with about a service that was chosen.

The directory is asked for a country and kinds of services; what is known of the person is compared here, in the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language

from havre.cases.people.models import Case
from havre.cases.people.shown import child
from havre.directory.finding import Query, find_keys, hours_of, is_stale, named
from havre.directory.matching import Match, Wanted, ordered, reasons, speak_with
from havre.directory.models import Contact, Location, Phone, Schedule, Service, ServiceAtLocation
from havre.directory.models.base import Checked
from havre.directory.opening import Hours, is_open
from havre.directory.said import conditions
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.ui.parts import Condition

from .models import Referral, ServiceDelivery
from .rules.referral import OUT

HERE, ABROAD = "AdditionalServicesRequired", "MigrationOrChangeOfLocation"  # cas_ReasonForOutgoingReferral
BEFORE = ("proposed", "accepted")  # nobody gives it yet
MOST = 300  # services that are compared for one need in one country


@dataclass(frozen=True)
class Near:
    """A service as the page shows it: how it fits, where, when, and whom to speak with."""

    match: Match
    contacts: Sequence[Contact]
    places: Sequence[Location] = ()
    phones: Sequence[Phone] = ()
    schedules: Sequence[Schedule] = ()

    @property
    def service(self) -> Service:
        """The service itself."""
        service: Service = self.match.service
        return service

    @property
    def conditions(self) -> list[Condition]:
        """Why it fits, and what does not."""
        return conditions(self.match)

    @property
    def checked_on(self) -> date | None:
        """When what one relies on was checked last."""
        return relied_on(self.service, self.contacts).verified_on

    @property
    def open_now(self) -> bool | None:
        """Whether it is open at this moment; None when it does not say."""
        return True if self.service.always_open else is_open(cast(Iterable[Hours], self.schedules), timezone.now())

    @property
    def is_hidden(self) -> bool:
        """Whether the place is kept from everybody but its keeper."""
        return any(each.address_confidential for each in self.places)

    @cached_property
    def phone(self) -> Phone | None:
        """The number to ring: its own before the house's, one that answers day and night before others."""
        return min(self.phones, key=_first_to_ring, default=None)


def relied_on(service: Service, contacts: Sequence[Contact]) -> Any:
    """The row whose check counts: the contact one would speak with, else the service, else its organisation."""
    if contacts:
        return contacts[0]
    return service if service.verified_on else service.organisation


def near(wanted: Wanted) -> list[Near]:
    """The services of the directory that may meet the need in that country, best first: four questions."""
    today = localdate()
    keys, _total = find_keys(Query(countries=(wanted.country,), service_types=wanted.kinds), 0, MOST)
    services = list(Service.objects.filter(pk__in=keys).select_related("organisation").defer("folded"))
    people = _contacts(services, today, is_child=bool(wanted.is_child))
    matches = {
        each.pk: Match(each, reasons(wanted, each, today), is_stale(relied_on(each, people[each.pk]), today))
        for each in services
    }
    return [Near(each, people[each.service.pk]) for each in ordered(matches.values())]


def shown(found: Sequence[Near]) -> list[Near]:
    """The same with places, numbers and hours, for those that a page shows: three questions."""
    services = [each.service for each in found]
    prefetch_related_objects(services, Prefetch("at_locations", ServiceAtLocation.objects.select_related("location")))
    hours = hours_of(services)
    phones = list(Phone.objects.filter(organisation__in={each.organisation_id for each in services}, location=None))
    return [
        Near(each.match, each.contacts, _places(each.service), _rings(phones, each), hours[each.service.pk])
        for each in found
    ]


def _first_to_ring(phone: Phone) -> tuple[bool, bool, bool, str]:
    return phone.service_id is None, phone.contact_id is not None, not phone.hours_24_7, phone.number


def _places(service: Service) -> list[Location]:
    return [each.location for each in service.at_locations.all()]


def _rings(phones: Iterable[Phone], one: Near) -> list[Phone]:
    """The numbers of a service and of its house, none of another service."""
    house, service = one.service.organisation_id, one.service.pk
    return [each for each in phones if each.organisation_id == house and each.service_id in (None, service)]


def _contacts(services: Sequence[Service], today: date, *, is_child: bool) -> dict[UUID, list[Contact]]:
    """Whom to speak with about each service: one question for all."""
    by_house = defaultdict(list)
    for contact in Contact.objects.filter(organisation__in={each.organisation_id for each in services}):
        by_house[contact.organisation_id].append(contact)
    return {
        each.pk: speak_with(
            by_house[each.organisation_id], each.pk, child=is_child, stale=lambda row: is_stale(row, today)
        )
        for each in services
    }


@dataclass(frozen=True)
class Chosen:
    """A service of the plan that was chosen in the directory, with its card as it stands today."""

    service: ServiceDelivery
    offer: Service
    contacts: Sequence[Contact]

    @property
    def is_stale(self) -> bool:
        """Whether nobody checked lately what one would rely on."""
        return is_stale(relied_on(self.offer, self.contacts), localdate())

    @property
    def checked_on(self) -> date | None:
        """When it was checked last."""
        return relied_on(self.offer, self.contacts).verified_on

    @property
    def is_changed(self) -> bool:
        """Whether the card says something else than when it was chosen."""
        return self.offer.version != self.service.offer_version

    @property
    def contact(self) -> Contact | None:
        """Whom to speak with."""
        return next(iter(self.contacts), None)

    @cached_property
    def shown(self) -> Near:
        """The card as a page shows it."""
        return shown([Near(Match(self.offer, ()), self.contacts)])[0]


def chosen(service: ServiceDelivery) -> Chosen | None:
    """The card behind a service of the plan; nothing when none was chosen or the card is out of reach now."""
    if service.offer_id is None:
        return None
    found = Service.objects.filter(pk=service.offer_id).select_related("organisation").defer("folded").first()
    if found is None:
        return None
    today, person = localdate(), service.case.person
    return Chosen(service, found, _contacts([found], today, is_child=child(person, today))[found.pk])


def prepared(card: Chosen, user: User) -> dict[str, Any]:
    """What a referral to the chosen service begins with."""
    abroad = user.agency.country not in card.offer.countries
    return {
        "organisation": card.service.provider,
        "contact": spoken_of(card.contact) if card.contact else "",
        "services": [card.service.code],
        "reason": ABROAD if abroad else HERE,
    }


def spoken_of(contact: Contact) -> str:
    """Somebody to speak with, in one line: who, as what, and where to write."""
    role = load("focal_roles").label(contact.focal_role, get_language() or "en") if contact.focal_role else ""
    return ", ".join(each for each in (contact.name, contact.title or role, contact.email) if each)


def waiting(case: Case, sent: Iterable[Referral]) -> list[ServiceDelivery]:
    """The services that were chosen in the directory and about which nobody was asked yet."""
    asked = {each.offer_id for each in sent}
    rows = ServiceDelivery.objects.filter(case=case, status__in=BEFORE).exclude(offer=None).order_by("at")
    return [each for each in rows if each.offer_id not in asked]


def to_tell(case: Case) -> str:
    """The body chosen last in the directory and not asked yet: the person is asked whether it may be told."""
    sent = Referral.objects.filter(case=case, direction=OUT).exclude(offer=None)
    return next((each.provider for each in reversed(waiting(case, sent))), "")


def held_back(offer: Service, today: date) -> bool:
    """Whether nothing is sent there until somebody made sure that whom we would write to is still there."""
    return is_stale(relied_on(offer, _contacts([offer], today, is_child=False)[offer.pk]), today)


def unchecked(body: str, today: date) -> bool:
    """The same of a body that was typed by its name: what its cards say, if there are any; the freshest counts."""
    cards = named(body)
    people: defaultdict[Any, list[Checked]] = defaultdict(list)
    for each in Contact.objects.filter(organisation__in=cards, service=None):
        people[each.organisation_id].append(each)
    rows: list[Checked] = [row for card in cards for row in (people[card.pk] or [card])]
    return bool(rows) and all(is_stale(row, today) for row in rows)
