"""A contact as a vCard 4.0 (RFC 6350), for the address book of a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havre.directory.models import Address, Contact, Phone
from havre.kernel.vocabularies import load

FOLD = 75  # octets of a line, its end not counted (RFC 6350, 3.2)
UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
TYPES = {"sms": "text", "voice": "voice", "tty": "textphone"}


def card(contact: Contact, language: str) -> str:
    """The text of the card, with the notes in that language."""
    lines = chain(
        ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{contact.pk}"],
        _names(contact),
        _reached(contact),
        _places(contact),
        [f"KEY;VALUE=text:{text(contact.public_key)}"] if contact.public_key else [],
        _notes(contact, language),
        ["END:VCARD"],
    )
    return "".join(f"{folded(line)}\r\n" for line in lines)


def called(contact: Contact) -> str:
    """What an address book lists the contact under."""
    return contact.name or contact.title or contact.department or contact.organisation.name


def _names(contact: Contact) -> Iterator[str]:
    # A desk is not a person: address books list it under its organisation.
    yield f"KIND:{'individual' if contact.name else 'org'}"
    yield f"FN:{text(called(contact))}"
    yield f"ORG:{parts(contact.organisation.name, contact.department)}"
    if contact.title:
        yield f"TITLE:{text(contact.title)}"
    if contact.focal_role:
        yield f"ROLE:{text(load('focal_roles').label(contact.focal_role, 'en'))}"


def _reached(contact: Contact) -> Iterator[str]:
    if contact.email:
        yield f"EMAIL;TYPE=work:{text(contact.email)}"
    yield from (_phone(each) for each in contact.phones.all())
    for order, each in enumerate(contact.languages, 1):
        yield f"LANG;TYPE=work;PREF={min(order, 100)}:{each}"
    if re.match(r"https?://\S+\Z", contact.organisation.website):
        yield f"URL;TYPE=work:{contact.organisation.website}"


def _phone(phone: Phone) -> str:
    """A number as an address; one without a country, such as that of an emergency line, as it is dialled."""
    kinds = dict.fromkeys(["work", *(TYPES[each] for each in phone.channels or ["voice"] if each in TYPES)])
    said = f'TEL;TYPE="{",".join(kinds)}"'
    if not phone.e164:
        return f"{said};VALUE=text:{text(phone.number)}"
    extension = f";ext={phone.extension}" if phone.extension is not None else ""
    return f"{said};VALUE=uri:tel:{phone.e164}{extension}"


def _places(contact: Contact) -> Iterator[str]:
    if contact.location and not contact.location.address_confidential:
        yield from (f"ADR;TYPE=work:{_address(each)}" for each in contact.location.addresses.all())


def _address(address: Address) -> str:
    """Post box and annex stay empty, as the standard asks."""
    street = ", ".join(filter(None, (address.attention, address.address_1, address.address_2)))
    region = address.state_province or address.region
    return parts("", "", street, address.city, region, address.postal_code, address.country)


def _notes(contact: Contact, language: str) -> Iterator[str]:
    said = []
    if contact.default_tlp_max:
        said.append(_("Send nothing above %(label)s.") % {"label": contact.default_tlp_max})
    if contact.verified_on:
        said.append(_("Checked on %(day)s.") % {"day": date_format(contact.verified_on, "DATE_FORMAT")})
    if said:
        yield f"NOTE;LANGUAGE={language}:{text(' '.join(said))}"


def text(value: str) -> str:
    """A value with what has a meaning in a card escaped, on one line."""
    value = UNSHOWN.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\u0085", "\n"))
    return value.translate(ESCAPED)


def parts(*values: str) -> str:
    """The parts of a value, each escaped; what each one is, its place says, so empty ones stay."""
    return ";".join(map(text, values))


def folded(line: str) -> str:
    """A line in pieces of 75 octets, never in the midst of a letter."""
    pieces: list[bytes] = [b""]
    for octets in _letters(line):
        room = FOLD - (len(pieces) > 1)  # the space before what goes on
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
        pieces[-1] += octets
    return "\r\n ".join(piece.decode() for piece in pieces)


def _letters(line: str) -> Iterable[bytes]:
    return (letter.encode() for letter in line)
