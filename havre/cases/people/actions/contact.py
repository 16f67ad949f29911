"""How to reach somebody without harm."""

from __future__ import annotations

from typing import Any

from havre.cases.people.models import Case, PersonContact
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Stale, action
from havre.platform.permissions import Permission

from .editors import last_editor
from .record import require_open

FIELDS = ("kind", "value", "safe_times", "code_word", "who_answers", "leave_message", "safe")


@action("contact.save", needs=Permission.CASE_WRITE)
def save_contact(
    case: Case, *, by: User, contact: PersonContact | None, values: dict[str, Any], version: int | None = None
) -> PersonContact:
    """The contact with these values, made when there is none; Stale when it was changed since that version."""
    require_open(case)
    if contact is None:
        contact = PersonContact(person_id=case.person_id, version=0)
    else:
        contact = PersonContact.objects.select_for_update().get(pk=contact.pk)
        if version is not None and version != contact.version:
            theirs = {name: getattr(contact, name) for name in FIELDS}
            raise Stale(contact.version, theirs, *last_editor(case, "contact.save"))
    for name, value in values.items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save()
    return contact
