"""What the worker does with cards: it checks them by writing and undoing, writes them for good, writes their file."""

from __future__ import annotations

from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from havre.exchange import told, working, writing_out
from havre.exchange.actions import Faulty
from havre.exchange.beside import CardsComing, CardsLeaving
from havre.exchange.hsds.register import bring, take_out
from havre.exchange.models import CardsExport, CardsImport
from havre.exchange.working import CHECKING, WRITING, Task
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.jobs import job

from . import intake, outgoing, shown


@job(intake.CHECK)
def check(register: UUID, user: UUID) -> None:
    """Reads cards and undoes it, so that what would come in, or the faults, can be shown."""
    COMING.run(CHECKING, register, user)


@job(intake.WRITE)
def write(register: UUID, user: UUID) -> None:
    """Writes the cards that were shown."""
    COMING.run(WRITING, register, user)


@job(outgoing.TAKE_OUT)
def leave(register: UUID, user: UUID) -> None:
    """Writes the file that was asked for."""
    LEAVING.run(register, user)


def _outcome(task: Task, user: User, file: BinaryIO, progress: CardsComing) -> tuple[str, str]:
    with transaction.atomic(), acting_as(user):
        row = CardsImport.objects.get(pk=progress.register)
    how: dict[str, Any] = {"visibility": row.visibility, "replace": row.replace, "dry_run": task.dry_run}
    try:
        summary = bring(file, user.login, passed=progress.passed, cancelled=progress.cancelled, **how)
    except Faulty as faulty:
        return "faulty", told.of_faults(faulty.faults, faulty.more)
    except Refused as refused:
        return "failed", told.of_refusal(str(refused))
    return task.ends, shown.of_summary(summary)


def _asked(row: CardsExport) -> dict[str, Any]:
    return {"kind": row.kind, "profile": row.profile, "countries": [row.country] if row.country else []}


def _left(file: BinaryIO, user: User, progress: CardsLeaving, asked: dict[str, Any]) -> int:
    return take_out(file, user.login, passed=progress.wrote, **asked)


COMING = working.Work(CardsComing, intake.settle, _outcome)
LEAVING = writing_out.Work(CardsLeaving, outgoing.settle, _asked, _left)
