"""What the record calls the acts by which cards come to be trusted."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "check.confirm": _("The contact confirmed a card by the link of a mail"),
    "check.correct": _("The contact corrected a card by the link of a mail"),
    "check.refused": _("A link to check a card was worth nothing"),
}
