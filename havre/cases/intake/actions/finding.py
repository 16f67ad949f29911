"""A finding that another body made: kept as it was made, never asked again here (SPEC 4, 8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.consent import standing
from havre.cases.people.actions.move import advance, identified
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.cases.screening import answers
from havre.cases.screening.models import Finding
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

AGREED = ("interview", "assistance")


@dataclass
class Elsewhere:
    """What another body found, and how we know."""

    result: str
    body: str = ""
    on: date | None = None
    reference: str = ""
    paper_seen: bool = False

    def told(self) -> str:
        """The reference and the paper, as a sentence that stands with the finding."""
        seen = _("The paper was seen.") if self.paper_seen else _("The paper was not seen.")
        return " ".join(part for part in (self.reference and f"{self.reference}.", seen) if part)


@action("finding.receive", needs=Permission.CASE_WRITE)
def receive_finding(case: Case, *, by: User, elsewhere: Elsewhere) -> Finding:
    """The finding on file; who agreed to be helped goes on to the plan, and no screening is asked for."""
    hold(case)
    require_open(case)
    before = answers.standing(case)
    if before and not before.imported:
        raise Refused(_("A decision made here stands already. Change it on the page of the decision."))
    made = Finding(case=case, by=by, result=elsewhere.result, body=elsewhere.body, imported=True, supersedes=before)
    made.reason = elsewhere.told()
    if elsewhere.on:
        made.at = timezone.make_aware(datetime.combine(elsewhere.on, time(12)))
    made.save(force_insert=True)
    if identified(case):
        _go_on(case, by)
    return made


def _go_on(case: Case, by: User) -> None:
    agreed = any(each.scope in AGREED and each.decision == "given" for each in standing(case))
    if agreed:
        advance(case, by=by, past="S2", to="S5")
    advance(case, by=by, past="S3", to="S4")
    advance(case, by=by, past="S4", to="S5")
