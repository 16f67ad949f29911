"""A job that checks or writes a file on its way in: it begins, works, hears that it is to stop, says how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import translation

from havre.exchange import staging
from havre.exchange.actions import Cancelled
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.ui.errors import place_of

from .beside import Progress, Stopped, at_work

log = logging.getLogger("havre.exchange")


@dataclass(frozen=True)
class Task:
    """One of the two jobs: from which state, while at work, and how it ends when all is well."""

    was: str
    now: str
    ends: str
    dry_run: bool


CHECKING = Task("waiting", "checking", "checked", dry_run=True)
WRITING = Task("agreed", "importing", "done", dry_run=False)


@dataclass(frozen=True)
class Work:
    """What is done with files of one kind: how they say how far they are, how their end is kept, and the work itself.

    `outcome` gives the state in which it ends and what was found, as `told` keeps it.
    """

    progress: type[Progress]
    settle: Callable[..., None]
    outcome: Callable[[Task, User, BinaryIO, Any], tuple[str, str]]

    def run(self, task: Task, register: UUID, asker: UUID) -> None:
        """Does one of the jobs, unless there is nothing to do."""
        staging.sweep()
        user = User.objects.select_related("agency").filter(pk=asker, is_active=True).first()
        if user is None:
            return
        with at_work(register, user, self.progress) as progress, translation.override(user.language):
            if not progress.begin(task.was, task.now):
                return
            try:
                self._work(task, user, progress)
            except (Stopped, Cancelled):
                self._end(user, register, "cancelled")
            except staging.Gone:
                self._end(user, register, "failed")
            except Exception as error:
                log.error("%s: %s", register, place_of(error))  # only where: what it says could hold a value
                self._end(user, register, "failed")

    def _work(self, task: Task, user: User, progress: Progress) -> None:
        """Does the work and keeps how it ended in one transaction, so that neither stands without the other."""
        with acting_as(user):
            row = self.progress.model._default_manager.get(pk=progress.register)
            staged, secret = row.staged, row.secret
        with staging.opened(staged, secret) as file, transaction.atomic():
            state, found = self.outcome(task, user, file, progress)
            with acting_as(user):
                row = self._locked(progress.register)
                if row.stop:
                    raise Stopped
                self.settle(row, by=user, state=state, told=found)

    def _end(self, user: User, register: UUID, state: str) -> None:
        with acting_as(user):
            self.settle(self._locked(register), by=user, state=state)

    def _locked(self, register: UUID) -> Any:
        return self.progress.model._default_manager.select_for_update().get(pk=register)
