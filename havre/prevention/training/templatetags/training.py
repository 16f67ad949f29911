"""Shares of a whole and spans of days, as a sentence says them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import get_language

from havre.prevention.training.post import days

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share as people say it: 45 %, in English 45%."""
    if share is None:
        return ""
    gap = "\u202f" if (get_language() or "en").startswith("fr") else ""
    return f"{round(share * 100)}{gap}%".replace("-", "\u2212")


@register.simple_tag
def span(begins: date, ends: date) -> str:
    """One day, or from when to when."""
    return days(begins, ends)
