"""The secret of an invitation: drawn here, told once, and of it the hash alone is kept."""

from __future__ import annotations

import re
import secrets

from django.urls import reverse

from havre.platform.database.claims import token_hash
from havre.platform.ui.requests import Visit

SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def drawn() -> str:
    """A new secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> bytes:
    """What the database keeps of it."""
    return token_hash(secret)


def link(request: Visit, secret: str) -> str:
    """The address that is handed over. What stands behind `#` is sent to no server: it is in no log and no referrer."""
    return request.build_absolute_uri(reverse("accounts:welcome")) + f"#{secret}"


def read(text: str) -> str:
    """The secret out of what somebody pasted, the whole address or its end; empty when there is none in it."""
    last = text.strip().rpartition("#")[2]
    return last if SHAPE.fullmatch(last) else ""
