"""What the frame of every page shows: rooms, names, language, theme."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from havre.cases.glass.shown import open_now
from havre.platform.accounts.models import User
from havre.platform.accounts.sessions import IDLE, IDLE_SHARED
from havre.platform.notices.listed import waiting
from havre.platform.permissions import Permission
from havre.platform.ui.requests import Visit

# The way into a room of many pages, and the names its pages begin with.
ROOMS = {
    "directory:countries": ("directory",),
    "prevention:hub": ("prevention", "campaigns", "surveys", "training", "law", "events"),
    "knowledge:hub": ("knowledge", "library", "digest", "countries"),
}
CARDS = (
    "exchange:cards_",
    "exchange:bring_cards",
    "exchange:take_cards",
)  # pages of the directory
PAGES: list[tuple[Promise, str, Permission, str]] = [
    (_("Today"), "casefile:today", Permission.CASE_READ, "sun"),
    (_("People"), "casefile:list", Permission.CASE_READ, "user"),
    (_("Directory"), "directory:countries", Permission.DIRECTORY_READ, "building"),
    (_("Prevention"), "prevention:hub", Permission.PREVENTION_READ, "megaphone"),
    (_("Knowledge"), "knowledge:hub", Permission.KNOWLEDGE_READ, "books"),
    (_("Emergency accesses"), "glass:reviews", Permission.GLASS_REVIEW, "lifebuoy"),
    (_("Agreements"), "agreements:list", Permission.AGREEMENT_ANSWER, "file-check"),
    (_("Who saw what"), "audit:events", Permission.AUDIT_READ, "eye"),
    (_("What is unusual"), "audit:unusual", Permission.AUDIT_READ, "alert-triangle"),
    (_("Seals"), "audit:seals", Permission.AUDIT_READ, "lock"),
    (_("Accounts"), "accounts:people", Permission.ACCOUNTS_READ, "key"),
]


def page(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; of somebody who is not signed in, or is locked, only language and theme."""
    language = get_language() or "en"
    user: User | AnonymousUser | None = getattr(request, "user", None)
    inside = user if user and user.is_authenticated and not Visit.of(request).session.locked else None
    here = getattr(request.resolver_match, "view_name", "")
    room = "directory" if here.startswith(CARDS) else here.partition(":")[0]
    idle = IDLE_SHARED if inside and request.session.get("shared") else IDLE
    return {
        "inside": inside is not None,
        "reads_cases": inside is not None and inside.may(Permission.CASE_READ),
        "brings_registers": inside is not None and inside.may(Permission.REGISTER_IMPORT),
        "takes_registers": inside is not None and inside.may(Permission.REGISTER_EXPORT),
        "brings_cards": inside is not None and inside.may(Permission.DIRECTORY_WRITE),
        "takes_cards": inside is not None and inside.may(Permission.DIRECTORY_READ),
        "user": user,
        "notices": partial(waiting, inside),
        "emergencies": open_now(inside) if inside else [],
        "nav_pages": [
            {
                "label": label,
                "url": reverse(name),
                "current": name == here or room in ROOMS.get(name, ()),
                "icon": icon,
            }
            for label, name, needs, icon in PAGES
            if inside and inside.may(needs)
        ],
        "languages": [
            {"code": code, "label": label, "current": code == language} for code, label in settings.LANGUAGES
        ],
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "theme": request.COOKIES.get("havre-theme", ""),
        "hide_names": request.COOKIES.get("havre-names") == "hidden",
        "demo": settings.DEMO,
        "lock_minutes": int(idle.total_seconds() // 60),
    }
