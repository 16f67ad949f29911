"""Somebody another country sends home: the file begins at the arrival (SPEC 8.2, S0 to S10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from havre.cases.assistance.actions import receive_referral
from havre.cases.people.actions import Arrival, add_note, move, open_contact
from havre.cases.people.actions.move import advance, identified
from havre.cases.people.models import Case
from havre.cases.returns.actions import receive_from_abroad
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .birth import Birth, write_birth
from .finding import Elsewhere, receive_finding


@dataclass
class Handover:
    """Who comes, from whom, when and where, and what was found before."""

    arrival: Arrival
    sending_body: str
    on: date
    port: str = ""
    contact: str = ""  # whom to ask at the body that sent the person
    reason: str = ""
    birth: Birth | None = None
    finding: Elsewhere | None = None


@action("case.receive", needs=Permission.CASE_OPEN)
def receive(handover: Handover, *, by: User) -> Case:
    """A case at reception, with its journey, its referral and its finding; without a finding, at first contact."""
    if not handover.sending_body:
        raise Refused(_("Write which body sent the person."))
    danger = handover.arrival.in_danger
    case = open_contact(replace(handover.arrival, in_danger=""), by=by)
    write_birth(case, by=by, birth=handover.birth)
    country = by.agency.country
    receive_from_abroad(case, by=by, on=handover.on, sending_body=handover.sending_body, destination=country)
    _refer(case, by, handover)
    if handover.port:
        add_note(case, by=by, kind="handover", text=_("Arrived at %(place)s.") % {"place": handover.port})
    if handover.finding:
        receive_finding(case, by=by, elsewhere=handover.finding)
    case.in_danger = danger
    case.save(update_fields=["in_danger"])
    _arrive(case, by)
    return case


def _refer(case: Case, by: User, handover: Handover) -> None:
    found = handover.finding.result if handover.finding else ""
    told = {"reason": handover.reason, "contact": handover.contact, "finding": found}
    receive_referral(case, by=by, organisation=handover.sending_body, on=handover.on, handover=True, **told)


def _arrive(case: Case, by: User) -> None:
    """At reception when the finding is there; danger comes first, and is resumed from."""
    if not identified(case):
        if case.in_danger:
            advance(case, by=by, past="S0", to="S1")
        return
    move(case, by=by, to="S10")
    if case.in_danger == "yes":
        move(case, by=by, to="S1", reason=_("In danger on arrival."))
