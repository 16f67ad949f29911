"""`{% load surveys %}`: texts of a survey in the reader's language, and how it stands."""

from __future__ import annotations

from django import template

from havre.prevention.surveys.models import CLOSED, DRAFT, OPEN, Item, Survey
from havre.prevention.surveys.spoken import said

register = template.Library()
TONES = {DRAFT: "sand", OPEN: "calm", CLOSED: "line"}
ICONS = {DRAFT: "pencil", OPEN: "circle-check", CLOSED: "lock"}


@register.filter
def titled(survey: Survey) -> str:
    """What a survey is called, for somebody of the house."""
    return said(survey.title, survey.languages)


@register.filter
def introduced(survey: Survey) -> str:
    """What those who answer read first."""
    return said(survey.intro, survey.languages)


@register.filter
def asked(item: Item, survey: Survey) -> str:
    """The sentence of a question."""
    return said(item.text, survey.languages)


@register.filter
def lacking(item: Item, survey: Survey) -> list[str]:
    """The languages in which a question is not written yet."""
    return [each for each in survey.languages if not item.text.get(each)]


@register.filter
def tone(status: str) -> str:
    """The tone of the badge of a state."""
    return TONES.get(status, "")


@register.filter
def state_mark(status: str) -> str:
    """The icon of the badge of a state."""
    return ICONS.get(status, "circle-dashed")
