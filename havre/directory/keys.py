"""The public key of a contact: recognised when written down, told by its fingerprint, asked before sharing.

The promise: a private key is neither kept nor repeated, and nothing sensitive goes to a contact without a key that
holds on that day (SPEC 12, SECURITY-DESIGN 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.audit.actions import Refused
from havre.platform.crypto.recipients import LONGEST, Kind, NotAKey, Recipient, Wrong, is_private
from havre.platform.crypto.recipients import read as read_key

from .models import Contact

SOON = timedelta(days=30)
GROUP = 4
SENTENCES: dict[Wrong, Promise] = {
    Wrong.UNKNOWN: _(
        "This is no key that is known here. Paste an age recipient, which begins with age1, or an OpenPGP public key"
        " with its first and last line."
    ),
    Wrong.PRIVATE: _(
        "This is a private key. It was not kept. Whoever it belongs to should replace it and send the public one alone."
    ),
    Wrong.SEVERAL: _("These are several keys. Paste the one that this contact reads with."),
    Wrong.BROKEN: _("The key is not whole, or a letter is wrong. Copy it once more from its first to its last line."),
    Wrong.REVOKED: _("Its owner has withdrawn this key. Ask for the new one."),
    Wrong.RECEIVES_NOTHING: _("Nothing can be encrypted to this key. Ask for one that is made for encryption."),
}
NONE = _("There is no public key on this card. Ask the contact for one and compare its fingerprint by voice.")
ENDED = _(
    "The public key on this card has ended. Ask the contact for the new one and compare its fingerprint by voice."
)
UNUSABLE = _("The public key on this card cannot be used. Ask the contact for another and compare its fingerprint.")

State = Literal["none", "holds", "soon", "ended", "unusable"]


@dataclass(frozen=True)
class Standing:
    """A contact's key as a page shows it."""

    state: State
    kind: Kind | None = None
    fingerprint: str = ""
    last_day: date | None = None

    @property
    def rows(self) -> list[list[str]]:
        """The fingerprint to be read over the phone: groups of four, four to a row."""
        groups = grouped(self.fingerprint)
        return [groups[start : start + 4] for start in range(0, len(groups), 4)]


def grouped(fingerprint: str) -> list[str]:
    """A fingerprint in groups of four."""
    return [fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP)]


def read(text: str) -> Recipient:
    """The key in a text; Refused with the one line that says what is wrong with it, never with what was written."""
    try:
        return read_key(text)
    except NotAKey as fault:
        raise Refused(str(SENTENCES[fault.why])) from None


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is written down for a contact with these values: the key alone, its fingerprint, its last day."""
    text = str(values.get("public_key") or "").strip()
    if not text:
        return {"public_key": "", "key_fingerprint": "", "key_expires": None}
    key = read(text)
    return {"public_key": key.text, "key_fingerprint": key.fingerprint, "key_expires": _ends(key, values)}


def _ends(key: Recipient, values: Mapping[str, Any]) -> date | None:
    """The day it says itself, or an earlier one on which it was agreed to renew it."""
    return min((day for day in (key.last_day, values.get("key_expires")) if day), default=None)


def standing(contact: Contact, today: date) -> Standing:
    """The key of a contact on that day. The fingerprint is computed from the key shown, not believed."""
    if not contact.public_key:
        return Standing("none")
    try:
        key = read_key(contact.public_key)
    except NotAKey:
        return Standing("unusable")
    last = _ends(key, {"key_expires": contact.key_expires})
    return Standing(_state(last, today), key.kind, key.fingerprint, last)


def _state(last: date | None, today: date) -> State:
    if last is None or last > today + SOON:
        return "holds"
    return "soon" if last >= today else "ended"


def may_receive(contact: Contact, today: date) -> Promise | None:
    """Why nothing sensitive may be sent to this contact on that day; None when its key holds."""
    state = standing(contact, today).state
    return {"none": NONE, "ended": ENDED, "unusable": UNUSABLE}.get(state)


class KeyField(forms.CharField):
    """A public key as text. A private one is refused, and is not on the page that comes back."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "label": _("Public key"), **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return read(text).text if text else ""
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return "" if data and (is_private(str(data)) or len(str(data)) > LONGEST) else super().bound_data(data, initial)
