"""A file on its way out, of whatever kind: it waits sealed for a day, and goes once. Called by actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise

from havre.exchange import staging
from havre.platform.audit.actions import Refused

from .beside import is_alive
from .models import LEAVING, Outgoing


def is_over(row: Outgoing) -> bool:
    """Whether nothing more can come of it: its job was killed, or its file is gone."""
    if row.state == "writing":
        return not is_alive(row.pk)
    return row.state == "ready" and not staging.waits(row.staged)


def first(row: Outgoing, busy: Promise) -> None:
    """Keeps it as the only one of its user."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another window was quicker
        raise Refused(str(busy)) from None


def forget(rows: Any) -> None:
    """Destroys what was taken out before."""
    for row in rows:
        _destroy_then(row)
        row.delete()


def given_up(row: Outgoing) -> None:
    """A job that works on it stops, a file that waits is destroyed."""
    if row.state not in LEAVING:
        return
    row.stop = True
    if row.state != "writing" or not is_alive(row.pk):
        row.state, row.secret = "cancelled", ""
        _destroy_then(row)
    row.save()


def taken(row: Outgoing, gone: str) -> bytes:
    """The file, which is destroyed by this; refused with that sentence when it waits no more."""
    try:
        if not staging.waits(row.staged):
            raise staging.Gone
        with staging.opened(row.staged, row.secret) as file:
            found = file.read()
    except staging.Gone:
        raise Refused(gone) from None
    row.state, row.secret = "taken", ""
    _destroy_then(row)
    row.save()
    return found


def ended(row: Outgoing, state: str, found: Mapping[str, object]) -> None:
    """Keeps how the job ended."""
    for name, value in {"state": state, **found}.items():
        setattr(row, name, value)
    row.save()


def _destroy_then(row: Outgoing) -> None:
    """Takes the file away once this transaction is kept."""
    transaction.on_commit(lambda: staging.destroy(row.staged))
