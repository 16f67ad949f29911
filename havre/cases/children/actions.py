"""Everything that writes about a child: who came with them, their guardian, what was found to be best (SPEC 8.7)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import rules
from .models import BestInterest, Circumstances, Guardian

CIRCUMSTANCES = ("accompanied", "with_whom", "family_contact", "contact_safe", "school", "words")
GUARDIAN = ("name", "body", "contact", "appointed_on", "ended_on")
FAMILY = ("family_assessment", "family_assessed_on", "carer_confirmed", "carer")
WEIGHED = ("views", "options", *FAMILY, "safety", "health", "development", "outcome", "reasons", "on", "review_on")


@action("circumstances.save", needs=Permission.CHILD_WRITE)
def save_circumstances(case: Case, *, by: User, version: int, values: dict[str, Any]) -> Circumstances:
    """Who the child came with and what holds them; Stale when somebody else saved it since (version 0: nothing yet)."""
    hold(case)
    require_open(case)
    row = Circumstances.objects.select_related("by").filter(case=case).first()
    if row is None:
        row = Circumstances(case=case, version=0)
    if row.version != version:
        theirs = {name: getattr(row, name) for name in CIRCUMSTANCES}
        raise Stale(row.version, theirs, who=row.by.name if row.version else "", at=row.at)
    for name in CIRCUMSTANCES:
        setattr(row, name, values[name])
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save()
    return row


@action("guardian.name", needs=Permission.CHILD_WRITE)
def name_guardian(case: Case, *, by: User, values: dict[str, Any]) -> Guardian:
    """A guardian from that day on; whoever was it before stays on file until that day."""
    hold(case)
    require_open(case)
    row = Guardian(case=case, by=by, **{name: values[name] for name in GUARDIAN})
    _require_guardian(row)
    for earlier in Guardian.objects.filter(case=case, ended_on=None):
        if earlier.appointed_on > row.appointed_on:
            raise Refused(_("A guardian named later is on file. Write down first on which day this one ended."))
        _end(earlier, by, row)
    row.save(force_insert=True)
    return row


def _end(earlier: Guardian, by: User, row: Guardian) -> None:
    earlier.ended_on = row.appointed_on
    earlier.by, earlier.at, earlier.version = by, timezone.now(), earlier.version + 1
    earlier.save()


@action("guardian.save", needs=Permission.CHILD_WRITE)
def save_guardian(row: Guardian, *, by: User, version: int, values: dict[str, Any]) -> Guardian:
    """The guardian as written now, with the day it ended when it did; Stale when somebody else saved it since."""
    held = Guardian.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=row.pk)
    require_open(held.case)
    if held.version != version:
        theirs = {name: getattr(held, name) for name in GUARDIAN}
        raise Stale(held.version, theirs, who=held.by.name, at=held.at)
    for name in GUARDIAN:
        setattr(held, name, values[name])
    _require_guardian(held)
    held.by, held.at, held.version = by, timezone.now(), held.version + 1
    held.save()
    return held


@action("interest.assess", needs=Permission.CHILD_WRITE)
def assess(case: Case, *, by: User, values: dict[str, Any]) -> BestInterest:
    """One look at what is best for the child in a decision; looks go on, and none takes the place of another."""
    require_open(case)
    row = _interest(case, by, rules.ASSESSMENT, values)
    _require_days(row)
    row.save(force_insert=True)
    return row


@action("interest.determine", needs=Permission.CHILD_DECIDE)
def determine(case: Case, *, by: User, values: dict[str, Any]) -> BestInterest:
    """What a panel determined; it takes the place of the earlier determination of the same decision."""
    hold(case)
    require_open(case)
    row = _interest(case, by, rules.DETERMINATION, values)
    members = rules.members(values["panel"])
    row.panel, row.panel_size = "\n".join(members), len(members)
    if row.panel_size < rules.PANEL:
        raise Refused(_("A panel has three members at least. Name each on a line of their own."))
    if not row.outcome or not row.reasons:
        raise Refused(_("Say what the panel found, and why."))
    _require_days(row)
    same = BestInterest.objects.standing().filter(case=case, kind=row.kind, about=row.about)
    row.supersedes = same.order_by("-on", "-at").first()
    row.save(force_insert=True)
    return row


def _interest(case: Case, by: User, kind: str, values: dict[str, Any]) -> BestInterest:
    return BestInterest(case=case, by=by, kind=kind, about=values["about"], **{name: values[name] for name in WEIGHED})


def _require_guardian(row: Guardian) -> None:
    if not row.name and not row.body:
        raise Refused(_("Write the name of the guardian, or the body that is guardian."))
    if row.ended_on and row.ended_on < row.appointed_on:
        raise Refused(_("The end comes before the start. Check both days."))


def _require_days(row: BestInterest) -> None:
    if row.review_on and row.review_on < row.on:
        raise Refused(_("The next look lies before this one. Check both days."))
