"""Asking another body for help, being asked, the answers, and asking back what was shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.assistance.models import Referral
from havre.cases.assistance.offers import held_back, unchecked
from havre.cases.assistance.rules import referral as rules
from havre.cases.assistance.standing import must_recall, sharing_consent
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.directory.models import Service
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

ANSWER = ("state", "answered_on", "answer")


@action("referral.send", needs=Permission.CASE_WRITE)
def send_referral(
    case: Case,
    *,
    by: User,
    organisation: str,
    on: date,
    reason: str = "",
    services: Sequence[str] = (),
    contact: str = "",
    details: str = "",
    handover: bool = False,
    offer: Service | None = None,
    checked: str = "",
) -> Referral:
    """A referral to another body; Refused without a consent that stands now for telling this very body (SPEC 8.5).

    Refused when the contact of `offer`, or of the card with that body's name, was not checked lately and nobody says
    how they made sure.
    """
    hold(case)
    require_open(case)
    consent = sharing_consent(case, organisation)
    if consent is None:
        raise Refused(_("The person has not agreed to share with this body. Ask, and write down the answer first."))
    stale = held_back(offer, localdate()) if offer is not None else unchecked(organisation, localdate())
    if stale and not checked.strip():
        raise Refused(_("Nobody checked this contact for long. Make sure that it still stands, and say how you did."))
    made = Referral(case=case, by=by, direction=rules.OUT, organisation=organisation, sent_on=on, consent=consent)
    made.reason, made.services, made.contact, made.details = reason, ";".join(services), contact, details
    made.handover, made.offer, made.checked = handover, offer, checked
    made.save(force_insert=True)
    return made


@action("referral.receive", needs=Permission.CASE_WRITE)
def receive_referral(
    case: Case,
    *,
    by: User,
    organisation: str,
    on: date,
    reason: str = "",
    services: Sequence[str] = (),
    contact: str = "",
    details: str = "",
    handover: bool = False,
    finding: str = "",
) -> Referral:
    """A referral that came from another body, with the finding it brought when there is one."""
    require_open(case)
    made = Referral(case=case, by=by, direction=rules.IN, organisation=organisation, sent_on=on)
    made.reason, made.services, made.contact, made.details = reason, ";".join(services), contact, details
    made.handover, made.finding = handover, finding
    made.save(force_insert=True)
    return made


@action("referral.answer", needs=Permission.CASE_WRITE)
def answer_referral(referral: Referral, *, by: User, version: int, state: str, on: date, answer: str = "") -> Referral:
    """The referral with its answer. One whose consent was taken back can only be asked back."""
    held = _held(referral)
    if held.version != version:
        theirs = {name: getattr(held, name) for name in ANSWER}
        raise Stale(held.version, theirs, who=held.by.name, at=held.at)
    if must_recall(held):
        raise Refused(
            _("The person took back the consent to share with this body. Ask for what was sent to be deleted.")
        )
    if state not in rules.follows(held.state):
        raise Refused(_("This answer does not follow from where the referral stands. Choose one of those listed."))
    if held.sent_on and on < held.sent_on:
        raise Refused(_("The answer comes before the day the referral was sent. Check the day."))
    return _write(held, by, state=state, answered_on=on, answer=answer)


@action("referral.recall", needs=Permission.CASE_WRITE)
def recall_referral(referral: Referral, *, by: User, on: date) -> Referral:
    """The referral, taken back: the other body was asked to stop and to delete what it holds (SPEC 8.5)."""
    held = _held(referral)
    if held.direction != rules.OUT or held.recalled_on:
        raise Refused(_("This referral was asked back already, or never went out."))
    return _write(held, by, state=rules.REVOKED, recalled_on=max(on, held.sent_on or on))


def _held(referral: Referral) -> Referral:
    held = Referral.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=referral.pk)
    require_open(held.case)
    return held


def _write(row: Referral, by: User, **values: object) -> Referral:
    for name, value in values.items():
        setattr(row, name, value)
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save()
    return row
