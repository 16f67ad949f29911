"""Pages that take a file: each names itself here, and what is sent to any other page is let go unread."""

from __future__ import annotations

from django.urls import Resolver404, resolve

from havre.platform.permissions import Permission

PAGES: dict[str, Permission] = {}  # view name, and what whoever sends a file there must hold


def needed(path: str) -> Permission | None:
    """What somebody who sends a file there must hold; None where no file is taken."""
    try:
        return PAGES.get(resolve(path).view_name)
    except Resolver404:
        return None
