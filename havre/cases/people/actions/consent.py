"""What somebody agreed to. A refused interview empties what was written about who they are (SPEC 5, stop rules)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model

from havre.cases.people.models import (
    Case,
    CaseNote,
    Consent,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonLanguage,
    PersonName,
    PersonPlace,
)
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission

from .move import advance
from .record import require_open

NAMING: tuple[type[Model], ...] = (PersonName, PersonIdentity, PersonContact, PersonPlace, PersonCountry, PersonLanguage)


@dataclass
class Decision:
    """One decision about one scope."""

    scope: str
    decision: str
    recipient: str = ""


@dataclass
class Talk:
    """How the person was informed: it goes with each decision taken in it."""

    on: date
    points: list[str] = field(default_factory=list)
    given_by: str = "self"
    assent: bool | None = None
    language: str = ""
    interpreter: bool | None = None
    method: str = ""


@action("consent.record", needs=Permission.CASE_WRITE)
def record_consent(case: Case, *, by: User, talk: Talk, decisions: list[Decision]) -> list[Consent]:
    """The decisions, each superseding the one that stood; none is overwritten."""
    require_open(case)
    kept = [_supersede(case, by, talk, decision) for decision in decisions]
    interview = next((each.decision for each in decisions if each.scope == "interview"), "")
    if interview == "refused":
        make_anonymous(case, by=by)
    elif interview == "given":
        advance(case, by=by, past="S1", to="S2")
        advance(case, by=by, past="S2", to="S3")
    return kept


def _supersede(case: Case, by: User, talk: Talk, decision: Decision) -> Consent:
    standing = [each for each in Consent.objects.standing().filter(case=case, scope=decision.scope)]
    earlier = next((each for each in standing if each.recipient == decision.recipient), None)
    consent = Consent(
        case=case,
        person_id=case.person_id,
        by=by,
        scope=decision.scope,
        decision=decision.decision,
        recipient=decision.recipient,
        given_by=talk.given_by,
        assent=talk.assent,
        language=talk.language,
        interpreter=talk.interpreter,
        method=talk.method,
        points=";".join(talk.points),
        decided_on=talk.on,
        supersedes=earlier,
    )
    consent.save(force_insert=True)
    return consent


def make_anonymous(case: Case, *, by: User) -> None:
    """Leaves a contact that names nobody: identity, whereabouts and notes go, and so does the key that sealed them."""
    for model in NAMING:
        model._default_manager.filter(person_id=case.person_id).delete()
    CaseNote.objects.filter(case=case).delete()
    person = case.person
    person.birth_year, person.birth_precision, person.marital_status, person.education = None, "", "", ""
    person.number_of_children, person.outside_reference = None, ""
    person.save()
    for subject, kind in ((case.person_id, "person"), (case.pk, "case")):
        keyring.destroy(subject)
        keyring.renew(subject, case.agency_id, kind)
    case.anonymous = True
    case.save(update_fields=["anonymous"])
