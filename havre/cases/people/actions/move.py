"""Moving a case from one state to the next: the list decides which moves exist; each is kept with who, when and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.models import Case, CaseMove, Consent
from havre.cases.people.rules import moves
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission
from havre.platform.ui.parts import Condition

from .record import hold

# What a move rests on and a later stage knows: that stage adds its test here when the program starts, under the word
# that `case_transitions` has in `needs` (`finding`, `handover`). Until then such a move waits.
PROOFS: dict[str, Callable[[Case], bool]] = {}
# What must hold before a state may be entered, by its code, as a later stage knows it: only what keeps harm away.
CONDITIONS: dict[str, list[Callable[[Case], Sequence[Condition]]]] = {}
STEPS_BACK = ("back", "safety", "close", "resume")  # whoever was in danger resumes where they stood


def possible(case: Case, by: User) -> list[moves.Move]:
    """The moves open to this user from where the case stands, what they rest on being there."""
    options = moves.allowed(case.state, case.before_safety or None, by.may(Permission.CASE_REOPEN))
    return [each for each in options if all(_proven(case, need) for need in each.needs)]


def _proven(case: Case, need: str) -> bool:
    return need not in ("finding", "handover") or (need in PROOFS and PROOFS[need](case))


def identified(case: Case) -> bool:
    """Whether a finding stands already: nobody who was identified is screened again."""
    return _proven(case, "finding")


def after_consent(case: Case) -> str:
    """Where somebody who agreed goes on to: the screening, or the plan when another body identified them."""
    return "S5" if identified(case) else "S3"


def conditions(case: Case, to: str) -> list[Condition]:
    """Everything that must hold before the case enters that state, met or not."""
    return [each for told in CONDITIONS.get(to, ()) for each in told(case)]


def require(case: Case, to: str) -> None:
    """Refuses to enter a state while something is missing, and says what."""
    missing = [each.title for each in conditions(case, to) if each.state != "yes"]
    if missing:
        raise Refused(_("This step waits. What is missing: %(list)s") % {"list": " ".join(missing)})


@action("case.move", needs=Permission.CASE_WRITE)
def move(case: Case, *, by: User, to: str, reason: str = "", closure_reason: str = "", on: date | None = None) -> Case:
    """The case in its new state, or Refused with a sentence that says what is missing."""
    hold(case)
    step = next((each for each in possible(case, by) if each.target == to), None)
    if step is None:
        raise Refused(_("This step does not follow from where the file stands. Choose one of the steps listed."))
    if "reason" in step.needs and not reason:
        raise Refused(_("Say in a sentence why this step is taken."))
    if "closure_reason" in step.needs and not closure_reason:
        raise Refused(_("Choose why the file is closed."))
    if step.kind not in STEPS_BACK:
        require(case, to)
    CaseMove(case=case, by=by, from_state=case.state, to_state=to, kind=step.kind, reason=reason).save()
    enter(case, to, on=on, closure_reason=closure_reason)
    if to == "S2" and Consent.objects.standing().filter(case=case, scope="interview", decision="given").exists():
        advance(case, by=by, past="S2", to=after_consent(case))  # agreed while safety was seen to: not asked twice
    return case


def enter(case: Case, state: str, *, on: date | None = None, closure_reason: str = "") -> Case:
    """Sets what goes with a state: the state that a danger interrupted, the day and reason of closing."""
    case.before_safety = case.state if state == moves.SAFETY else ""
    case.state = state
    closing = state == moves.CLOSED
    case.closed_on, case.closure_reason = (on or localdate(), closure_reason) if closing else (None, "")
    case.version += 1
    case.save(update_fields=["before_safety", "state", "closed_on", "closure_reason", "version"])
    return case


def advance(case: Case, *, by: User, past: str, to: str) -> None:
    """Goes on to `to` when the case still stands at `past`: done by the act that fulfils the state, never asked for."""
    if case.state == past:
        CaseMove(case=case, by=by, from_state=past, to_state=to, kind="forward").save()
        enter(case, to)
