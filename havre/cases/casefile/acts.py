"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.casefile:today": _("Read “Today”"),
    "page.casefile:list": _("Read the list of people"),
    "page.casefile:case": _("Read the file"),
    "page.casefile:seen": _("Read who saw what"),  # until 2026-11-26
    "page.casefile:who": _("Read who saw the file"),
    "search.names": _("Searched by name"),
    "search.colleague": _("Searched by a colleague’s name"),
    "search.reference": _("Searched by reference"),
}
