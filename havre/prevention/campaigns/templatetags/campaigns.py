"""What the pages of campaigns say in words."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that say something: one message on each."""
    return [each.strip() for each in (text or "").splitlines() if each.strip()]


@register.filter
def status_tone(status: str) -> str:
    """The meaning in which the badge of a status is drawn."""
    return {"live": "calm", "pretest": "lamp", "evaluated": "line"}.get(status, "sand" if status == "idea" else "line")


@register.filter
def dialled(number: str) -> str:
    """The number without blanks, for a link that calls."""
    return "".join(sign for sign in number if sign.isdigit() or sign in "+*#")
