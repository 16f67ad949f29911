"""Codes that an app shows for thirty seconds (TOTP, RFC 6238): six digits, SHA-1, as every such app understands."""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

SECONDS = 30
LENGTH = 20  # bytes of a secret: 160 bits, as RFC 4226 recommends


def step_at(moment: float) -> int:
    """The step that a moment falls into."""
    return int(moment // SECONDS)


def code(secret: bytes, step: int) -> str:
    """The code of a step."""
    return HOTP(secret, 6, SHA1()).generate(step).decode()  # noqa: S303 - the apps know no other hash


def step_of(secret: bytes, given: str, moment: float) -> int | None:
    """The step whose code was given: the one that runs, or a neighbour, since clocks differ; None for a wrong code."""
    now, found = step_at(moment), None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(code(secret, step).encode(), given.encode()):
            found = step
    return found
