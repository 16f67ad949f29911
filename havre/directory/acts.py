"""What the record calls the acts of the directory, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.directory.checking import acts as checking
from havre.directory.paper import acts as paper
from havre.directory.search import acts as search

CARDS: dict[str, Promise] = {
    "page.directory:countries": _("Opened the directory"),
    "page.directory:country": _("Read the directory of a country"),
    "page.directory:card": _("Read a card"),
    "page.directory:history": _("Read the history of a card"),
    "page.directory:place": _("Read where a confidential place is"),
    "page.directory:new": _("Began a card"),
    "page.directory:edit": _("Went to change a card"),
    "page.directory:add": _("Began to add to a card"),
    "page.directory:part": _("Read a part of a card to change it"),
    "page.directory:remove": _("Wanted to take something off a card"),
    "card.save": _("Changed a card"),
    "card.remove": _("Took a card, or something off it"),
    "service_card.save": _("Changed a service on a card"),
    "program_card.save": _("Changed a programme on a card"),
    "schedule.save": _("Changed opening hours on a card"),
    "place.save": _("Changed a place on a card"),
    "contact_card.save": _("Changed a contact on a card"),
    "phone.save": _("Changed a number on a card"),
}
WORDS: dict[str, Promise] = {**CARDS, **checking.WORDS, **paper.WORDS, **search.WORDS}
KINDS = {**paper.KINDS}
