"""`{% load rights %}{% rights_of subject url %}`: what the newest review says, who made it, and the way to the next."""

from __future__ import annotations

from typing import Any

from django import template

from havre.platform.keeping.models import Kept
from havre.prevention.rights.forms import question
from havre.prevention.rights.models import checks_of

register = template.Library()
register.filter("rights_question", question)


@register.inclusion_tag("rights/state.html")
def rights_of(subject: Kept, url: str = "") -> dict[str, Any]:
    """A card for the page of a campaign, a course or a law; `url` leads to where the review is recorded, if one may."""
    checks = checks_of(subject.pk)
    return {"check": checks[0] if checks else None, "earlier": checks[1:], "url": url}
