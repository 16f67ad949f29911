"""How a job says how far it is, hears that it is to stop, and shows that it lives: on a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, connections
from django.db.models import QuerySet

from havre.platform.accounts.claims import speaking_beside
from havre.platform.accounts.models import User
from havre.platform.audit.recorder import REFUSALS

from .actions import SIZE
from .models import CardsExport, CardsImport, Incoming, Outgoing, RegisterExport, RegisterImport

BESIDE = REFUSALS
ALIVE = 7205  # the kind of advisory lock that a job at work holds
EVERY = 0.5  # seconds between two words
ROWS = 1000  # of cards, after which whoever asked is listened to


class Stopped(Exception):
    """Whoever asked wants it no more, or may not ask any longer."""


class Progress:
    """The register's row as the job writes it while it works."""

    model: type[Incoming] | type[Outgoing] = RegisterImport
    size = SIZE  # of what is tried between two questions whether to go on

    def __init__(self, register: UUID, speaking: Callable[[], AbstractContextManager[None]]) -> None:
        self.register, self._speaking = register, speaking
        self._passed, self._batches, self._spoke, self._stopped = 0, 0, 0.0, False

    def begin(self, was: str, now: str) -> bool:
        """Takes the register up, unless it is not where the job left it."""
        with self._speaking():
            return bool(self._rows().filter(state=was, stop=False).update(state=now, **self.far()))

    def passed(self, size: int) -> None:
        """So many bytes are read; Stopped when it is to end."""
        self._passed = size
        if self._heard():
            raise Stopped

    def cancelled(self) -> bool:
        """Whether it is to stop: asked before each batch of people."""
        self._batches += 1
        return self._heard()

    def far(self) -> dict[str, int]:
        """How far it is, as the row says it."""
        return {"passed": self._passed, "tried": max(0, self._batches - 1) * self.size}

    def _heard(self) -> bool:
        """Says how far it is and hears whether to stop, twice a second at most."""
        if not self._stopped and time.monotonic() - self._spoke > EVERY:
            self._spoke = time.monotonic()
            with self._speaking():
                self._stopped = not self._rows().filter(stop=False).update(**self.far())
        return self._stopped

    def _rows(self) -> QuerySet[Any]:
        return self.model._default_manager.using(BESIDE).filter(pk=self.register)


class Leaving(Progress):
    """As that, of a register on its way out."""

    model: type[Incoming] | type[Outgoing] = RegisterExport

    def wrote(self, done: int, many: int) -> None:
        """So many people are written; Stopped when it is to end."""
        self.passed(done)

    def far(self) -> dict[str, int]:
        """People so far."""
        return {"done": self._passed}


class CardsComing(Progress):
    """As that, of cards that come in: rows so far."""

    model = CardsImport
    size = ROWS


class CardsLeaving(Leaving):
    """As that, of cards that go out."""

    model = CardsExport


P = TypeVar("P", bound=Progress)


@contextmanager
def at_work(register: UUID, user: User, kind: type[P]) -> Iterator[P]:
    """Shows until the block ends, or this process does, that the register is worked on."""
    with connections[BESIDE].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s, hashtext(%s))", [ALIVE, str(register)])
    try:
        with speaking_beside(user, BESIDE) as speaking:
            yield kind(register, speaking)
    finally:
        with connections[BESIDE].cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, hashtext(%s))", [ALIVE, str(register)])


def is_alive(register: UUID) -> bool:
    """Whether a job is at work on it now; the lock of one that was killed is gone with it."""
    with connection.cursor() as cursor:
        cursor.execute("select not pg_try_advisory_xact_lock_shared(%s, hashtext(%s))", [ALIVE, str(register)])
        return bool(cursor.fetchone()[0])
