"""The history of a card: what each change found and left, for its keeper. Of a confidential place, only that it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from havre.directory.models import Change, ConfidentialPlace, Location, Organisation
from havre.platform.accounts.models import User

LEFT_OUT = {"id", "owner_id", "organisation_id", "version", "folded", "always_open"}  # not said, or derived
OF_A_PLACE = {"country", "region", "visibility", "address_confidential"}  # all that a confidential one tells
Values = Mapping[str, Any]


def values_of(row: Model) -> dict[str, Any]:
    """What history keeps of a row, as it stands in memory; of a confidential place nothing that finds it."""
    if isinstance(row, ConfidentialPlace):
        return {}
    names = [each.attname for each in row._meta.concrete_fields if each.attname not in LEFT_OUT]
    if isinstance(row, Location) and row.address_confidential:
        names = [each for each in names if each in OF_A_PLACE]
    return {name: getattr(row, name) for name in names}


def record_change(row: Model, before: Values | None, after: Values | None, by: User | None, how: str) -> Change | None:
    """Writes what changed in this row of a card, if anything. Without `before` it is new, without `after` gone.

    `how`: edited, imported, suggested, checked, moved, removed. Called within an action, by the keeper of the card.
    """
    change = change_of(row, before, after, by, how)
    if change:
        change.save(force_insert=True)
    return change


def record_changes(changes: Iterable[Change | None]) -> None:
    """Writes many, made by `change_of`, within an action."""
    Change.objects.bulk_create([each for each in changes if each], batch_size=1000)


def change_of(row: Model, before: Values | None, after: Values | None, by: User | None, how: str) -> Change | None:
    """The change, not yet written."""
    old, new = _told(row, before), _told(row, after)
    if before is not None and after is not None:
        names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        old, new = ({name: each[name] for name in names if name in each} for each in (old, new))
        if not names and not isinstance(row, ConfidentialPlace):
            return None
    card = row.pk if isinstance(row, Organisation) else getattr(row, "organisation_id", None)
    card = row.location.organisation_id if isinstance(row, ConfidentialPlace) else card
    entity = "location" if isinstance(row, ConfidentialPlace) else str(row._meta.model_name)
    kept = {"owner_id": vars(row)["owner_id"], "card": card, "row_id": row.pk, "entity": entity}
    return Change(**kept, place=place_of(row), how=how, by=by, before=old, after=new)


def place_of(row: Model) -> Any:
    """The location a row is or hangs on, if any."""
    if isinstance(row, Location):
        return row.pk
    if getattr(row, "service_at_location_id", None):
        return row.service_at_location.location_id  # type: ignore[attr-defined]
    return getattr(row, "location_id", None)


def _told(row: Model, values: Values | None) -> dict[str, Any]:
    if values is None or isinstance(row, ConfidentialPlace):
        return {}
    hidden = isinstance(row, Location) and row.address_confidential
    return {
        name: value
        for name, value in values.items()
        if name not in LEFT_OUT and (not hidden or name in OF_A_PLACE) and name != "owner"
    }
