"""Rights, orders and proceedings: written by those who follow the legal side."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.assistance.models import LegalStatus
from havre.cases.assistance.rules import legal as rules
from havre.cases.people.actions.record import require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

FIELDS = ("kind", "authority", "since", "until", "state", "note")


@action("legal.add", needs=Permission.LEGAL_WRITE)
def add_legal(case: Case, *, by: User, values: dict[str, Any]) -> LegalStatus:
    """A right, an order or a proceeding with its days."""
    require_open(case)
    status = LegalStatus(case=case, by=by, **{name: values[name] for name in FIELDS if name in values})
    _check(status)
    status.save(force_insert=True)
    return status


@action("legal.save", needs=Permission.LEGAL_WRITE)
def save_legal(status: LegalStatus, *, by: User, version: int, values: dict[str, Any]) -> LegalStatus:
    """The same as it stands now; Stale when somebody else saved it since."""
    held = LegalStatus.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=status.pk)
    require_open(held.case)
    if held.version != version:
        theirs = {name: getattr(held, name) for name in FIELDS}
        raise Stale(held.version, theirs, who=held.by.name, at=held.at)
    for name in FIELDS:
        if name in values:
            setattr(held, name, values[name])
    _check(held)
    held.by, held.at, held.version = by, timezone.now(), held.version + 1
    held.save()
    return held


def _check(status: LegalStatus) -> None:
    if status.since and status.until and status.until < status.since:
        raise Refused(_("The last day comes before the first. Check both days."))
    if rules.is_too_short(status.kind, status.state, status.since, status.until):
        raise Refused(too_short())


def too_short() -> str:
    """Why a reflection period of these days is not written down, and what to do."""
    return _(
        "A reflection period lasts at least %(days)d days (Council of Europe Convention, article 13). Check the last"
        " day, leave it empty while it is not known, or note that the period ended."
    ) % {"days": rules.REFLECTION_DAYS}
