"""What templates say of publications."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from havre.kernel.places import country_label, language_label
from havre.knowledge.library import shown

register = template.Library()
register.filter("title_of", shown.title)
register.filter("names_of", shown.names)
register.filter("citation", shown.citation)
register.filter("why_unread", shown.why)


@register.filter
def countries_of(codes: Iterable[str]) -> str:
    """Countries by their names."""
    return ", ".join(country_label(code, get_language() or "en") for code in codes)


@register.filter
def languages_of(codes: Iterable[str]) -> str:
    """Languages by their names."""
    return ", ".join(language_label(code, get_language() or "en") for code in codes)


@register.filter
def language_of(code: str) -> str:
    """A language by its name."""
    return language_label(code, get_language() or "en")
