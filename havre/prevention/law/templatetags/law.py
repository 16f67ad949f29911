"""Words and signs for what the pages of this room show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.directory.naming import in_a_row
from havre.kernel.vocabularies import load
from havre.prevention.law.rules import coverage
from havre.prevention.law.shown import BOUND, HOLDING, Standing, Treaty

register = template.Library()
ANSWER_ICONS = {"yes": "circle-check", "partly": "circle-dot", "no": "circle-x"}


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has under a key; nothing where it has none."""
    return found.get(key)


@register.filter
def short_title(treaty: Treaty) -> str:
    """What a treaty is called where there is little room."""
    return treaty.row.get(f"short_{_tongue()}") or treaty.row["short_en"]


@register.filter
def title(treaty: Treaty) -> str:
    """The whole title of a treaty."""
    return load("legal_instruments").label(treaty.code, _tongue())


@register.filter
def status_icon(status: str) -> str:
    """The sign of where a country stands with a treaty."""
    if status in BOUND:
        return "circle-check"
    return {"signed": "pencil", "denounced": "circle-off", "none": "circle-x"}.get(status, "circle-dashed")


@register.filter
def unsaid(standings: Iterable[Standing]) -> bool:
    """Whether nobody wrote down where any of these countries stands."""
    return not any(each.row and each.row.status for each in standings)


@register.filter
def answer_icon(answer: str) -> str:
    """The sign of an answer; a dashed circle where nobody has read it up."""
    return ANSWER_ICONS.get(answer, "circle-dashed")


@register.filter
def answer_words(answer: str) -> str:
    """The words for an answer."""
    return load("law_answers").label(answer, _tongue()) if answer else _("Not read up")


@register.filter
def point(code: str) -> str:
    """The words for an element of the definition or a point of the checklist."""
    return load(coverage.vocabulary(coverage.group_of(code))).label(code, _tongue())


@register.filter
def points_said(codes: Iterable[str]) -> str:
    """Several points in one line, as a sentence has them."""
    said = (point(code) for code in codes)
    return in_a_row(each[:1].lower() + each[1:] for each in said)


@register.filter
def group_title(group: str) -> str:
    """What a group of points is called."""
    return _("Checklist") if group == coverage.LIST else load("elements").label(group, _tongue())


@register.filter
def group_points(group: str) -> list[str]:
    """The points of a group."""
    return coverage.points(group)


@register.filter
def holds(stage: str) -> bool:
    """Whether a law at this stage is in force."""
    return stage in HOLDING


def _tongue() -> str:
    return (get_language() or "en").partition("-")[0]
