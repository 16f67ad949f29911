"""The history of a card in words: what, who, when, and the values before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from havre.directory.forms import parts
from havre.directory.forms.base import place_name
from havre.directory.models import Change, Contact, Location, Organisation, Program, Service
from havre.directory.models.base import Kept
from havre.directory.naming import first_name
from havre.directory.standing import contact_of
from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.ui.fields import language

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


# Whose codes a field holds.
LISTS: dict[str, str] = {
    "org_category": "org_categories",
    "nrm_role": "nrm_roles",
    "mou_status": "mou_statuses",
    "vetting_status": "vetting_statuses",
    "service_type": "services",
    "population_served": "populations",
    "exploitation_types_served": "vic_TypeOfExploitation",
    "status": "service_states",
    "cost_to_person": "service_costs",
    "location_type": "location_types",
    "focal_role": "focal_roles",
    "clearance": "clearances",
    "channels": "phone_channels",
}
NAMED: dict[str, Callable[[str, str], str]] = {
    "countries": places.country_label,
    "country": places.country_label,
    "languages": places.language_label,
}
OTHERS: dict[str, tuple[type[Kept], Callable[[Any], str]]] = {
    "parent_organisation": (Organisation, first_name),
    "program": (Program, first_name),
    "service": (Service, first_name),
    "contact": (Contact, contact_of),
    "location": (Location, place_name),
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Line:
    """One change; `values` are label, before, after."""

    change: Change
    what: Promise | str
    how: Promise | str
    values: list[tuple[str, str, str]]


def lines(changes: Iterable[Change]) -> list[Line]:
    """The changes as a page tells them."""
    rows = list(changes)
    others = _others(rows)
    return [_line(each, others) for each in rows]


def _others(changes: Iterable[Change]) -> dict[str, str]:
    """The rows that these changes name, by their numbers, each as its list calls it."""
    values = [values for each in changes for values in (each.before, each.after)]
    found: dict[str, str] = {}
    for name, (model, called) in OTHERS.items():
        keys = {value for each in values if (value := each.get(f"{name}_id"))}
        found |= {str(row.pk): called(row) for row in model._default_manager.filter(pk__in=keys)} if keys else {}
    return found


def _line(change: Change, others: dict[str, str]) -> Line:
    fields = parts.fields_of(change.entity)
    old, new = change.before, change.after
    names = [name for name in fields if name in old or name in new]
    values = [(fields[name], _said(name, old.get(name)), _said(name, new.get(name))) for name in names]
    for name in fields:
        keys = old.get(f"{name}_id"), new.get(f"{name}_id")
        if any(keys):
            values.append((fields[name], others.get(str(keys[0]), ""), others.get(str(keys[1]), "")))
    how = _("written down") if change.how == "edited" and not change.before else HOW.get(change.how, change.how)
    return Line(change, ENTITIES.get(change.entity, change.entity), how, values)


def _said(name: str, value: Any) -> str:
    """A value in words: codes by their list, days as people write them."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if value is None or value == "":
        return ""
    if name == "visibility":
        return load("visibilities").label(load("visibilities").codes[int(value)], language())
    if isinstance(value, list):
        return ", ".join(_coded(name, each) for each in value)
    return _day(value) or _coded(name, value)


def _coded(name: str, value: Any) -> str:
    named = NAMED.get(name)
    if named:
        return named(str(value), language())
    return load(LISTS[name]).label(str(value), language()) if name in LISTS else str(value)


def _day(value: Any) -> str:
    if not (isinstance(value, str) and DAY.fullmatch(value)):
        return ""
    return date_format(date.fromisoformat(value), "DATE_FORMAT")
