"""Codes of certificates: they cannot be guessed, and tell a name to nobody who does not know it (ADR 37)."""

from __future__ import annotations

import re
import secrets

from havre.directory.folding import fold
from havre.platform.crypto import keyring

SIGNS = "23456789BCDFGHJKMNPQRTVWXY"  # none that looks like another, and no vowel, so no word comes about
LENGTH = 16  # of 26 signs: 75 bits
WORD = re.compile(r"[^\W_]+")


def fresh() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(SIGNS) for _each in range(LENGTH))


def bare(given: str) -> str:
    """A code as it is kept, however it was typed; nothing when it cannot be one."""
    text = "".join(re.findall(r"[0-9A-Za-z]", given[:60])).upper()
    return text if len(text) == LENGTH and set(text) <= set(SIGNS) else ""


def spelt(code: str) -> str:
    """A code as it is printed."""
    return "-".join(re.findall("....", code))


def named(code: str, name: str) -> bytes:
    """The mark of a name on that certificate: the same whatever its capitals, accents and order of words."""
    return keyring.mac("certificate", f"{code}|{' '.join(sorted(WORD.findall(fold(name))))}")
