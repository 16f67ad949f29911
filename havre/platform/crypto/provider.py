"""Where the roots of the agencies are kept. Start-up fails closed when the place is not safe."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import stat
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from . import signing

NONCE = 12


class KeyFault(Exception):
    """A key is missing, unsafe or does not fit: one line that says which and what to do."""


class Provider(Protocol):
    """What keeps the roots: here a file, elsewhere a key service."""

    def root(self, name: str) -> bytes:
        """A 256-bit root of this installation."""

    def wrap(self, agency: str, context: bytes, key: bytes) -> bytes:
        """The key, sealed under the agency's root and bound to the context."""

    def unwrap(self, agency: str, context: bytes, wrapped: bytes) -> bytes:
        """The key that was wrapped in this very context."""

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA256 of the message under a server key of this purpose (32 bytes)."""

    def sign(self, purpose: str, message: bytes) -> bytes:
        """The Ed25519 signature of the message under the server's signing key of this purpose (64 bytes)."""

    def public(self, purpose: str) -> bytes:
        """The public key of that signing key (32 bytes)."""


def check_private(path: Path) -> None:
    """Refuses a key file that others may read or that somebody else owns."""
    found = path.stat()
    if found.st_uid != os.geteuid():
        raise KeyFault(f"{path}: owned by user {found.st_uid}, not by {os.geteuid()}: run as the owner of the keys")
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise KeyFault(f"{path}: others may read it: chmod 600 {path.name}")


class LocalKeys:
    """Roots in one JSON file, mode 0600, beside the data and never inside the database's folder or a backup."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, bytes] = {}

    def root(self, name: str) -> bytes:
        """The root of that name, made at first use under a lock, so that two processes agree on it."""
        if name not in self.known:
            with self.alone():
                roots = self.read()
                if name not in roots:
                    roots[name] = b64encode(secrets.token_bytes(32)).decode()
                    self.write(roots)
            self.known = {each: b64decode(root) for each, root in roots.items()}
        return self.known[name]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the file's lock."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def read(self) -> dict[str, str]:
        """The roots as they stand in the file."""
        if not self.path.exists():
            return {}
        check_private(self.path)
        return dict(json.loads(self.path.read_text()))

    def write(self, roots: dict[str, str]) -> None:
        """Replaces the file as a whole, so that a crash leaves the old one or the new one."""
        new = self.path.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(roots, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)

    def wrap(self, agency: str, context: bytes, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.root(agency)).encrypt(nonce, key, context)

    def unwrap(self, agency: str, context: bytes, wrapped: bytes) -> bytes:
        try:
            return AESGCM(self.root(agency)).decrypt(wrapped[:NONCE], wrapped[NONCE:], context)
        except InvalidTag:
            raise KeyFault(
                f"a data key of agency {agency} does not fit the roots in {self.path.name}: restore its file"
            ) from None

    def mac(self, purpose: str, message: bytes) -> bytes:
        keyed = HMAC(self.root(f"server:{purpose}"), SHA256())
        keyed.update(message)
        return keyed.finalize()

    def sign(self, purpose: str, message: bytes) -> bytes:
        return signing.sign(self.root(f"server:{purpose}"), message)

    def public(self, purpose: str) -> bytes:
        return signing.public_of(self.root(f"server:{purpose}"))
