"""What somebody holds beside a password. The database gives it out, and takes it in, against a proof only (ADR 22)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from havre.platform.crypto.fields import Sealed, ServerText

from . import claims
from .models import Factor, User

PASSKEY, APP, RECOVERY = "passkey", "app", "recovery"
SEALED = Factor._meta.get_field("sealed")
assert isinstance(SEALED, ServerText)


@dataclass(frozen=True)
class Held:
    """One factor, opened."""

    id: uuid.UUID
    kind: str
    counted: int
    began: datetime
    used: datetime | None
    told: dict[str, str]  # its name; and the credential, the secret or the hash that it is checked with


def _call(text: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def of(user: User) -> list[Held]:
    """Every factor of this user, the oldest first, recovery codes that were used left out."""
    rows = _call("select * from havre.factors(%s, %s)", user.pk, claims.proof("factors", user.pk))
    return [
        Held(pk, kind, counted, began, used, json.loads(Factor(id=pk, sealed=Sealed(sealed)).sealed))
        for pk, kind, sealed, counted, began, used in rows
        if kind != RECOVERY or not counted
    ]


def enough(held: Iterable[Held]) -> bool:
    """Whether somebody who holds these may come in: recovery codes alone are no factor of their own."""
    return any(each.kind != RECOVERY for each in held)


def enrol(user: User, kind: str, told: dict[str, str], counted: int = 0) -> None:
    """A new factor of that user."""
    row = Factor(id=uuid.uuid4())
    sealed = bytes(SEALED.sealed(row, json.dumps(told)))
    proof = claims.proof("enrol", row.pk, user.pk, kind, counted, claims.digest(sealed))
    _call("select havre.enrol(%s, %s, %s, %s, %s, %s)", row.pk, user.pk, kind, sealed, counted, proof)


def use(held: Held, counted: int) -> bool:
    """Counts one use; False when it was used before, however many come at a time."""
    proof = claims.proof("use", held.id, counted)
    return bool(_call("select havre.use_factor(%s, %s, %s)", held.id, counted, proof)[0][0])


def drop(held: Sequence[Held]) -> None:
    """Takes these factors away."""
    ids = [each.id for each in held]
    if ids:
        _call("select havre.drop_factors(%s, %s)", ids, claims.proof("drop", ",".join(map(str, ids))))


def spend(key: bytes) -> bool:
    """Marks what counts once as used; False when it was used before."""
    with connection.cursor() as cursor:
        cursor.execute("delete from accounts_spent where at < now() - interval '1 day'")
        cursor.execute(
            "insert into accounts_spent (key, at) values (%s, now()) on conflict do nothing returning key", [key]
        )
        return cursor.fetchone() is not None
