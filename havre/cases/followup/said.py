"""What the person says of each service, at the contacts that ask for it; an earlier word is never taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.people.actions.record import require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from .actions import require_arrival, require_wish, wish
from .models import Satisfaction

GIVEN = ("active", "done")  # a service that was never given cannot be judged


@dataclass(frozen=True)
class Word:
    """What is said of one service."""

    score: int
    words: str = ""


def services(case: Case) -> list[ServiceDelivery]:
    """The services that the person can speak of, in the order they came."""
    return list(ServiceDelivery.objects.filter(case=case, status__in=GIVEN).order_by("at"))


def standing(case: Case) -> dict[UUID, Satisfaction]:
    """What was said last of each service."""
    rows = Satisfaction.objects.standing().filter(case=case).select_related("by", "service").order_by("at")
    return {row.service_id: row for row in rows}


def version_of(case: Case) -> int:
    """A number that grows with every word."""
    return Satisfaction.objects.filter(case=case).count()


@action("satisfaction.record", needs=Permission.CASE_WRITE)
def record_satisfaction(
    case: Case, *, by: User, contact: str, on: date, version: int, said: Mapping[UUID, Word]
) -> Sequence[Satisfaction]:
    """A new word for each service of which something else is said now; Stale when somebody wrote meanwhile."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    require_open(case)
    require_wish(wish(case))
    require_arrival(case, [on])
    known = {each.pk for each in services(case)}
    if not set(said) <= known:
        raise Refused(_("This service stands in another file, or was never given. Choose one of those listed."))
    before = standing(case)
    if version != version_of(case):
        last = max(before.values(), key=lambda row: row.at)
        theirs = {f"score_{pk}": str(row.score) for pk, row in before.items()}
        theirs |= {f"words_{pk}": row.words for pk, row in before.items()}
        raise Stale(version_of(case), theirs, who=last.by.name, at=last.at)
    made = []
    for pk, word in said.items():
        old = before.get(pk)
        if old and (old.score, old.words) == (word.score, word.words):
            continue
        row = Satisfaction(case=case, by=by, service_id=pk, contact=contact, on=on, supersedes=old, **vars(word))
        row.save(force_insert=True)
        made.append(row)
    return made
