"""Rows of cards for tests, as their keeper writes them."""

from __future__ import annotations

from typing import Any

from havre.directory.models import Organisation, Service
from havre.platform.accounts.models import User
from havre.platform.audit.actions import at_work
from havre.platform.keeping.rows import Visibility


def card(
    keeper: User, name: str = "House of the Quay", visibility: int = Visibility.PARTNERS, **more: Any
) -> Organisation:
    """An organisation's card."""
    with at_work():
        return Organisation.objects.create(name=name, owner=keeper.agency, visibility=visibility, **more)


def hangs(model: type[Any], of: Organisation, **more: Any) -> Any:
    """What hangs on it, seen as far as the card."""
    kept = {"owner_id": of.owner_id, "visibility": of.visibility, "organisation": of}
    with at_work():
        return model.objects.create(**(kept | more))


def service(of: Organisation, name: str = "Beds", **more: Any) -> Service:
    """A service of it."""
    return hangs(Service, of, **({"name": name, "status": "active"} | more))
