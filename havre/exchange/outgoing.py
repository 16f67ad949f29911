"""What somebody does with a register they take out: ask for it, have it written, download it once, give it up."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.exchange import going
from havre.platform import jobs
from havre.platform.accounts.models import User
from havre.platform.agreements import actions as agreements
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .leaving import ALONE, how_many
from .models import LEAVING, RegisterExport

EXPORT = Permission.REGISTER_EXPORT
TAKE_OUT = "register.take_out"
BUSY = gettext_lazy("You are taking the register out already: finish it or give it up first.")


def under_way(user: User) -> RegisterExport | None:
    """The register that this user is taking out now."""
    return RegisterExport.objects.select_related("agreement__answerer").filter(user=user, state__in=LEAVING).first()


def is_over(row: RegisterExport) -> bool:
    """Whether nothing more can come of it: nobody agreed, its job was killed, or its file is gone."""
    if row.state == "asked":
        asked = row.agreement
        return asked is None or asked.agreed is False or asked.used_at is not None or asked.until <= timezone.now()
    return going.is_over(row)


@action("register.ask_out", needs=EXPORT)
def ask(kind: str, *, by: User, why: str, strict: bool) -> RegisterExport:
    """Has the register written, or asks a second person first; what was taken out before is forgotten."""
    before = under_way(by)
    if before and not is_over(before):
        raise Refused(str(BUSY))
    many = how_many(by)
    if not many:
        raise Refused(_("There is nobody in the register whom you may see."))
    going.forget(RegisterExport.objects.filter(user=by))
    row = RegisterExport(user=by, kind=kind, strict=strict, why=why, many=many)
    if many > ALONE:
        row.state, row.agreement = "asked", agreements.ask_export(many, by=by, why=why)
    going.first(row, BUSY)
    if row.state == "waiting":
        jobs.ask(TAKE_OUT, register=row.pk, user=by.pk)
    return row


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
    going.given_up(_locked(row))


@action("register.download", needs=EXPORT)
def download(row: RegisterExport, *, by: User) -> bytes:
    """The file, once: it is destroyed by this."""
    row = _locked(row)
    if row.state != "ready":
        raise Refused(_("This file was downloaded or given up already. Take the register out anew."))
    return going.taken(row, _("The file waited for more than a day and was destroyed. Take the register out anew."))


def _locked(row: RegisterExport) -> RegisterExport:
    return RegisterExport.objects.select_for_update(of=("self",)).get(pk=row.pk)


@action("register.settle_out", needs=EXPORT)
def settle(row: RegisterExport, *, by: User, state: str, **found: object) -> None:
    """Keeps how the job ended."""
    going.ended(row, state, found)
