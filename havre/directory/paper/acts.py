"""What the record calls the paper of the directory, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.audit.kinds import Kind

WORDS: dict[str, Promise] = {
    "page.directory:booklet": _("Opened the booklet of a country to print it"),
    "page.directory:emergency": _("Opened the emergency sheet of a country to print it"),
    "page.directory:vcard": _("Took a contact into an address book"),
}
KINDS = dict.fromkeys(WORDS, Kind.EXPORT)
