"""What stands on a card, by the names its forms use: shown in them, compared when two people save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from havre.directory.models import (
    Address,
    Contact,
    Language,
    Location,
    Organisation,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from havre.directory.models.base import Checked, Kept

ORGANISATION = (
    *("name", "alternate_name", "description", "email", "website", "year_incorporated", "legal_status", "logo", "uri"),
    *("parent_organisation", "org_category", "mandate", "nrm_role", "countries", "mou_status", "vetting_status"),
    *("tenant", "source", "visibility"),
)
SERVICE = (
    *("program", "name", "alternate_name", "description", "url", "email", "status", "interpretation_services"),
    *("application_process", "fees_description", "accreditations", "eligibility_description", "minimum_age"),
    *("maximum_age", "alert", "service_type", "population_served", "accepts_children_accompanied"),
    *("accepts_unaccompanied_minors", "accepts_men", "accepts_with_pets_or_dependants", "exploitation_types_served"),
    *("conditional_on_cooperation", "capacity_total", "capacity_available", "capacity_as_of", "max_stay_days"),
    *("cost_to_person", "referral_procedure", "source", "visibility"),
)
LOCATION = (
    *("location_type", "url", "name", "alternate_name", "description", "transportation", "latitude", "longitude"),
    *("external_identifier", "external_identifier_type", "country", "region", "city", "address_confidential"),
    *("source", "visibility"),
)
CONTACT = (
    *("service", "location", "service_at_location", "name", "title", "department", "email", "is_focal_point"),
    *("focal_role", "out_of_hours", "languages", "clearance", "public_key", "key_fingerprint", "key_expires"),
    *("default_tlp_max", "source", "visibility"),
)
PHONE = (
    *("service", "location", "service_at_location", "contact", "number", "extension", "type", "description"),
    *("is_hotline", "hours_24_7", "toll_free", "reachable_from_abroad", "channels", "visibility"),
)
SCHEDULE = (
    *("service", "location", "service_at_location", "zone", "timezone", "valid_from", "valid_to", "dtstart", "until"),
    *("count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at"),
    *("description", "schedule_link", "attending_type", "notes", "visibility"),
)
PROGRAM = ("name", "alternate_name", "description", "visibility")
FIELDS: Mapping[type[Kept], tuple[str, ...]] = {
    Organisation: ORGANISATION,
    Program: PROGRAM,
    Service: SERVICE,
    Location: LOCATION,
    Contact: CONTACT,
    Phone: PHONE,
    Schedule: SCHEDULE,
}


def standing(row: Kept) -> dict[str, Any]:
    """Every value of the row and of what is written down with it: languages, areas, places, an address."""
    values = {name: _value(row, name) for name in FIELDS[type(row)]}
    if isinstance(row, Service):
        values["languages"] = sorted(_column(Language, "code", service=row))
        values["areas"] = sorted(code for code in _column(ServiceArea, "country", service=row) if code)
        values["places"] = sorted(_column(ServiceAtLocation, "location_id", service=row))
    elif isinstance(row, Phone):
        values["languages"] = sorted(_column(Language, "code", phone=row))
    elif isinstance(row, Location):
        values |= _address(row)
    return values


def _value(row: Kept, name: str) -> Any:
    """As it stands in the row; of another row, its number."""
    field: Any = row._meta.get_field(name)
    return getattr(row, field.attname)


def _column(model: type[Kept], name: str, **of: Any) -> set[Any]:
    return set(model._default_manager.filter(**of).values_list(name, flat=True))


def _address(row: Location) -> dict[str, Any]:
    """Of an open place its first address, of a confidential one what is sealed, for those who may know it."""
    secret = getattr(row, "secret", None) if row.address_confidential else None
    if secret:
        told = {"address": secret.address, "city": secret.city, "phone_there": secret.phone}
        return {**told, "transportation": secret.directions, "postal_code": ""}
    first = Address.objects.filter(location=row).order_by("address_type", "pk").first()
    lines = [first.address_1, first.address_2] if first else []
    address = "\n".join(line for line in lines if line)
    return {"address": address, "postal_code": first.postal_code if first else "", "phone_there": ""}


def version_of(row: Kept) -> int:
    """The version a form was opened on; of a row that counts none, a number that every change of it changes."""
    return row.version if isinstance(row, Checked) else crc32(repr(sorted(standing(row).items())).encode())


def contact_of(row: Contact) -> str:
    """How a contact is called in a list: by name, else by what it does."""
    return row.name or row.title or row.department or row.email
