"""Passwords of database roles: made at random, kept in files only we can read, beside the keys."""

import os
import secrets
from pathlib import Path

from havre.platform.database.places import ClusterError, flush_folder


def kept(file: Path) -> str:
    """The password in the file, which nobody else may be able to read."""
    try:
        if file.stat().st_mode & 0o077:
            raise ClusterError(f"{file} can be read by others: give it mode 600.")
        password = file.read_text().strip()
    except OSError as error:
        raise ClusterError(
            f"{file} cannot be read ({error.strerror}): put it back from the backup of the keys."
        ) from error
    if not password:
        raise ClusterError(f"{file} is empty: put it back from the backup of the keys.")
    return password


def made(file: Path) -> str:
    """The password in the file, made now if there is none; a power cut leaves a whole file or none."""
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sink:
            sink.write(secrets.token_urlsafe(32))
            sink.flush()
            os.fsync(sink.fileno())
        fresh.rename(file)
        flush_folder(file.parent)
    return kept(file)
