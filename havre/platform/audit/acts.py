"""What the record calls the acts of those who read it, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .kinds import Kind

WORDS: dict[str, Promise] = {
    "page.audit:events": _("Read who saw what"),
    "page.audit:unusual": _("Read what is unusual"),
    "page.audit:file": _("Read who saw one file"),
    "page.audit:seals": _("Read the head of the record"),
    "page.audit:head": _("Fetched the head of the record"),
    "record.export": _("Took out the record of who saw what"),
}
KINDS = {"record.export": Kind.EXPORT}
