"""How a transaction tells the database who asks: a token it can check and nobody can forge."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

from django.db import connections, transaction

from havre.platform.crypto import keyring
from havre.platform.database.claims import hand_over, token_hash

from .models import User


def token_of(secret: str) -> str:
    """The token of a cookie's secret: made anew for each request, stored nowhere."""
    return keyring.mac("token", secret).hex()


def proof(kind: str, *of: object) -> bytes:
    """What the functions of the database ask for before they act: its key lies outside the database."""
    return keyring.mac("claims", "|".join([kind, *map(str, of)]))


def digest(kept: bytes) -> str:
    """How a proof names what is kept."""
    return hashlib.sha256(kept).hexdigest()


def begin_session(user: User, token: str, data: str, idle: timedelta) -> None:
    """Begins a browser's session for somebody who has just proved who they are."""
    hashed = token_hash(token)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select havre.begin_session(%s, %s, %s, make_interval(secs => %s), %s)",
            [hashed, user.pk, data, idle.total_seconds(), proof("session", user.pk, hashed.hex())],
        )


def holds(token: str) -> bool:
    """Whether this token opens a session, in a transaction of its own."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        hand_over(token)
        cursor.execute("select havre.actor() is not null")
        return bool(cursor.fetchone()[0])


def leaving() -> bool:
    """Whether the session of this request still stands; whoever else ends it now is waited for, and waits for us."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select havre.leaving()")
        return bool(cursor.fetchone()[0])


def begin_door(user: User, token: str, data: str) -> None:
    """Begins the wait for the second factor of somebody whose password was right: a session that claims nothing."""
    hashed = token_hash(token)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select havre.begin_door(%s, %s, %s, %s)",
            [hashed, user.pk, data, proof("door", user.pk, hashed.hex())],
        )


def set_password(user: User, hashed: str) -> None:
    """Keeps the hash of a new password."""
    with connections["default"].cursor() as cursor:
        told = proof("password", user.pk, digest(hashed.encode()))
        cursor.execute("select havre.set_password(%s, %s, %s)", [user.pk, hashed, told])


def confirm(token: str) -> None:
    """Notes that whoever holds this token, which was handed over, has just proved anew who they are."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select havre.confirm(%s)", [proof("confirm", token_hash(token).hex())])


@contextmanager
def acting_as(user: User, *, confirmed: bool = False) -> Iterator[None]:
    """One transaction in which a job or a command has the rights this user has now, and no other.

    `confirmed`: whoever runs it proved anew who they are, as some acts ask.
    """
    with keyring.held(), transaction.atomic():
        token = _begin_job(user, "default")
        hand_over(token)
        if confirmed:
            confirm(token)
        yield
        _end("default")


def _begin_job(user: User, using: str) -> str:
    token = secrets.token_hex(32)
    hashed = token_hash(token)
    with connections[using].cursor() as cursor:
        cursor.execute("select havre.begin_job(%s, %s, %s)", [hashed, user.pk, proof("job", user.pk, hashed.hex())])
    return token


def _end(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute('select havre."end"()')
    hand_over("", using)


@contextmanager
def speaking_beside(user: User, using: str) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """For a job that tells how far it is: opens short transactions of this user on a connection of their own.

    What is said in one stands at once, whatever becomes of the transaction of the job.
    """
    token = _begin_job(user, using)

    @contextmanager
    def speaking() -> Iterator[None]:
        with transaction.atomic(using=using):
            hand_over(token, using)
            yield

    try:
        yield speaking
    finally:
        with speaking():
            _end(using)
