"""Secrets of a survey: tokens of links, the number of a form, and the hash of the code that a person makes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from uuid import UUID

import qrcode

from havre.platform.crypto import keyring

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 bits
SHORTEST, LONGEST = 4, 20  # signs of a person's code


def _written(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def token(link: UUID) -> str:
    """What stands in the address of a link: made anew each time from its number, so that it is stored nowhere."""
    return _written(keyring.mac("survey-link", str(link))[:16])


def token_hash(link: UUID) -> bytes:
    """By what the database finds the link of a token."""
    return hashlib.sha256(token(link).encode()).digest()


def sheet(link: UUID) -> str:
    """A number for one form, which only this program can give."""
    nonce = secrets.token_bytes(16)
    return _written(nonce + _seal(link, nonce))


def nonce(link: UUID, given: str) -> bytes | None:
    """The number of a form that was sent; None when this program did not give it for this link."""
    try:
        raw = base64.urlsafe_b64decode(given[:60] + "==")
    except ValueError:
        return None
    number, sealed = raw[:16], raw[16:]
    return number if hmac.compare_digest(sealed, _seal(link, number)) else None


def _seal(link: UUID, number: bytes) -> bytes:
    return keyring.mac("survey-sheet", f"{link}|{number.hex()}")[:16]


def bare(code: str) -> str:
    """A person's code without what people write differently: case, accents, blanks, dashes."""
    plain = unicodedata.normalize("NFKD", code).upper()
    return "".join(each for each in plain if each.isalnum())


def person(survey: UUID, code: str) -> bytes | None:
    """The keyed hash of a person's code in this survey; None without a code."""
    plain = bare(code)
    return keyring.mac("survey-person", f"{survey}|{plain}") if plain else None


def square(text: str) -> dict[str, object]:
    """The square that a camera reads: its size, and its dark fields as a path of an SVG."""
    drawn = qrcode.QRCode(border=4)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, field in enumerate(row) if field)
    return {"size": len(rows), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}
