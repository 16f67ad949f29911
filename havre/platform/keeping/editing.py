"""What all writing of kept rows has in common; called within an action of the room that owns the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale

from .models import Edited, Kept

R = TypeVar("R", bound=Edited)


def keeps(row: Kept, by: User) -> None:
    """Refused for whoever does not work in the agency that keeps this row."""
    if row.owner_id != by.agency_id:
        raise Refused(_("Another agency keeps this. Ask it to make the change."))


def saved(row: R, values: Mapping[str, Any], *, by: User, version: int | None = None) -> R:
    """The row with these values of its fields, written down; a new one becomes the writer's agency's.

    With `version`, Stale when somebody saved it since that version was read.
    """
    if row._state.adding:
        row.owner, row.made_by = by.agency, by
    else:
        row = _held(row, values, by, version)
        row.version += 1
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    return row


def _held(row: R, values: Mapping[str, Any], by: User, version: int | None) -> R:
    keeps(row, by)
    row = type(row)._default_manager.select_for_update(of=("self",)).select_related("changed_by").get(pk=row.pk)
    if version is not None and version != row.version:
        theirs = {name: getattr(row, name) for name in values}
        raise Stale(row.version, theirs, who=row.changed_by.name, at=row.changed_at)
    return row
