"""Where it is. What finds a confidential place is moved out of the open in the same act that makes it confidential."""

from __future__ import annotations

from django.db.models import Q

from havre.directory.history import record_change, values_of
from havre.directory.models import (
    Address,
    ConfidentialPlace,
    Contact,
    Detail,
    Location,
    Organisation,
    Phone,
    ServiceAtLocation,
)
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

from .kept import Values, hang, held, keeps, put, refresh, written

ADDRESS = ("address", "postal_code", "city", "region", "country")
HIDDEN = ("name", "alternate_name", "description", "transportation", "url", "city", "external_identifier")


@action("place.save", needs=Permission.DIRECTORY_WRITE)
def save_location(
    row: Location | None,
    values: Values,
    *,
    organisation: Organisation,
    by: User,
    version: int | None = None,
    how: str = "edited",
) -> Location:
    """A place with these values and its `address`, `postal_code`, and for a confidential one `phone_there`."""
    keeps(organisation, by)
    place = held(row, by, version) if row else Location(organisation=organisation)
    before = values_of(place) if row else None
    was_confidential = bool(row) and place.address_confidential
    put(place, values)
    hang(place, organisation, values)
    if place.address_confidential:
        _hide(place, values, before, by, how, known=was_confidential)
    else:
        written(place, before, by, how)
        _show(place, values, by, how)
    refresh(organisation)
    return place


def _hide(place: Location, values: Values, before: Values | None, by: User, how: str, *, known: bool) -> None:
    """Seals what finds the place, with what stood in the open until now."""
    secret = ConfidentialPlace.objects.filter(location=place).first()
    secret = secret or ConfidentialPlace(location=place, owner_id=place.owner_id)
    told, moved = _told(values), {} if known else _moved(place)
    for name in told.keys() | moved.keys():
        both = [*told.get(name, "").splitlines(), *moved.get(name, "").splitlines()]
        setattr(secret, name, "\n".join(line for line in dict.fromkeys(both) if line))
    for name in HIDDEN:
        setattr(place, name, "")
    place.latitude = place.longitude = None
    written(place, before, by, how)
    stood = not secret._state.adding
    secret.version += stood
    secret.save()
    record_change(secret, {} if stood else None, {}, by, how)


def _told(values: Values) -> dict[str, str]:
    """What the values say of where it is."""
    lines = [str(values.get("address") or ""), str(values.get("postal_code") or "")]
    told = {"address": "\n".join(line for line in lines if line)} if "address" in values else {}
    given = {"city": "city", "phone": "phone_there", "directions": "transportation"}
    return told | {to: str(values[name] or "") for to, name in given.items() if name in values}


def _moved(place: Location) -> dict[str, str]:
    """What stood in the open at this place, taken out of it."""
    if place._state.adding:
        return {}
    here = Q(location=place) | Q(service_at_location__location=place)
    phones, addresses = list(Phone.objects.filter(here)), list(Address.objects.filter(location=place))
    for contact in Contact.objects.filter(here):
        contact.location = contact.service_at_location = None
        contact.save()
    for each in (*phones, *addresses, *Detail.objects.filter(link_id=place.pk)):
        each.delete()
    ServiceAtLocation.objects.filter(location=place).update(description="")
    lines = [line for each in addresses for line in (each.attention, each.address_1, each.address_2, each.postal_code)]
    return {
        "address": "\n".join(line for line in lines if line),
        "city": place.city,
        "phone": "\n".join(each.number for each in phones),
        "directions": place.transportation,
    }


def _show(place: Location, values: Values, by: User, how: str) -> None:
    """Keeps the address of an open place; what was sealed of it is gone."""
    ConfidentialPlace.objects.filter(location=place).delete()
    if "address" not in values:
        return
    address = Address.objects.filter(location=place).order_by("address_type", "pk").first()
    address = address or Address(location=place, organisation_id=place.organisation_id)
    stood = None if address._state.adding else values_of(address)
    first, *more = str(values["address"] or "").splitlines() or [""]
    if not first and stood is None:
        return
    address.address_1, address.address_2 = first, ", ".join(line for line in more if line)
    address.postal_code, address.city = str(values.get("postal_code") or ""), place.city
    address.state_province, address.country = place.region, place.country
    address.owner_id, address.visibility = place.owner_id, place.visibility
    written(address, stood, by, how)
