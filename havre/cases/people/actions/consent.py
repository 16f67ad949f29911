"""What somebody agreed to. A refused interview empties what was written about who they are (SPEC 5, stop rules)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from havre.cases.people import drafts
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
    Task,
)
from havre.cases.people.rules import consent as rules
from havre.platform import notices
from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission

from .editors import last_editor
from .move import advance, after_consent, identified
from .record import hold, require_open

NAMING: tuple[type[Model], ...] = (
    PersonName,
    PersonIdentity,
    PersonContact,
    PersonPlace,
    PersonCountry,
    PersonLanguage,
)
# A body that a later stage wishes to tell of the person, which that stage adds when the program starts.
BODIES: list[Callable[[Case], str]] = []


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
    in_danger: str = ""  # the danger check, when it had not been done at first contact
    referral_offered: bool = False  # to somebody who refuses the interview


def standing(case: Case) -> list[Consent]:
    """What holds now: the latest decision for each scope and recipient."""
    return list(Consent.objects.standing().filter(case=case).order_by("at"))


def to_ask(case: Case) -> list[str]:
    """The bodies about which the person was not asked yet."""
    asked = {_plain(each.recipient) for each in standing(case) if each.scope == "share"}
    wished = dict.fromkeys(filter(None, (told(case) for told in BODIES)))
    return [name for name in wished if _plain(name) not in asked]


def version_of(case: Case) -> int:
    """Rises with each decision."""
    return Consent.objects.filter(case=case).count()


@action("consent.record", needs=Permission.CASE_WRITE)
def record_consent(
    case: Case, *, by: User, talk: Talk, decisions: list[Decision], version: int | None = None
) -> list[Consent]:
    """The decisions, each superseding the one that stood; Stale when others were taken meanwhile."""
    hold(case)
    require_open(case)
    if version is not None and version != version_of(case):
        theirs = {each.scope: each.decision for each in standing(case) if not each.recipient}
        raise Stale(version_of(case), theirs, *last_editor(case, "consent.record"))
    before = {each.scope: each.decision for each in standing(case) if each.scope == "interview"}
    kept = [_supersede(case, by, talk, decision) for decision in decisions]
    _check_danger(case, by, talk)
    interview = next((each.decision for each in kept if each.scope == "interview"), "")
    helped = _given(kept, "assistance") and identified(case)
    if rules.empties_identity(case.state, case.before_safety, before.get("interview", ""), interview, helped=helped):
        make_anonymous(case, by=by, on=talk.on)
        if talk.referral_offered:
            CaseNote(case=case, by=by, kind="handover", text=_("A referral was offered.")).save(force_insert=True)
    elif _goes_on(case, kept):
        # Who is in danger now is brought to safety first: the worker says when that is done.
        if case.in_danger != "yes":
            advance(case, by=by, past="S1", to="S2")
        advance(case, by=by, past="S2", to=after_consent(case))
    return kept


def _goes_on(case: Case, kept: list[Consent]) -> bool:
    """Whether what was agreed to fulfils the state of consent: the interview, or help for somebody identified."""
    agreed = _given(kept, "interview") or (_given(kept, "assistance") and identified(case))
    return agreed and rules.stage(case.state, case.before_safety) in rules.BEFORE_SCREENING


def _given(kept: list[Consent], scope: str) -> bool:
    return any(each.scope == scope and each.decision == rules.GIVEN for each in kept)


def _check_danger(case: Case, by: User, talk: Talk) -> None:
    if talk.in_danger and not case.in_danger:
        case.in_danger = talk.in_danger
        case.save(update_fields=["in_danger"])
        advance(case, by=by, past="S0", to="S1")


def _supersede(case: Case, by: User, talk: Talk, decision: Decision) -> Consent:
    about = (decision.scope, _plain(decision.recipient))
    earlier = next((each for each in standing(case) if (each.scope, _plain(each.recipient)) == about), None)
    if decision.decision == rules.WITHDRAWN and not rules.may_take_back(earlier.decision if earlier else ""):
        raise Refused(_("Only what was given can be withdrawn."))
    consent = Consent(
        case=case,
        person_id=case.person_id,
        by=by,
        scope=decision.scope,
        decision=rules.kept_as(earlier.decision if earlier else "", decision.decision),
        recipient=decision.recipient,
        body=_here(decision),
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
    if earlier and decision.scope == "share":
        notices.mail_soon()  # what was shared under it has ended, and those it was shared with are told
    return consent


def _here(decision: Decision) -> Agency | None:
    """The agency of this installation that goes by the name of the body, if one does."""
    if decision.scope != "share":
        return None
    name = _plain(decision.recipient)
    return next((each for each in Agency.objects.all() if _plain(each.name) == name), None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def make_anonymous(case: Case, *, by: User, on: date) -> None:
    """Leaves a contact that names nobody: identity, whereabouts and notes go, and so does the key that sealed them."""
    for model in NAMING:
        model._default_manager.filter(person_id=case.person_id).delete()
    CaseNote.objects.filter(case=case).delete()
    Task.objects.filter(case=case, done_on=None).update(done_on=on)  # their words go with the key: nobody could do them
    drafts.drop_about(by, case.pk)
    person = case.person
    person.birth_year, person.birth_precision, person.age_basis, person.presumed_minor = None, "", "", False
    person.marital_status, person.education = "", ""
    person.number_of_children, person.outside_reference = None, ""
    person.version += 1
    person.save()
    for subject, kind in ((case.person_id, "person"), (case.pk, "case")):
        keyring.destroy(subject)
        keyring.renew(subject, case.agency_id, kind)
    case.anonymous = True
    case.save(update_fields=["anonymous"])
