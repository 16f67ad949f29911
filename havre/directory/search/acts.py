"""What the record calls the search of the directory, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.directory:find": _("Searched the directory"),
    "page.directory:find_map": _("Looked at the map of the directory"),
}
