"""Closing batches of the record: the worker does it every minute, without ever holding up whoever writes (ADR 26)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, connections, transaction

from havre.platform.crypto import keyring
from havre.platform.ui.errors import place_of

from .merkle import Tree
from .seals import FIRST, Seal, spoken

PURPOSE = "audit"
EVERY = 60  # seconds
MOST = 50_000  # rows of a batch, about
LOCK = 7206
COLUMNS = "number, rows, since, upto, first_at, last_at, at, root, previous, key"
LAST = f"select {COLUMNS} from audit_auditseal order by number desc limit 1"  # noqa: S608 - our own columns
END = "select havre.record_end(%s, %s), clock_timestamp()"
LATE = """
    select exists (
      select from audit_auditevent where watcher = %s and at > %s and at < now() - interval '10 minutes')"""
LEAVES = "select at, leaf from havre.record_leaves(%s, %s)"
KEEP = f"insert into audit_auditseal ({COLUMNS}, signature) values ({', '.join(['%s'] * 11)})"  # noqa: S608
Passed = Callable[[Seal], None]
log = logging.getLogger("havre.audit")


class CannotSeal(Exception):
    """One line that says why no batch is closed, and what to do."""


def last_seal() -> Seal | None:
    """The newest seal; nothing while none was made."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        row = cursor.fetchone()
    return read(row) if row else None


def one_seal(number: int) -> Seal | None:
    """The seal of that number."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {COLUMNS} from audit_auditseal where number = %s", [number])  # noqa: S608
        row = cursor.fetchone()
    return read(row) if row else None


def is_late(last: Seal, watcher: int) -> bool:
    """Whether something of that agency has waited for ten minutes without being sealed."""
    with connection.cursor() as cursor:
        cursor.execute(LATE, [watcher, last.at])
        return bool(cursor.fetchone()[0])


def read(row: Sequence[Any]) -> Seal:
    """The seal of a row with these columns."""
    number, rows, since, upto, first, last, at, *hashes = row
    root, previous, key = (bytes(each) for each in hashes)
    return Seal(number, rows, since, upto, first, last, at, root, previous, key)


def seal(*, most: int = MOST, new_key: bool = False, passed: Passed = lambda seal: None) -> int:
    """Closes batches until nothing settled is left open; gives how many. One process does it at a time."""
    closed = 0
    while (done := _close(most, new_key=new_key)) is not None:
        closed += 1
        passed(done)
    return closed


def _close(most: int, *, new_key: bool) -> Seal | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        before = last_seal()
        since = before.upto if before else 0
        cursor.execute(END, [since, most])
        upto, now = cursor.fetchone()
        key = keyring.provider().public(PURPOSE)
        _check(before, upto, key, new_key=new_key)
        found = _grown(since, upto)
        if found is None:
            return None
        tree, first, last = found
        number, previous = (before.number + 1, before.head) if before else (1, FIRST)
        made = Seal(number, tree.size, since, upto, first, last, now, tree.root(), previous, key)
        signature = keyring.provider().sign(PURPOSE, made.words.encode())
        facts: list[Any] = [made.number, made.rows, made.since, made.upto, made.first_at, made.last_at, made.at]
        cursor.execute(KEEP, [*facts, made.root, made.previous, made.key, signature])
    return made


def _check(before: Seal | None, upto: int, key: bytes, *, new_key: bool) -> None:
    if before and upto < before.upto:
        raise CannotSeal("this server counts less far than the seals, as after a restore: run `havre setup`")
    if before and key != before.key and not new_key:
        raise CannotSeal(
            f"the record was sealed with another key, by voice {spoken(sha256(before.key).digest())}: bring its "
            "roots.json back. If it is lost for good, `havre seal-audit --new-key` goes on; keep both public keys."
        )


def _grown(since: int, upto: int) -> tuple[Tree, datetime, datetime] | None:
    """The tree of the rows with these marks, and their first and last time; nothing when there are none."""
    tree = Tree()
    first: datetime | None = None
    last: datetime | None = None
    with connection.chunked_cursor() as rows:
        rows.execute(LEAVES, [since, upto])
        for at, hashed in rows:
            tree.add(bytes(hashed))
            first = at if first is None or at < first else first
            last = at if last is None or at > last else last
    return (tree, first, last) if first and last else None


class Sealer(threading.Thread):
    """Seals at once and then every minute, until it is told to stop; what fails is said in the log and tried again."""

    def __init__(self, every: float = EVERY) -> None:
        super().__init__(daemon=True, name="sealer")
        self.every = every
        self._ending = threading.Event()

    def run(self) -> None:
        while True:
            try:
                seal()
            except CannotSeal as cannot:
                log.error("the record is not sealed: %s", cannot)
            except Exception as error:
                log.error("the record is not sealed: %s", place_of(error))
            finally:
                connections.close_all()  # of this thread
            if self._ending.wait(self.every):
                return

    def stop(self) -> None:
        """Ends after what it is at."""
        self._ending.set()
