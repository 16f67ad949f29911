"""The letter to another body: it goes out only while the person's yes for that very body stands (SPEC 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.cases.assistance.models import Referral
from havre.cases.assistance.rules.referral import OUT, REVOKED
from havre.cases.assistance.standing import sharing_consent
from havre.cases.people.models import Case
from havre.platform.ui.parts import Condition

from . import said

if TYPE_CHECKING:
    from .models import PrintedCopy

MOST = 20


def sent(case: Case) -> list[Referral]:
    """The referrals to other bodies that were not asked back, the newest first."""
    going = Referral.objects.filter(case=case, direction=OUT).exclude(state=REVOKED)
    return list(going.order_by(F("sent_on").desc(nulls_last=True), "-at")[:MOST])


def may_go(case: Case) -> list[Referral]:
    """Those of them about which a letter may be printed now."""
    return [each for each in sent(case) if sharing_consent(case, each.organisation)]


def conditions(case: Case, about: UUID | None = None) -> Sequence[Condition]:
    """What a letter rests on, met or not; of one referral when it is named."""
    going = [each for each in sent(case) if about in (None, each.pk)]
    if not going:
        return [
            Condition(_("No referral to another body stands."), "no", _("Write down first whom you ask, and what."))
        ]
    return [_condition(case, each) for each in going]


def _way(case: Case) -> str:
    return reverse("assistance:refer", args=[case.reference])


def _condition(case: Case, one: Referral) -> Condition:
    if sharing_consent(case, one.organisation):
        return Condition(_("The person agreed to share with %(body)s.") % {"body": one.organisation}, "yes")
    title = _("No yes to share with %(body)s stands.") % {"body": one.organisation}
    text = _("It was never given, was taken back, or has run out.")
    return Condition(title, "no", text, reverse("people:consent", args=[case.reference]), _("Ask the person"))


def missing(case: Case, about: UUID | None) -> str:
    """The first condition that is not met, in a sentence; empty when the letter may go."""
    return next((each.title for each in conditions(case, about) if each.state == "no"), "")


def letter(copy: PrintedCopy, case: Case) -> dict[str, Any]:
    """To whom, why, what is asked, and the decision it rests on."""
    one = next(each for each in sent(case) if each.pk == copy.about)
    consent = sharing_consent(case, one.organisation)
    agreed = said.decided_of(consent) if consent else None
    return {"referral": one, "asked": [each for each in one.services.split(";") if each], "agreed": agreed}
