"""What others may suggest otherwise: plain facts of a card, never who reads it, how it is trusted, a secret place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.directory.models import Contact, Location, Organisation, Phone, Schedule, Service
from havre.directory.models.base import Kept

FIELDS: Mapping[type[Kept], tuple[str, ...]] = {
    Organisation: ("name", "alternate_name", "description", "email", "website"),
    Service: ("name", "description", "email", "url", "application_process", "eligibility_description"),
    Location: ("name", "city", "region", "transportation"),
    Contact: ("name", "title", "department", "email"),
    Phone: ("number", "extension", "description"),
    Schedule: ("byday", "opens_at", "closes_at", "description"),
}
# What may be suggested where nothing stands yet, and which of it must be said.
NEW: Mapping[str, tuple[type[Kept], tuple[str, ...]]] = {
    "phone": (Phone, ("number",)),
    "service": (Service, ("name",)),
    "contact": (Contact, ("name", "title", "email")),  # one of them
}
MODELS: Mapping[str, type[Kept]] = {str(each._meta.model_name): each for each in FIELDS}
LONG = frozenset({"description", "application_process", "eligibility_description", "transportation"})
KINDS: Mapping[str, Promise] = {
    "organisation": _("Organisation"),
    "service": _("Service"),
    "location": _("Place"),
    "contact": _("Contact"),
    "phone": _("Number"),
    "schedule": _("Opening hours"),
}
LABELS: Mapping[str, Promise] = {
    "name": _("Name"),
    "alternate_name": _("Other name"),
    "description": _("Description"),
    "email": _("Mail address"),
    "website": _("Website"),
    "url": _("Website"),
    "application_process": _("How to ask for it"),
    "eligibility_description": _("Who may come"),
    "city": _("Town"),
    "region": _("Region"),
    "transportation": _("How to get there"),
    "title": _("Function"),
    "department": _("Department"),
    "number": _("Number"),
    "extension": _("Extension"),
    "byday": _("Days"),
    "opens_at": _("Opens at"),
    "closes_at": _("Closes at"),
}


def fields_of(row: Kept) -> tuple[str, ...]:
    """What may be suggested of this row: nothing of a confidential place."""
    return () if isinstance(row, Location) and row.address_confidential else FIELDS[type(row)]


def text_of(row: Kept, name: str) -> str:
    """A value as the form shows it."""
    value = getattr(row, name)
    return "" if value is None else value.strftime("%H:%M") if hasattr(value, "strftime") else str(value)


def texts_of(row: Kept) -> dict[str, str]:
    """Every value that may be suggested otherwise."""
    return {name: text_of(row, name) for name in fields_of(row)}


def values_of(row: Kept, texts: Mapping[str, str]) -> dict[str, Any]:
    """What was suggested, as the row keeps it; ValidationError for what it cannot keep."""
    found: dict[str, Any] = {}
    for name in fields_of(row):
        if name in texts:
            found[name] = _value(row, row._meta.get_field(name), texts[name])
    return found


def _value(row: Kept, column: Any, text: str) -> Any:
    if not text and (column.null or column.blank):
        return None if column.null else ""
    if not text:
        raise ValidationError(_("%(label)s cannot be empty.") % {"label": LABELS[column.name]})
    return column.clean(text, row)


def row_of(entity: str, number: UUID | None) -> Kept | None:
    """The row, if it is still there and is read."""
    model = MODELS.get(entity)
    return model._default_manager.filter(pk=number).first() if model and number else None


def card_of(row: Kept) -> Organisation:
    """The card a row is on."""
    return row if isinstance(row, Organisation) else row.organisation  # type: ignore[attr-defined]
