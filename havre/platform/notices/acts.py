"""What the record calls what is done with a notice, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.notices:address": _("Looked after their mail address"),
    "page.notices:read": _("Opened a notice"),
}
