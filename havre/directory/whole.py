"""A card with all that hangs on it, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch

from havre.directory.details import entity_of, told
from havre.directory.models import (
    Address,
    Contact,
    Detail,
    Location,
    Organisation,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from havre.directory.paper import hours

DETAILS = 200  # of a card that came in with more, those are shown


@dataclass
class Hung:
    """A service, a place or a contact with what hangs on it alone."""

    row: Service | Location | Contact
    phones: list[Phone] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)

    @property
    def opens(self) -> list[str]:
        """When it is open, in words."""
        return hours.said(self.schedules)


@dataclass
class Whole:
    """The card: what hangs on the organisation itself, and each of its services, places and contacts."""

    card: Organisation
    services: list[Hung]
    places: list[Hung]
    contacts: list[Hung]
    phones: list[Phone]
    schedules: list[Schedule]
    programmes: list[Program]
    details: list[tuple[Detail, str, list[tuple[str, str]]]]  # with its kind and what it says

    @property
    def opens(self) -> list[str]:
        """When the organisation itself is open, in words."""
        return hours.said(self.schedules)


def whole(card: Organisation) -> Whole:
    """All of it that the reader may see."""
    services = _hung(
        card.services.order_by("name", "pk")
        .select_related("program")
        .prefetch_related(
            Prefetch("at_locations", ServiceAtLocation.objects.select_related("location")),
            Prefetch("areas", ServiceArea.objects.order_by("name", "country")),
        )
    )
    places = _hung(
        card.locations.order_by("address_confidential", "city", "name", "pk").prefetch_related(
            Prefetch("addresses", Address.objects.order_by("address_type", "pk"))
        )
    )
    contacts = _hung(card.contacts.order_by("-is_focal_point", "name", "title", "pk"))
    found = Whole(card, list(services.values()), list(places.values()), list(contacts.values()), [], [], [], [])
    found.programmes = list(card.programs.order_by("name", "pk"))
    details = card.details.order_by("entity", "pk")[:DETAILS]
    found.details = [(each, entity_of(each), told(each)) for each in details]
    for phone in Phone.objects.filter(organisation=card).prefetch_related("spoken").order_by("-hours_24_7", "number"):
        kept = contacts.get(phone.contact_id) or services.get(phone.service_id) or places.get(phone.location_id)
        (kept.phones if kept else found.phones).append(phone)
    for schedule in Schedule.objects.filter(organisation=card).order_by("opens_at", "pk"):
        at = services.get(schedule.service_id) or places.get(schedule.location_id)
        (at.schedules if at else found.schedules).append(schedule)
    return found


def _hung(rows: Iterable[Service | Location | Contact]) -> dict[UUID | None, Hung]:
    return {each.pk: Hung(each) for each in rows}
