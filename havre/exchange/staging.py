"""A file that waits for a job: sealed as an age file under a key of its own, never in the open on disk, for a day."""

from __future__ import annotations

import io
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings

from havre.platform.database.places import flush_folder

LIFE = 24 * 3600  # seconds
NAME = re.compile(r"[0-9a-f]{32}")


class Gone(Exception):
    """The file is no longer there: it waited for more than a day, or was destroyed."""


def keep(file: BinaryIO) -> tuple[str, str]:
    """Seals a file; the random name under which it waits, and the secret that opens it."""
    identity = pyrage.x25519.Identity.generate()
    name = secrets.token_hex(16)
    handle = os.open(_path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        pyrage.encrypt_io(file, target, [identity.to_public()])
        target.flush()
        os.fsync(target.fileno())
    flush_folder(settings.HAVRE_STAGED)
    return name, str(identity)


@contextmanager
def opened(name: str, secret: str) -> Iterator[BinaryIO]:
    """The file in the open, in memory and without a name; Gone when it waits no more."""
    try:
        sealed = _path(name).open("rb")
    except OSError:
        raise Gone from None
    with sealed, memory() as plain:
        try:
            pyrage.decrypt_io(sealed, plain, [pyrage.x25519.Identity.from_str(secret)])
        except (pyrage.DecryptError, pyrage.IdentityError, OSError):
            raise Gone from None  # another file stands in its place
        plain.seek(0)
        yield plain


def memory() -> BinaryIO:
    """A file that is memory; where the system has none, one that is kept in this process."""
    try:
        return os.fdopen(os.memfd_create("havre", os.MFD_CLOEXEC), "w+b")
    except (AttributeError, OSError):
        return io.BytesIO()


def waits(name: str) -> bool:
    """Whether the file is still there and not too old."""
    try:
        return time.time() - _path(name).stat().st_mtime < LIFE
    except OSError:
        return False


def until(name: str) -> datetime:
    """When the file is destroyed though nobody came for it."""
    return datetime.fromtimestamp(_path(name).stat().st_mtime + LIFE, UTC)


def destroy(name: str) -> None:
    """Takes a file away, if it is there."""
    if name:
        _path(name).unlink(missing_ok=True)


def sweep() -> int:
    """Takes away whatever waited for more than a day; how many there were."""
    old = [each for each in Path(settings.HAVRE_STAGED).iterdir() if not waits(each.name)]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise Gone
    return Path(settings.HAVRE_STAGED) / name
