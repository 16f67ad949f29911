"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {"page.knowledge:hub": _("Opened the page of knowledge")}
