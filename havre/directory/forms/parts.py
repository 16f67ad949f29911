"""The parts of a card that are edited, each with its form, its act and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.directory import actions
from havre.directory.models import Contact, Detail, Location, Organisation, Phone, Program, Schedule, Service
from havre.directory.models.base import Kept

from .base import CardForm
from .organisation import OrganisationForm, ProgramForm, RoleForm, TrustForm
from .reach import ContactForm, HoursForm, KeyForm, PhoneForm, PlaceCardForm
from .service import RoomForm, ServiceCardForm, WayForm, WhoForm


@dataclass(frozen=True)
class Part:
    """What may be edited on a card: `new` is the title of one still to come, nothing where it cannot be added."""

    model: type[Kept]
    form: type[CardForm]
    save: Callable[..., Kept]
    title: Promise
    new: Promise | None = None


PARTS: Mapping[str, Part] = {
    "card": Part(Organisation, OrganisationForm, actions.save_organisation, _("Who it is")),
    "role": Part(Organisation, RoleForm, actions.save_organisation, _("Its part in referral")),
    "trust": Part(Organisation, TrustForm, actions.save_organisation, _("What we hold of it")),
    "service": Part(Service, ServiceCardForm, actions.save_service, _("What it is"), _("A service")),
    "program": Part(Program, ProgramForm, actions.save_program, _("A programme"), _("A programme")),
    "service-who": Part(Service, WhoForm, actions.save_service, _("For whom")),
    "service-room": Part(Service, RoomForm, actions.save_service, _("Places and cost")),
    "service-way": Part(Service, WayForm, actions.save_service, _("The way in")),
    "place": Part(Location, PlaceCardForm, actions.save_location, _("A place"), _("A place")),
    "contact": Part(Contact, ContactForm, actions.save_contact, _("A contact"), _("A contact")),
    "contact-key": Part(Contact, KeyForm, actions.save_contact, _("Key and limits")),
    "phone": Part(Phone, PhoneForm, actions.save_phone, _("A number"), _("A number")),
    "hours": Part(Schedule, HoursForm, actions.save_schedule, _("Opening hours"), _("Opening hours")),
}


# What may be taken off a card; details of HSDS came with a file and are never written by hand.
REMOVABLE: Mapping[str, type[Kept]] = {**{name: each.model for name, each in PARTS.items()}, "detail": Detail}


@cache
def fields_of(entity: str) -> dict[str, Any]:
    """The words for the fields of a table, as its forms have them."""
    names: dict[str, Any] = {}
    for part in PARTS.values():
        if part.model._meta.model_name == entity:
            names |= {name: field.label for name, field in part.form.base_fields.items() if field.label}
    return {**names, "byday": _("Days")} if entity == "schedule" else names
