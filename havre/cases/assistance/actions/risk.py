"""Judging a risk, judging it again, and letting a journey go on in spite of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.assistance.models import Risk
from havre.cases.assistance.rules import risk as rules
from havre.cases.assistance.standing import present
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

JUDGED = (
    *("about", "threat", "source", "likelihood", "impact", "controls", "residual_likelihood", "residual_impact"),
    *("own_view", "country_level", "owner", "review_on"),
)


@action("risk.assess", needs=Permission.CASE_WRITE)
def assess_risk(
    case: Case, *, by: User, values: dict[str, Any], again: Risk | None = None, version: int | None = None
) -> Risk:
    """A risk as it is judged now; judged again, it supersedes the earlier one. Stale when somebody did so meanwhile."""
    hold(case)
    require_open(case)
    given = {name: values[name] for name in JUDGED if name in values}
    made = Risk(case=case, by=by, **{**given, "owner": given.get("owner") or by})
    if again is not None:
        made.supersedes, made.version = _standing(again, version), again.version + 1
        made.about = again.about
    made.save(force_insert=True)
    return made


@action("risk.override", needs=Permission.RISK_OVERRIDE)
def override_risk(risk: Risk, *, by: User, reason: str, on: date | None = None) -> Risk:
    """The risk, with the written decision of a supervisor that the journey may go on in spite of it (SPEC 8.4)."""
    held = Risk.objects.select_for_update(of=("self",)).select_related("case").get(pk=risk.pk)
    require_open(held.case)
    if Risk.objects.filter(supersedes=held).exists():
        raise Refused(_("This risk was judged again since. Read the latest assessment first."))
    if held.about not in rules.OVERRIDDEN_FOR or not rules.is_high(rules.level(present(held))):
        raise Refused(_("Only a high or extreme risk of the journey or of the return waits for this decision."))
    if not reason.strip():
        raise Refused(_("Say in a few sentences why the journey may go on in spite of this risk."))
    held.override_by, held.override_on, held.override_reason = by, on or localdate(), reason
    held.save(update_fields=["override_by", "override_on", "override_reason"])
    return held


def _standing(risk: Risk, version: int | None) -> Risk:
    """The assessment that still stands; Stale when a later one does."""
    latest = risk
    while (later := Risk.objects.filter(supersedes=latest).select_related("by").first()) is not None:
        latest = later
    if latest.pk != risk.pk or (version is not None and version != risk.version):
        theirs = {name: getattr(latest, f"{name}_id" if name == "owner" else name) for name in JUDGED}
        raise Stale(latest.version, theirs, who=latest.by.name, at=latest.at)
    return risk
