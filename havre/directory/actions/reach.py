"""Whom to speak to, and on which number."""

from __future__ import annotations

from havre.directory import keys
from havre.directory.models import Contact, Language, Organisation, Phone
from havre.kernel import phones
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

from .kept import Values, held, keep, keeps, match, refresh


@action("contact_card.save", needs=Permission.DIRECTORY_WRITE)
def save_contact(
    row: Contact | None,
    values: Values,
    *,
    organisation: Organisation,
    by: User,
    version: int | None = None,
    how: str = "edited",
) -> Contact:
    """A contact with these values; a public key brings its fingerprint and its last day along."""
    keeps(organisation, by)
    contact = held(row, by, version) if row else Contact(organisation=organisation)
    given = {**values, **keys.kept(values)} if "public_key" in values else values
    keep(contact, given, organisation=organisation, by=by, how=how)
    refresh(organisation)
    return contact


@action("phone.save", needs=Permission.DIRECTORY_WRITE)
def save_phone(
    row: Phone | None,
    values: Values,
    *,
    organisation: Organisation,
    by: User,
    version: int | None = None,
    how: str = "edited",
) -> Phone:
    """A number with these values and the `languages` spoken on it; as E.164 too where it is written with its +."""
    keeps(organisation, by)
    phone = held(row, by, version) if row else Phone(organisation=organisation)
    if "number" in values:
        phone.e164 = e164(str(values["number"]))
    keep(phone, values, organisation=organisation, by=by, how=how)
    if "languages" in values:
        hung = {"owner_id": phone.owner_id, "visibility": phone.visibility, "organisation": organisation}
        make = lambda code: Language(code=code, phone=phone, **hung)  # noqa: E731 - one line of two
        match(Language, "code", values["languages"], make, phone=phone)
    refresh(organisation)
    return phone


def e164(number: str) -> str:
    """The number as it is dialled from anywhere; nothing for one that is dialled in its country only."""
    bare = phones.normalise(number)
    return bare if bare.startswith("+") and phones.is_e164(bare) else ""
