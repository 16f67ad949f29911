"""What all writing on a card has in common: its keeper alone, one at a time, what hangs on what, and its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havre.directory import facets
from havre.directory.history import record_change, values_of
from havre.directory.models import Change, Contact, Location, Organisation, Phone, ServiceAtLocation
from havre.directory.models.base import Checked, Kept
from havre.directory.standing import FIELDS, standing, version_of
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale

R = TypeVar("R", bound=Kept)
Values = Mapping[str, Any]
PARENTS = ("service", "location", "service_at_location", "contact", "phone")


def held(row: R, by: User, version: int | None) -> R:
    """The row as it stands in the database, held for this transaction; Stale when it was saved since."""
    keeps(row, by)
    row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and version != version_of(row):
        last = Change.objects.filter(row_id=row.pk).select_related("by").order_by("-at").first()
        who, at = (last.by.name if last.by else "", last.at) if last else ("", None)
        raise Stale(version_of(row), standing(row), who=who, at=at)
    return row


def keeps(row: Kept, by: User) -> None:
    """Refused for whoever does not work in the agency that keeps this card."""
    if row.owner_id != by.agency_id:
        raise Refused(_("Another agency keeps this card. Suggest the change to it instead."))


def put(row: Kept, values: Values) -> None:
    """Sets what is among the values and is a field of that row; another row may be named by its number."""
    for name in FIELDS[type(row)]:
        if name in values and (name, values[name]) != ("visibility", None):
            value = values[name]
            field: Any = row._meta.get_field(name)
            setattr(row, name if isinstance(value, Kept) or not field.is_relation else field.attname, value)


def hang(row: Kept, organisation: Organisation, values: Values) -> None:
    """Gives the row the keeper of its organisation, and a visibility that goes no further than what it hangs on."""
    row.owner_id = organisation.owner_id
    wanted = values.get("visibility")
    if wanted is None:
        wanted = organisation.visibility if row._state.adding else row.visibility
    row.visibility = max([int(wanted), organisation.visibility, *(each.visibility for each in _parents(row))])


def _parents(row: Kept) -> Iterable[Kept]:
    """What the row hangs on beside its organisation; Refused where it is on another card."""
    for name in PARENTS:
        if getattr(row, f"{name}_id", None):
            parent = getattr(row, name)
            if parent.organisation_id != row.organisation_id:  # type: ignore[attr-defined]
                raise Refused(_("This stands on another card. Choose one of this card."))
            if isinstance(row, Contact | Phone) and _is_hidden(parent):
                raise Refused(
                    _("A confidential place has no contact and no number in the open. Put it with the organisation.")
                )
            yield parent


def _is_hidden(parent: Kept) -> bool:
    place = parent.location if isinstance(parent, ServiceAtLocation) else parent
    return isinstance(place, Location) and place.address_confidential


def keep(row: R, values: Values, *, organisation: Organisation, by: User, how: str) -> R:
    """A row of a card with these values, written down with its history."""
    before = None if row._state.adding else values_of(row)
    put(row, values)
    hang(row, organisation, values)
    return written(row, before, by, how)


def written(row: R, before: Values | None, by: User, how: str) -> R:
    """Saves the row and what changed in it."""
    if isinstance(row, Checked) and before is not None:
        row.version += 1
    row.save()
    record_change(row, before, values_of(row), by, how)
    return row


def match(model: type[R], name: str, wanted: Iterable[Any], make: Callable[[Any], R], **of: Any) -> None:
    """Brings rows that are only named, as languages are, to the wanted ones, seen as far as new ones would be."""
    rows = {getattr(each, name): each for each in model._default_manager.filter(**of)}
    names = list(dict.fromkeys(wanted))
    for gone in [each for key, each in rows.items() if key not in names]:
        gone.delete()
    for each in names:
        new = make(each)
        if each not in rows:
            new.save(force_insert=True)
        elif rows[each].visibility != new.visibility:
            rows[each].visibility = new.visibility
            rows[each].save(update_fields=["visibility"])


def refresh(organisation: Organisation) -> None:
    """Writes down anew what the card and its services are found by."""
    facets.refresh([organisation.pk])


def once(save: Callable[[], R], sentence: str) -> R:
    """What `save` gives; Refused with that sentence where such a row is there already."""
    try:
        with transaction.atomic():
            return save()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != "23505":
            raise
        raise Refused(sentence) from None
