"""What somebody does with a register they bring in: choose it, agree to what was read, try again, give it up."""

from __future__ import annotations

import os
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.exchange import staging
from havre.platform import jobs
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .beside import is_alive
from .models import OPEN, RegisterImport

CHECK, WRITE = "register.check", "register.write"
NAMED = 200  # signs of a file's name


def under_way(user: User) -> RegisterImport | None:
    """The register that this user is bringing in now."""
    return RegisterImport.objects.filter(user=user, state__in=OPEN).first()


def is_over(row: RegisterImport) -> bool:
    """Whether nothing more can come of it: its job was killed, or its file is gone."""
    if row.state in ("checking", "importing"):
        return not is_alive(row.pk)
    return not staging.waits(row.staged)


@action("register.stage", needs=Permission.REGISTER_IMPORT)
def stage(file: BinaryIO, *, by: User, name: str) -> RegisterImport:
    """Keeps the file sealed and asks for its check; what was brought in before is forgotten."""
    before = under_way(by)
    if before and not is_over(before):
        raise Refused(_("You are bringing in a register already: finish it or give it up first."))
    staging.sweep()
    _forget(RegisterImport.objects.filter(user=by))
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    staged, secret = staging.keep(file)
    row = RegisterImport(user=by, size=size, staged=staged, secret=secret, name=name[-NAMED:])
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another window was quicker
        staging.destroy(staged)
        raise Refused(_("You are bringing in a register already: finish it or give it up first.")) from None
    jobs.ask(CHECK, register=row.pk, user=by.pk)
    return row


def _forget(rows: QuerySet[RegisterImport]) -> None:
    for row in rows:
        _destroy_then(row)
        row.delete()


def _destroy_then(row: RegisterImport) -> None:
    """Takes the file away once this transaction is kept."""
    transaction.on_commit(lambda: staging.destroy(row.staged))


@action("register.agree", needs=Permission.REGISTER_IMPORT)
def agree(row: RegisterImport, *, by: User) -> None:
    """Asks for the writing of what was checked: the very file that waits, whatever was chosen since."""
    row = _locked(row)
    if row.state in ("agreed", "importing", "done"):
        return  # pressed twice
    if row.state != "checked":
        raise Refused(_("This register was given up or has to be checked again."))
    _ask(row, "agreed", WRITE)


@action("register.again", needs=Permission.REGISTER_IMPORT)
def again(row: RegisterImport, *, by: User) -> None:
    """Checks the file that waits once more, after a fault on our side."""
    row = _locked(row)
    if row.state != "failed" and not (row.state in ("checking", "importing") and is_over(row)):
        raise Refused(_("This register is being worked on."))
    row.told = ""
    _ask(row, "waiting", CHECK)


def _ask(row: RegisterImport, state: str, job: str) -> None:
    if not staging.waits(row.staged):
        raise Refused(_("The file waited for more than a day and was destroyed. Choose it again."))
    row.state, row.passed, row.tried, row.began, row.stop = state, 0, 0, timezone.now(), False
    row.save()
    jobs.ask(job, register=row.pk, user=row.user_id)


@action("register.cancel", needs=Permission.REGISTER_IMPORT)
def cancel(row: RegisterImport, *, by: User) -> None:
    """Gives the register up: a job that works on it stops and undoes what it wrote."""
    row = _locked(row)
    if row.state == "done":
        raise Refused(_("The register was written already."))
    row.stop = True
    if row.state not in ("checking", "importing") or not is_alive(row.pk):
        row.state, row.told, row.secret = "cancelled", "", ""
        _destroy_then(row)
    row.save()


def _locked(row: RegisterImport) -> RegisterImport:
    return RegisterImport.objects.select_for_update().get(pk=row.pk)


@action("register.settle", needs=Permission.REGISTER_IMPORT)
def settle(row: RegisterImport, *, by: User, state: str, told: str = "") -> None:
    """Keeps how a job ended."""
    row.state, row.told = state, told
    row.passed = row.size if state in ("checked", "faulty", "done") else row.passed
    if state not in ("checked", "failed"):
        row.secret = ""
        _destroy_then(row)
    row.save()
