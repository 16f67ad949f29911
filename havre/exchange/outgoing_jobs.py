"""What the worker does with a register on its way out: it writes it in memory, and keeps it sealed for a day."""

from __future__ import annotations

import logging
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import translation

from havre.exchange import staging
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.jobs import each_minute, job
from havre.platform.ui.errors import place_of

from .beside import Leaving, Stopped, at_work
from .leaving import Kind
from .models import RegisterExport
from .outgoing import TAKE_OUT, settle
from .register import take_out

log = logging.getLogger("havre.exchange")


@each_minute
def sweep_files() -> None:
    """Whatever waited for more than a day is gone, though nobody comes for it."""
    staging.sweep()


@job(TAKE_OUT)
def write(register: UUID, user: UUID) -> None:
    """Writes the file of a register that was asked for."""
    asker = User.objects.select_related("agency").filter(pk=user, is_active=True).first()
    if asker is None:
        return
    with at_work(register, asker, Leaving) as progress, translation.override(asker.language):
        if not progress.begin("waiting", "writing"):
            return
        try:
            _write(asker, progress)
        except Stopped:
            _end(asker, register, "cancelled")
        except Exception as error:
            log.error("%s: %s", register, place_of(error))  # only where: what it says could hold a value
            _end(asker, register, "failed")


def _write(user: User, progress: Leaving) -> None:
    """The file, what the record says of it, its agreement used up and the word "ready": all of it or nothing."""
    with acting_as(user):
        row = RegisterExport.objects.get(pk=progress.register)
        why, kind = row.why, cast(Kind, row.kind)
    with staging.memory() as file, transaction.atomic():
        told = {"why": why, "strict": row.strict, "agreement": row.agreement_id}
        try:
            many = take_out(file, user.login, kind, passed=progress.wrote, **told)
        except Refused:  # which the record keeps
            _end(user, progress.register, "failed")
            return
        file.seek(0)
        staged, secret = staging.keep(file)
        try:
            _ready(user, progress.register, many=many, staged=staged, secret=secret)
        except BaseException:
            staging.destroy(staged)
            raise


def _ready(user: User, register: UUID, **found: object) -> None:
    with acting_as(user):
        row = RegisterExport.objects.select_for_update(of=("self",)).get(pk=register)
        if row.stop:
            raise Stopped
        settle(row, by=user, state="ready", **found)


def _end(user: User, register: UUID, state: str) -> None:
    with acting_as(user):
        settle(RegisterExport.objects.select_for_update(of=("self",)).get(pk=register), by=user, state=state)
