"""`{% contact_key contact %}`: a contact's public key on a page, with its fingerprint to be read over the phone."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.timezone import localdate

from havre.directory import keys
from havre.directory.models import Contact

register = template.Library()


@register.inclusion_tag("directory/key.html")
def contact_key(contact: Contact) -> dict[str, Any]:
    """The key's kind, state and fingerprint in groups."""
    return {"key": keys.standing(contact, localdate())}
