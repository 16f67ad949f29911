"""Everything that writes a follow-up: planning the calls, each try and what came of it, saying that contact is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.cases.people.actions.move import move
from havre.cases.people.actions.record import require_open
from havre.cases.people.models import Case, Consent
from havre.cases.people.rules.consent import GIVEN, REFUSED, WITHDRAWN
from havre.cases.people.rules.moves import SAFETY
from havre.cases.returns.standing import arrived_on, journey
from havre.cases.story.actions import open_episode
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import rules
from .models import ContactAttempt, FollowUp

REACHED, STOP = "reached", "reached_stop"  # the results after which a contact is done, or all of them end
PLANNED, DONE, LOST, ENDED = "planned", "done", "lost", "ended"
TOLD = ("living", "safe", "work", "health", "family", "wish_to_leave", "re_trafficking_sign", "words")
SCOPE = "follow_up"
SIGN, AGAIN = "yes", "re_trafficking"
BEFORE_ARRIVAL = ("S8", "S9")


@dataclass(frozen=True)
class Try:
    """One try to reach the person, on a day that may be past."""

    on: date
    means: str
    result: str


def wish(case: Case) -> str:
    """What the person decided about being contacted afterwards; empty when nobody asked."""
    standing = Consent.objects.standing().filter(case=case, scope=SCOPE)
    return standing.order_by("-decided_on", "-at").values_list("decision", flat=True).first() or ""


def is_wanted(wish: str) -> bool:
    """Whether the person may be contacted: a no is kept, silence is not a no."""
    return wish not in (REFUSED, WITHDRAWN)


def tries(case: Case) -> list[rules.Attempt]:
    """Every try to reach the person, earliest first."""
    attempts = ContactAttempt.objects.filter(case=case).order_by("at")
    return [rules.Attempt(timezone.localdate(each.at), each.means, each.result) for each in attempts]


@action("followup.plan", needs=Permission.CASE_WRITE)
def plan_calls(case: Case, *, by: User, days: dict[str, date]) -> list[FollowUp]:
    """The calls on these days, by code. Done again, it moves those that wait and adds none twice."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    require_open(case)
    decided = wish(case)
    require_wish(decided)
    require_arrival(case, days.values())
    schedule = load("monitoring_schedule")
    if decided != GIVEN and any(schedule.row(code)["optional"] == "yes" for code in days):
        raise Refused(_("The long-term contact is planned only once the person has agreed to follow-up contacts."))
    known = {call.code: call for call in FollowUp.objects.filter(case=case)}
    return [_planned(case, by, known.get(code), schedule.row(code), day) for code, day in days.items()]


@action("followup.record", needs=Permission.CASE_WRITE)
def record_call(call: FollowUp, *, by: User, version: int, attempt: Try, told: dict[str, Any]) -> FollowUp:
    """The call after this try; what the person told is kept when they were reached. Stale when it changed since."""
    call = _held(call, version)
    require_wish(wish(call.case))
    require_arrival(call.case, [attempt.on])
    # A try of today happened now; of an earlier day only the day is known.
    now = timezone.localtime()
    at = now if attempt.on == now.date() else timezone.make_aware(datetime.combine(attempt.on, time(12)))
    ContactAttempt(case=call.case, follow_up=call, by=by, at=at, means=attempt.means, result=attempt.result).save()
    if attempt.result == REACHED:
        call.state, call.done_on, known = DONE, attempt.on, call.re_trafficking_sign
        for name in TOLD:
            setattr(call, name, told.get(name, ""))
        if call.re_trafficking_sign == SIGN != known:
            _see_to_safety(call.case, by)
    elif attempt.result == STOP:
        call.state = ENDED
        waiting = FollowUp.objects.filter(case=call.case, state=PLANNED).exclude(pk=call.pk)
        for other in waiting:
            _write(other, by, state=ENDED)
    return _write(call, by)


@action("followup.lose", needs=Permission.CASE_WRITE)
def lose_contact(call: FollowUp, *, by: User) -> FollowUp:
    """The call, given up after the tries that were agreed; the next ones stay planned."""
    call = _held(call, None)
    if not rules.is_lost(tries(call.case)):
        raise Refused(
            _("Try again first. Contact counts as lost after three tries on different days and by different means.")
        )
    return _write(call, by, state=LOST)


def _see_to_safety(case: Case, by: User) -> None:
    """Signs of new trafficking open a new story, and safety comes before everything else (SPEC 9.4)."""
    open_episode(case, by=by, because=AGAIN)
    if case.state != SAFETY:
        with override(by.language):
            reason = _("A follow-up call told of signs of new trafficking.")
        move(case, by=by, to=SAFETY, reason=reason)


def travelling(case: Case) -> bool:
    """Whether the person is about to travel, or on the way: nobody calls before the arrival is written down."""
    return case.state in BEFORE_ARRIVAL


def require_arrival(case: Case, days: Iterable[date]) -> None:
    """Refuses a contact before the arrival, and says when it can be planned."""
    if travelling(case):
        going = journey(case)
        due = going.due_at if going else None
        if due is None:
            raise Refused(
                _("The person has not arrived yet. Follow-up can be planned once the arrival is written down.")
            )
        said = {"day": date_format(timezone.localdate(due), "DATE_FORMAT")}
        raise Refused(
            _(
                "The person has not arrived yet. Follow-up can be planned once the arrival is written down,"
                " which is expected on %(day)s."
            )
            % said
        )
    arrived = arrived_on(case)
    if arrived and any(day < arrived for day in days):
        said = {"day": date_format(arrived, "DATE_FORMAT")}
        raise Refused(
            _("The person arrived on %(day)s. Follow-up begins on that day: give that day or a later one.") % said
        )


def _planned(case: Case, by: User, call: FollowUp | None, row: Any, day: date) -> FollowUp:
    if call is None:
        call = FollowUp(case=case, by=by, code=row["code"], planned=day, window_days=int(row["window_days"]))
        call.save(force_insert=True)
    elif call.state == PLANNED and call.planned != day:
        _write(call, by, planned=day)
    return call


def _held(call: FollowUp, version: int | None) -> FollowUp:
    held = FollowUp.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=call.pk)
    require_open(held.case)
    if held.state == ENDED:
        raise Refused(_("The follow-up ended at the wish of the person."))
    if version is not None and held.version != version:
        raise Stale(held.version, _theirs(held), who=held.by.name, at=held.at)
    return held


def _theirs(call: FollowUp) -> dict[str, Any]:
    last = call.attempts.order_by("-at").first()
    tried = {"on": timezone.localdate(last.at), "means": last.means, "result": last.result} if last else {}
    return {**tried, **{name: getattr(call, name) for name in TOLD}}


def _write(call: FollowUp, by: User, **values: Any) -> FollowUp:
    for name, value in values.items():
        setattr(call, name, value)
    call.by, call.at, call.version = by, timezone.now(), call.version + 1
    call.save()
    return call


def require_wish(decided: str) -> None:
    """Refuses to call somebody who does not want it."""
    if not is_wanted(decided):
        raise Refused(_("The person does not wish to be contacted. A new decision is written down under consent."))
