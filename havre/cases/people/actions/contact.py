"""How to reach somebody without harm."""

from __future__ import annotations

from typing import Any

from havre.cases.people.models import Case, PersonContact
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

from .record import require_open


@action("contact.save", needs=Permission.CASE_WRITE)
def save_contact(case: Case, *, by: User, contact: PersonContact | None, values: dict[str, Any]) -> PersonContact:
    """The contact with these values, made when there is none."""
    require_open(case)
    contact = contact or PersonContact(person=case.person)
    for name, value in values.items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save()
    return contact
