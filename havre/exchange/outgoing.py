"""What somebody does with a register they take out: ask for it, have it written, download it once, give it up."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.exchange import staging
from havre.platform import jobs
from havre.platform.accounts.models import User
from havre.platform.agreements import actions as agreements
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .beside import is_alive
from .leaving import ALONE, how_many
from .models import LEAVING, RegisterExport

EXPORT = Permission.REGISTER_EXPORT
TAKE_OUT = "register.take_out"


def under_way(user: User) -> RegisterExport | None:
    """The register that this user is taking out now."""
    return RegisterExport.objects.select_related("agreement__answerer").filter(user=user, state__in=LEAVING).first()


def is_over(row: RegisterExport) -> bool:
    """Whether nothing more can come of it: nobody agreed, its job was killed, or its file is gone."""
    if row.state == "asked":
        asked = row.agreement
        return asked is None or asked.agreed is False or asked.used_at is not None or asked.until <= timezone.now()
    if row.state == "writing":
        return not is_alive(row.pk)
    return row.state == "ready" and not staging.waits(row.staged)


@action("register.ask_out", needs=EXPORT)
def ask(kind: str, *, by: User, why: str, strict: bool) -> RegisterExport:
    """Has the register written, or asks a second person first; what was taken out before is forgotten."""
    before = under_way(by)
    if before and not is_over(before):
        raise Refused(_("You are taking the register out already: finish it or give it up first."))
    many = how_many(by)
    if not many:
        raise Refused(_("There is nobody in the register whom you may see."))
    _forget(by)
    row = RegisterExport(user=by, kind=kind, strict=strict, why=why, many=many)
    if many > ALONE:
        row.state, row.agreement = "asked", agreements.ask_export(many, by=by, why=why)
    _first(row)
    if row.state == "waiting":
        jobs.ask(TAKE_OUT, register=row.pk, user=by.pk)
    return row


def _first(row: RegisterExport) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another window was quicker
        raise Refused(_("You are taking the register out already: finish it or give it up first.")) from None


def _forget(user: User) -> None:
    for row in RegisterExport.objects.filter(user=user):
        _destroy_then(row)
        row.delete()


def _destroy_then(row: RegisterExport) -> None:
    """Takes the file away once this transaction is kept."""
    transaction.on_commit(lambda: staging.destroy(row.staged))


@action("register.begin_out", needs=EXPORT)
def begin(row: RegisterExport, *, by: User) -> None:
    """Has the file written, once a second person has agreed."""
    row = _locked(row)
    if row.state != "asked":
        return  # pressed twice
    if is_over(row) or row.agreement is None or not row.agreement.agreed:
        raise Refused(_("Nobody has agreed to this, or their agreement is older than a day."))
    row.state = "waiting"
    row.save()
    jobs.ask(TAKE_OUT, register=row.pk, user=row.user_id)


@action("register.cancel_out", needs=EXPORT)
def cancel(row: RegisterExport, *, by: User) -> None:
    """Gives it up: a job that works on it stops, a file that waits is destroyed."""
    row = _locked(row)
    if row.state not in LEAVING:
        return
    row.stop = True
    if row.state != "writing" or not is_alive(row.pk):
        row.state, row.secret = "cancelled", ""
        _destroy_then(row)
    row.save()


@action("register.download", needs=EXPORT)
def download(row: RegisterExport, *, by: User) -> bytes:
    """The file, once: it is destroyed by this."""
    row = _locked(row)
    if row.state != "ready":
        raise Refused(_("This file was downloaded or given up already. Take the register out anew."))
    found = _content(row)
    row.state, row.secret = "taken", ""
    _destroy_then(row)
    row.save()
    return found


def _content(row: RegisterExport) -> bytes:
    try:
        if not staging.waits(row.staged):
            raise staging.Gone
        with staging.opened(row.staged, row.secret) as file:
            return file.read()
    except staging.Gone:
        raise Refused(_("The file waited for more than a day and was destroyed. Take the register out anew.")) from None


def _locked(row: RegisterExport) -> RegisterExport:
    return RegisterExport.objects.select_for_update(of=("self",)).get(pk=row.pk)


@action("register.settle_out", needs=EXPORT)
def settle(row: RegisterExport, *, by: User, state: str, **found: object) -> None:
    """Keeps how the job ended."""
    for name, value in {"state": state, **found}.items():
        setattr(row, name, value)
    row.save()
