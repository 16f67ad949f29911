"""What the worker does with a register: it checks it by writing and undoing all of it, and later writes it for good."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from havre.exchange import staging, told
from havre.exchange.actions import Cancelled, Faulty
from havre.exchange.register import bring
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.jobs import job
from havre.platform.ui.errors import place_of

from .beside import Progress, Stopped, at_work
from .intake import CHECK, WRITE, settle
from .models import RegisterImport

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


@job(CHECK)
def check(register: UUID, user: UUID) -> None:
    """Reads a register and undoes it, so that its people or its faults can be shown."""
    _run(CHECKING, register, user)


@job(WRITE)
def write(register: UUID, user: UUID) -> None:
    """Writes the register that was shown."""
    _run(WRITING, register, user)


def _run(task: Task, register: UUID, asker: UUID) -> None:
    staging.sweep()
    user = User.objects.select_related("agency").filter(pk=asker, is_active=True).first()
    if user is None:
        return
    with at_work(register, user, Progress) as progress, translation.override(user.language):
        if not progress.begin(task.was, task.now):
            return
        try:
            _work(task, user, progress)
        except (Stopped, Cancelled):
            _end(user, register, "cancelled")
        except staging.Gone:
            _end(user, register, "failed")
        except Exception as error:
            log.error("%s: %s", register, place_of(error))  # only where: what it says could hold a value
            _end(user, register, "failed")


def _work(task: Task, user: User, progress: Progress) -> None:
    """Does the work and keeps how it ended in one transaction, so that neither stands without the other."""
    with acting_as(user):
        row = RegisterImport.objects.get(pk=progress.register)
        staged, secret = row.staged, row.secret
    with staging.opened(staged, secret) as file, transaction.atomic():
        state, found = _outcome(task, user, file, progress)
        with acting_as(user):
            row = RegisterImport.objects.select_for_update().get(pk=progress.register)
            if row.stop:
                raise Stopped
            settle(row, by=user, state=state, told=found)


def _outcome(task: Task, user: User, file: BinaryIO, progress: Progress) -> tuple[str, str]:
    doing = partial(bring, file, user.agency.code, user.login, timezone.localdate())
    try:
        summary = doing(dry_run=task.dry_run, passed=progress.passed, cancelled=progress.cancelled)
    except Faulty as faulty:
        return "faulty", told.of_faults(faulty.faults, faulty.more)
    except Refused as refused:
        return "failed", told.of_refusal(str(refused))
    return task.ends, told.of_summary(summary, first=task.dry_run)


def _end(user: User, register: UUID, state: str) -> None:
    with acting_as(user):
        settle(RegisterImport.objects.select_for_update().get(pk=register), by=user, state=state)
