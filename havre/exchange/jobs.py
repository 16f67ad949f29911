"""What the worker does with a register: it checks it by writing and undoing all of it, and later writes it for good."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO
from uuid import UUID

from django.utils import timezone

from havre.exchange import told
from havre.exchange.actions import Faulty
from havre.exchange.register import bring
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.jobs import job

from .beside import Progress
from .intake import CHECK, WRITE, settle
from .working import CHECKING, WRITING, Task, Work


@job(CHECK)
def check(register: UUID, user: UUID) -> None:
    """Reads a register and undoes it, so that its people or its faults can be shown."""
    WORK.run(CHECKING, register, user)


@job(WRITE)
def write(register: UUID, user: UUID) -> None:
    """Writes the register that was shown."""
    WORK.run(WRITING, register, user)


def _outcome(task: Task, user: User, file: BinaryIO, progress: Progress) -> tuple[str, str]:
    doing = partial(bring, file, user.agency.code, user.login, timezone.localdate())
    try:
        summary = doing(dry_run=task.dry_run, passed=progress.passed, cancelled=progress.cancelled)
    except Faulty as faulty:
        return "faulty", told.of_faults(faulty.faults, faulty.more)
    except Refused as refused:
        return "failed", told.of_refusal(str(refused))
    return task.ends, told.of_summary(summary, first=task.dry_run)


WORK = Work(Progress, settle, _outcome)
