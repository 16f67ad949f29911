"""What other stages ask this one: how high a risk is, whether a body may be told, what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localdate

from havre.cases.people.models import Case, Consent
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring

from .models import LegalStatus, Plan, Referral, Risk
from .rules import legal, referral, risk


@dataclass(frozen=True)
class Due:
    """A day of this stage on which something is to be looked at again, or ends."""

    case_id: UUID
    kind: Literal["plan", "risk", "legal"]
    on: date
    row: Plan | Risk | LegalStatus


def standing_risks(case: Case, about: str = "") -> list[Risk]:
    """The latest assessment of each risk, the highest first; nothing for a reader whom the database keeps out."""
    rows = Risk.objects.standing().filter(case=case).order_by("at")
    found = rows.filter(about=about) if about else rows
    return sorted(found, key=lambda each: -present(each))


def present(one: Risk) -> int:
    """The score that counts: with the measures where somebody judged it, else without."""
    return one.score if one.residual is None else one.residual


def risk_level(case: Case, about: str) -> str:
    """The level of the worst standing risk of that kind after measures: low, medium, high, extreme, or empty."""
    return risk.worst(present(each) for each in standing_risks(case, about))


def return_risk_allows(case: Case) -> bool:
    """Whether the return was assessed and every risk of it is below high or overridden in writing (SPEC 8.4)."""
    stands = standing_risks(case, risk.RETURN)
    return risk.allows((present(each), each.override_by_id is not None) for each in stands)


def sharing_consent(case: Case, organisation: str) -> Consent | None:
    """The yes that stands today for telling this body, read anew each time it is asked (SPEC 8.5)."""
    return next((each for each in _given(case) if referral.same_body(each.recipient, organisation)), None)


def agreed(case: Case) -> list[Consent]:
    """Each yes that stands today for telling a body, the last first."""
    return _given(case)


def may_share_with(case: Case, organisation: str) -> bool:
    """Whether the person agreed, and still agrees, that this body is told."""
    return sharing_consent(case, organisation) is not None


def _given(case: Case) -> list[Consent]:
    keyring.load([case.pk])
    asked = Consent.objects.standing().filter(case=case, scope="share").order_by("-at")
    return [each for each in asked if referral.holds(each.decision, each.expires, localdate())]


def to_recall(case: Case) -> list[Referral]:
    """What went out on a consent that was taken back or ran out since, and was not asked back yet."""
    # What came with a register went out before we knew the person: whether they agreed is not known here.
    sent = Referral.objects.filter(case=case, direction=referral.OUT, recalled_on=None, imported=False)
    return [each for each in sent.order_by("sent_on") if must_recall(each)]


def must_recall(one: Referral) -> bool:
    """Whether this one stands on a consent that no longer holds."""
    if one.imported:
        return False
    return referral.must_recall(one.direction, one.recalled_on, may_share_with(one.case, one.organisation))


def received_handover(case: Case) -> bool:
    """Whether another body handed the person over to us: what the step to reception rests on."""
    received = Referral.objects.filter(case=case, direction=referral.IN, handover=True)
    return received.exclude(state__in=(referral.REJECTED, referral.REVOKED)).exists()


def finding_brought(case: Case) -> str:
    """The finding another body sent with the person, a code of `vic_TraffickingStatus`; empty when there is none."""
    brought = (
        Referral.objects.filter(case=case, direction=referral.IN)
        .exclude(finding="")
        .order_by(F("sent_on").desc(nulls_last=True))
    )
    return brought.values_list("finding", flat=True).first() or ""


def due(user: User, until: date) -> Sequence[Due]:
    """The reviews and legal ends of the user's own open files up to that day, earliest first."""
    mine = {"case__owner": user, "case__closed_on": None}
    plans = Plan.objects.filter(**mine, superseded_by=None, review_on__lte=until)
    risks = Risk.objects.standing().filter(**mine, review_on__lte=until)
    rights = LegalStatus.objects.filter(**mine, until__lte=until)
    found = [Due(each.case_id, "plan", each.review_on, each) for each in plans if each.review_on]
    found += [Due(each.case_id, "risk", each.review_on, each) for each in risks if each.review_on]
    found += [Due(each.case_id, "legal", each.until, each) for each in rights if each.until and legal.runs(each.state)]
    return sorted(found, key=lambda each: each.on)
