"""What the worker does with a register on its way out: it writes it in memory, and keeps it sealed for a day."""

from __future__ import annotations

from typing import Any, BinaryIO
from uuid import UUID

from havre.exchange import staging
from havre.platform.accounts.models import User
from havre.platform.jobs import each_minute, job

from .beside import Leaving
from .models import RegisterExport
from .outgoing import TAKE_OUT, settle
from .register import take_out
from .writing_out import Work


@each_minute
def sweep_files() -> None:
    """Whatever waited for more than a day is gone, though nobody comes for it."""
    staging.sweep()


@job(TAKE_OUT)
def write(register: UUID, user: UUID) -> None:
    """Writes the file of a register that was asked for."""
    WORK.run(register, user)


def _asked(row: RegisterExport) -> dict[str, Any]:
    return {"kind": row.kind, "why": row.why, "strict": row.strict, "agreement": row.agreement_id}


def _write(file: BinaryIO, user: User, progress: Leaving, asked: dict[str, Any]) -> int:
    return take_out(file, user.login, passed=progress.wrote, **asked)


WORK = Work(Leaving, settle, _asked, _write)
