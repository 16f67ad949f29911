"""Names of the directory on pages, each in its own direction."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from havre.directory import naming

register = template.Library()
register.filter("first_name", naming.first_name)
register.filter("second_name", naming.second_name)


@register.filter
def called(row: naming.Named) -> SafeString:
    """The name in Latin letters, and its own beside it where that is in another script."""
    other = naming.second_name(row)
    first = format_html("<bdi>{}</bdi>", naming.first_name(row))
    return format_html('{} <span class="hv-other"><bdi>{}</bdi></span>', first, other) if other else first
