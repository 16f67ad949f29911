"""Six digits of an app, and recovery codes: each counts once."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import time
from datetime import timedelta
from urllib.parse import quote

import qrcode
from django.http import HttpRequest

from havre.platform.crypto import codes, keyring
from havre.platform.ui.requests import Visit

from . import factors
from .factors import APP, RECOVERY, Held
from .models import User
from .tries import Limit

PER_ACCOUNT = Limit("code", 10, timedelta(hours=1))  # 240 a day of a million: guessing one takes years
SIGNS = "23456789BCDFGHJKMNPQRTVWXY"  # none that looks like another, and no vowel, so no word comes about
RECOVERIES = 10


def secret_for(request: HttpRequest, user: User, held: list[Held]) -> bytes:
    """The secret of an app that is being set up: the same on each look at the page, another after it is kept."""
    known = ",".join(str(each.id) for each in held)
    return keyring.mac("app", f"{user.pk}|{Visit.of(request).claim}|{known}")[: codes.LENGTH]


def spelt(secret: bytes) -> str:
    """The secret as apps want it typed, in groups of four."""
    return " ".join(re.findall("....", base64.b32encode(secret).decode()))


def drawn(secret: bytes, user: User) -> dict[str, object]:
    """The square that an app reads with the camera: its size, and its dark fields as a path of an SVG."""
    text = base64.b32encode(secret).decode()
    square = qrcode.QRCode(border=4)
    square.add_data(f"otpauth://totp/Havre:{quote(user.login)}?secret={text}&issuer=Havre")
    rows = square.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, field in enumerate(row) if field)
    return {"size": len(rows), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}


def kept(user: User, secret: bytes, given: str, name: str) -> bool:
    """Keeps the app that showed this code; the code is used up by that."""
    step = codes.step_of(secret, _bare(given), time.time())
    if step is None:
        return False
    factors.enrol(user, APP, {"name": name, "secret": base64.b32encode(secret).decode()}, step)
    return True


def right(user: User, held: list[Held], given: str) -> str:
    """The kind of factor that this code is of, counted as used; empty for a wrong code and for one used before."""
    bare = _bare(given)
    for each in held:
        if each.kind == APP:
            step = codes.step_of(base64.b32decode(each.told["secret"]), bare, time.time())
            if step is not None and factors.use(each, step):
                return APP
        elif each.kind == RECOVERY and hmac.compare_digest(each.told["hash"], _hash(user, bare)):
            return RECOVERY if factors.use(each, 1) else ""
    return ""


def renewed(user: User, held: list[Held]) -> list[str]:
    """Ten new recovery codes in place of those there were: shown now, kept as hashes."""
    factors.drop([each for each in held if each.kind == RECOVERY])
    fresh = ["".join(secrets.choice(SIGNS) for _ in range(12)) for _ in range(RECOVERIES)]
    for each in fresh:
        factors.enrol(user, RECOVERY, {"hash": _hash(user, each)})
    return ["-".join(re.findall("....", each)) for each in fresh]


def _bare(given: str) -> str:
    """A code without the spaces and dashes that help to read it."""
    return re.sub(r"[^0-9A-Z]", "", given[:40].upper())


def _hash(user: User, bare: str) -> str:
    """Keyed, so that whoever steals the database cannot try codes; 56 random bits need no slow hash beside that."""
    return keyring.mac("recovery", f"{user.pk}|{bare}").hex()
