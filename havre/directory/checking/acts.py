"""What the record calls the acts by which cards come to be trusted."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "agency.vet": _("Was said on the server to be vetted, or not"),
    "card.check": _("Said that a card was checked"),
    "contact.ask": _("Asked a contact whether their card is right"),
    "suggestion.make": _("Suggested a change to a card"),
    "suggestion.add": _("Suggested something new for a card"),
    "suggestion.approve": _("Approved a suggestion for a card"),
    "suggestion.refuse": _("Refused a suggestion for a card"),
    "duplicate.decide": _("Decided on two cards that look alike"),
    "page.directory:checked": _("Wanted to say that a card was checked"),
    "page.directory:ask": _("Wanted to ask a contact by mail"),
    "page.directory:suggest": _("Wanted to suggest a change to a card"),
    "page.directory:suggest_new": _("Wanted to suggest something new for a card"),
    "page.directory:suggestions": _("Read the suggestions for cards"),
    "page.directory:suggestion": _("Read a suggestion for a card"),
    "page.directory:duplicates": _("Read which cards look alike"),
    "page.directory:duplicate": _("Compared two cards that look alike"),
    "check.confirm": _("The contact confirmed a card by the link of a mail"),
    "check.correct": _("The contact corrected a card by the link of a mail"),
    "check.refused": _("A link to check a card was worth nothing"),
}
