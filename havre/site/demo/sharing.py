"""Shares between the two agencies: some that run, one that ended with the person's consent."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate

from havre.cases.people.actions import Decision, Talk, record_consent
from havre.cases.people.models import Case
from havre.cases.sharing import actions, bodies
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment

NAMES, PLACE = Compartment.IDENTITY, Compartment.WHEREABOUTS
OPEN = ("S6", "S7", "S9", "S10", "S11")
AMINAS = "7QK-4M2"


def tell(users: dict[str, User], today: date) -> None:
    """Amina shares with Boris and with the supervisors of his house; Boris with those of hers."""
    amina, boris = users.get("amina"), users.get("boris")
    if amina is None or boris is None:
        return
    with acting_as(amina, confirmed=True):
        mine = _files(amina)
        for case, whole, onward, parts in zip(mine, (False, True, False), (True, False, False), _parts(), strict=False):
            _share(case, amina, boris, today, parts=parts, whole=whole, onward=onward)
        if len(mine) > 2:
            _decide(mine[2], amina, boris, today, "withdrawn")
    with acting_as(boris, confirmed=True):
        for case in _files(boris)[:1]:
            _share(case, boris, amina, today, parts=Compartment.FACTS | NAMES, purpose="share_return", whole=True)


def _parts() -> tuple[Compartment, ...]:
    facts = Compartment.FACTS
    return facts | NAMES, facts, facts | NAMES | PLACE


def _files(owner: User) -> list[Case]:
    """Files in which help is under way, the one that stands on the desk first."""
    found = Case.objects.filter(owner=owner, restricted=False, anonymous=False, imported=False, state__in=OPEN)
    return sorted(found.select_related("agency", "person"), key=lambda case: (case.reference != AMINAS, case.reference))


def _decide(case: Case, by: User, to: User, on: date, decision: str) -> None:
    child = case.person.birth_year is not None and on.year - case.person.birth_year <= 18
    talk = Talk(on=on, points=list(load("consent_points")), given_by="both" if child else "self", method="spoken")
    talk.assent = True if child else None
    record_consent(case, by=by, talk=talk, decisions=[Decision("share", decision, to.agency.name)])


def _share(
    case: Case,
    by: User,
    to: User,
    today: date,
    *,
    parts: Compartment,
    purpose: str = "share_help",
    whole: bool = False,
    onward: bool = False,
) -> None:
    _decide(case, by, to, today, "given")
    principal = to.agency.principal if whole else to.principal
    named = next(each for each in bodies.recipients(case, by) if each.principal == principal)
    until = localdate() + timedelta(days=60)
    actions.share(case, by=by, to=named, parts=parts, purpose=purpose, basis="consent", until=until, onward=onward)
