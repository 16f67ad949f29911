"""What the record calls the acts of those who read it, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .kinds import Kind

WORDS: dict[str, Promise] = {
    "record.export": _("Took out the record of who saw what"),
}
KINDS = {"record.export": Kind.EXPORT}
