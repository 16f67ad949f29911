"""Handing a token to the database: good for one transaction, worth nothing without the session it opens."""

from __future__ import annotations

import hashlib

from django.db import connections


def token_hash(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def hand_over(token: str, using: str = "default") -> None:
    """Claims, for this transaction only, to hold the token; an empty one claims nothing."""
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config('havre.token', %s, true)", [token])
