"""What the record calls the acts on pages of countries, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.countries:list": _("Looked at the countries"),
    "page.countries:country": _("Opened the page of a country"),
    "page.countries:new_way": _("Wanted to write down a lawful way to work abroad"),
    "page.countries:way": _("Wanted to change a lawful way to work abroad"),
    "page.countries:remove": _("Wanted to take off a lawful way to work abroad"),
    "way.save": _("Wrote down a lawful way to work abroad"),
    "way.remove": _("Took off a lawful way to work abroad"),
}
