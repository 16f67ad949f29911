"""Handing out certificates and taking them back (ADR 37)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.database.claims import token_hash
from havre.platform.keeping.editing import keeps
from havre.platform.permissions import Permission

from . import codes
from .models import Certificate, Session, Trainee

WRITE = Permission.PREVENTION_WRITE


@action("certificate.issue", needs=WRITE)
def issue(session: Session, *, trainees: Iterable[Trainee], by: User) -> list[Certificate]:
    """A certificate for each of them who has none; Refused for whoever was never there."""
    keeps(session, by)
    today, made = timezone.localdate(), []
    if session.ends > today:
        raise Refused(_("The session is not over yet. Certificates are given when it is."))
    for each in trainees:
        if not each.came:
            raise Refused(_("Somebody you ticked was not there on any day. Note the attendance first."))
        if not each.certificates.filter(withdrawn=None).exists():
            made.append(_one(session, each, by))
    if not made:
        raise Refused(_("Tick at least one person who has no certificate yet."))
    return made


def _one(session: Session, trainee: Trainee, by: User) -> Certificate:
    code = codes.fresh()
    hidden = {"code": code, "code_hash": token_hash(code), "name_mark": codes.named(code, trainee.name)}
    told = {"owner_id": session.owner_id, "session": session, "trainee": trainee, "hours": session.hours}
    return Certificate.objects.create(**hidden, **told, issued=timezone.localdate(), issued_by=by)


@action("certificate.withdraw", needs=WRITE)
def withdraw(certificate: Certificate, *, reason: str, by: User) -> None:
    """It is no longer good: whoever checks its code reads so, without the reason."""
    held = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if held.withdrawn:
        raise Refused(_("This certificate was withdrawn already."))
    if not reason.strip():
        raise Refused(_("Say in a word why. Only your agency reads it."))
    held.withdrawn, held.reason = timezone.localdate(), reason.strip()[:200]
    held.save()
