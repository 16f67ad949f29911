"""The history of a card in words: what, who, when, and the values before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from havre.directory.forms import parts
from havre.directory.models import Change

ENTITIES: dict[str, Promise] = {
    "organisation": _("The card"),
    "service": _("A service"),
    "location": _("A place"),
    "address": _("An address"),
    "contact": _("A contact"),
    "phone": _("A number"),
    "schedule": _("Opening hours"),
    "program": _("A programme"),
    "detail": _("A detail from a file"),
}
HOW: dict[str, Promise] = {
    "edited": _("changed"),
    "imported": _("brought in from a file"),
    "suggested": _("changed as suggested"),
    "checked": _("checked"),
    "moved": _("moved"),
    "removed": _("taken off"),
}


@dataclass(frozen=True)
class Line:
    """One change; `values` are label, before, after."""

    change: Change
    what: Promise | str
    how: Promise | str
    values: list[tuple[str, str, str]]


def lines(changes: Iterable[Change]) -> list[Line]:
    """The changes as a page tells them."""
    return [_line(each) for each in changes]


def _line(change: Change) -> Line:
    fields = parts.fields_of(change.entity)
    names = [name for name in fields if name in change.before or name in change.after]
    values = [(fields[name], _said(change.before.get(name)), _said(change.after.get(name))) for name in names]
    how = _("written down") if change.how == "edited" and not change.before else HOW.get(change.how, change.how)
    return Line(change, ENTITIES.get(change.entity, change.entity), how, values)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
