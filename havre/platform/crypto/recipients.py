"""To whom something may be encrypted: the public keys that other agencies give, read and never made here.

The promise: what is kept is public, answers to the fingerprint shown beside it, and can receive. It rests on RFC 9580
(OpenPGP, versions 4 and 6, with RFC 4880 before it) as Sequoia reads it, and on the age format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

import pyrage
import pysequoia
from pysequoia.packet import PacketPile, Tag

SECRETS = (Tag.SecretKey, Tag.SecretSubkey)
LONGEST = 64 * 1024
BLOCK = re.compile(r"-----BEGIN PGP PUBLIC KEY BLOCK-----.*?-----END PGP PUBLIC KEY BLOCK-----", re.S)
SECRET = re.compile(r"PRIVATE KEY|SECRET[ -]KEY|AGE-PLUGIN-[A-Z0-9]+-1", re.I)


class Kind(StrEnum):
    """The two kinds of keys that are read."""

    AGE = "age"
    OPENPGP = "openpgp"


class Wrong(StrEnum):
    """Why a text is kept as nobody’s key."""

    UNKNOWN = "unknown"  # no key of a kind that is read
    PRIVATE = "private"
    SEVERAL = "several"
    BROKEN = "broken"  # begins as a key and cannot be read to its end
    REVOKED = "revoked"
    RECEIVES_NOTHING = "receives_nothing"  # signs only, or nothing that it says about itself holds today


class NotAKey(ValueError):
    """The text is no key to encrypt to. It says which of the reasons, and nothing of the text."""

    def __init__(self, why: Wrong) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Recipient:
    """A public key: as it is kept, and what is read aloud to compare it."""

    kind: Kind
    text: str
    fingerprint: str  # hexadecimal capitals
    last_day: date | None = None  # the last whole day (UTC) on which it holds; none said


def is_private(text: str) -> bool:
    """Whether the text holds, or says it holds, what its owner alone may have."""
    return bool(SECRET.search(text)) or any(_opens(block) for block in BLOCK.findall(text[:LONGEST]))


def _opens(block: str) -> bool:
    """Whether a block that calls itself public holds secret parts."""
    try:
        return any(each.tag in SECRETS for each in PacketPile.from_bytes(block.encode()))
    except Exception:  # the library has one kind of error for all
        return False


def read(text: str) -> Recipient:
    """The key in a text, with what stands round it left out; NotAKey when there is none to keep."""
    text = text.strip()
    if is_private(text):
        raise NotAKey(Wrong.PRIVATE)
    if len(text) > LONGEST:
        raise NotAKey(Wrong.UNKNOWN)
    blocks = BLOCK.findall(text)
    if len(blocks) > 1:
        raise NotAKey(Wrong.SEVERAL)
    if blocks:
        return _openpgp(blocks[0])
    return _age(text)


def _age(text: str) -> Recipient:
    if not text.lower().startswith("age1"):
        raise NotAKey(Wrong.BROKEN if "BEGIN PGP" in text else Wrong.UNKNOWN)
    if len(text.split()) > 1:
        raise NotAKey(Wrong.SEVERAL)
    try:
        known = str(pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError:
        raise NotAKey(Wrong.BROKEN) from None
    return Recipient(Kind.AGE, known, sha256(known.encode()).hexdigest().upper())


def _openpgp(block: str) -> Recipient:
    block = "\n".join(line.strip() for line in block.splitlines())
    try:
        cert = pysequoia.Cert.from_bytes(block.encode())
        last = _last_day(cert)
    except Exception as error:
        raise NotAKey(Wrong.RECEIVES_NOTHING if "No binding signature" in str(error) else Wrong.BROKEN) from None
    if cert.is_revoked:
        raise NotAKey(Wrong.REVOKED)
    if (last is None or last >= datetime.now(UTC).date()) and not _receives(cert):
        raise NotAKey(Wrong.RECEIVES_NOTHING)
    return Recipient(Kind.OPENPGP, block, cert.fingerprint.upper(), last)


def _last_day(cert: pysequoia.Cert) -> date | None:
    ends = cert.expiration
    return ends.date() - timedelta(days=1) if ends else None


def _receives(cert: pysequoia.Cert) -> bool:
    """Whether something can be encrypted to it today: tried, since the part made for that may be over."""
    try:
        pysequoia.encrypt(recipients=[cert], bytes=b"")
    except Exception:
        return False
    return True
