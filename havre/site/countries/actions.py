"""Writing a lawful way to work abroad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.keeping.editing import keeps, saved
from havre.platform.permissions import Permission

from .models import WayAbroad


@action("way.save", needs=Permission.KNOWLEDGE_WRITE)
def save(way: WayAbroad | None, values: Mapping[str, Any], *, by: User, version: int | None = None) -> WayAbroad:
    """The way with these values."""
    return saved(way or WayAbroad(), values, by=by, version=version)


@action("way.remove", needs=Permission.KNOWLEDGE_WRITE)
def remove(way: WayAbroad, *, by: User) -> None:
    """Takes a way off that is no longer there."""
    keeps(way, by)
    way.delete()
