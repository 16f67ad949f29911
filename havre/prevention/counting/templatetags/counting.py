"""`{% load counting %}`: `{% counts value %}` shows people by sex and age, `{{ value|people }}` says how many."""

from __future__ import annotations

from typing import Any

from django import template

from havre.kernel.vocabularies import load
from havre.prevention.counting import sums
from havre.prevention.counting.forms import in_words

register = template.Library()


@register.inclusion_tag("counting/shown.html")
def counts(value: sums.Counts | None, caption: str = "") -> dict[str, Any]:
    """A small table; rows and columns where nobody was are left out."""
    held = value or {}
    sexes, ages = sums.by_sex(held), sums.by_age(held)
    columns = [age for age in _order(sums.AGES, ages) if ages[age]]
    rows = [(sex, [held.get(f"{sex}.{age}", 0) for age in columns], sexes[sex]) for sex in _order(sums.SEXES, sexes)]
    return {
        "caption": caption,
        "ages": columns,
        "rows": [row for row in rows if row[2]],
        "feet": [ages[age] for age in columns],
        "total": sums.total(held),
    }


def _order(name: str, found: dict[str, int]) -> list[str]:
    known = [code for code in load(name) if code in found]
    return known + [code for code in found if code not in known]


@register.filter
def people(value: sums.Counts | None) -> str:
    """How many people, in words; nothing when nobody counted."""
    return in_words(sums.total(value)) if value else ""


@register.filter
def people_total(value: sums.Counts | None) -> int:
    """How many people, as a number."""
    return sums.total(value or {})
