"""What the pages that write share."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.shortcuts import get_object_or_404

from havre.platform.keeping.models import Kept
from havre.platform.permissions import Permission
from havre.platform.ui.requests import Request

READ, WRITE = Permission.PREVENTION_READ, Permission.PREVENTION_WRITE
BOTH = ("GET", "POST")
K = TypeVar("K", bound=Kept)


def held(request: Request, model: type[K], pk: UUID, **of: Any) -> K:
    """The row to be written; another agency's has no such page, and what is sent to it is refused by the act."""
    rows = model._default_manager.select_related("owner").filter(**of)
    if request.method != "POST":
        rows = rows.filter(owner=request.user.agency_id)
    return get_object_or_404(rows, pk=pk)


def writes(request: Request, row: Kept) -> bool:
    """Whether the reader may change it."""
    return row.owner_id == request.user.agency_id and request.user.may(WRITE)
