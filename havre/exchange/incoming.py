"""A file on its way in, of whatever kind: kept sealed, checked, agreed to, tried again, given up. Called by actions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.exchange import staging
from havre.platform import jobs
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused

from .beside import is_alive
from .models import OPEN, Incoming

NAMED = 200  # signs of a file's name


@dataclass(frozen=True)
class Door:
    """What comes in this way: its table, its two jobs, and what is said when something is not to be done now."""

    model: type[Incoming]
    check: str
    write: str
    busy: Promise
    unchecked: Promise
    at_work: Promise
    written: Promise

    def under_way(self, user: User) -> Any:
        """What this user is bringing in now."""
        return self._rows().filter(user=user, state__in=OPEN).first()

    def keep(self, file: BinaryIO, *, by: User, name: str, **how: object) -> Any:
        """Keeps the file sealed and asks for its check; what was brought in before is forgotten."""
        before = self.under_way(by)
        if before and not is_over(before):
            raise Refused(str(self.busy))
        staging.sweep()
        _forget(self._rows().filter(user=by))
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        staged, secret = staging.keep(file)
        row = self.model(user=by, size=size, staged=staged, secret=secret, name=name[-NAMED:], **how)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:  # another window was quicker
            staging.destroy(staged)
            raise Refused(str(self.busy)) from None
        jobs.ask(self.check, register=row.pk, user=by.pk)
        return row

    def agreed(self, row: Incoming) -> None:
        """Asks for the writing of what was checked: the very file that waits, whatever was chosen since."""
        row = self._locked(row)
        if row.state in ("agreed", "importing", "done"):
            return  # pressed twice
        if row.state != "checked":
            raise Refused(str(self.unchecked))
        self._ask(row, "agreed", self.write)

    def once_more(self, row: Incoming) -> None:
        """Checks the file that waits once more, after a fault on our side."""
        row = self._locked(row)
        if row.state != "failed" and not (row.state in ("checking", "importing") and is_over(row)):
            raise Refused(str(self.at_work))
        row.told = ""
        self._ask(row, "waiting", self.check)

    def given_up(self, row: Incoming) -> None:
        """A job that works on it stops and undoes what it wrote."""
        row = self._locked(row)
        if row.state == "done":
            raise Refused(str(self.written))
        row.stop = True
        if row.state not in ("checking", "importing") or not is_alive(row.pk):
            row.state, row.told, row.secret = "cancelled", "", ""
            _destroy_then(row)
        row.save()

    def _ask(self, row: Incoming, state: str, job: str) -> None:
        if not staging.waits(row.staged):
            raise Refused(_("The file waited for more than a day and was destroyed. Choose it again."))
        row.state, row.passed, row.tried, row.began, row.stop = state, 0, 0, timezone.now(), False
        row.save()
        jobs.ask(job, register=row.pk, user=row.user_id)

    def _locked(self, row: Incoming) -> Incoming:
        return self._rows().select_for_update().get(pk=row.pk)

    def _rows(self) -> QuerySet[Incoming]:
        return self.model._default_manager.all()


def is_over(row: Incoming) -> bool:
    """Whether nothing more can come of it: its job was killed, or its file is gone."""
    if row.state in ("checking", "importing"):
        return not is_alive(row.pk)
    return not staging.waits(row.staged)


def ended(row: Incoming, state: str, told: str) -> None:
    """Keeps how a job ended."""
    row.state, row.told = state, told
    row.passed = row.size if state in ("checked", "faulty", "done") else row.passed
    if state not in ("checked", "failed"):
        row.secret = ""
        _destroy_then(row)
    row.save()


def _forget(rows: QuerySet[Incoming]) -> None:
    for row in rows:
        _destroy_then(row)
        row.delete()


def _destroy_then(row: Incoming) -> None:
    """Takes the file away once this transaction is kept."""
    transaction.on_commit(lambda: staging.destroy(row.staged))
