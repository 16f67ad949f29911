"""What is planned for the person: whole for the plan they agree to, in short and without free words for the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from havre.cases.assistance.models import Plan, PlanLine, ServiceDelivery
from havre.cases.assistance.panels import Asked, Line, PlanToday, plan_of
from havre.cases.casefile import journey, words
from havre.cases.casefile.agreed import Agreed, agreed
from havre.cases.followup.panels import calls_of
from havre.cases.people.models import Case, CaseMove, Consent
from havre.cases.screening.models import Finding

from . import rules

UNDER_WAY = ("proposed", "accepted", "active")
# With names as long as these, so much fits on one A4 page.
MOST_SERVICES, MOST_UNMET, MOST_AGREED, LONGEST = 8, 4, 10, 50


@dataclass(frozen=True)
class Help:
    """One service as paper says it."""

    code: str
    provider: str
    status: str
    start: date | None
    due: date | None
    end: date | None
    kept_back: bool  # whose name is not on paper, since it says where the person sleeps


@dataclass(frozen=True)
class Wish:
    """One need with what the person wants, and the help for it."""

    code: str
    goal: str
    standing: str
    helps: Sequence[Help]


def whole(case: Case) -> dict[str, Any]:
    """Needs, goals and services, and when they are looked at together again."""
    plan, version = plan_of(case), agreement(case)
    return {
        "agreement": version,
        "changed": bool(version) and _differs(version, plan),
        "wishes": [_wish(each) for each in plan.asked],
        "others": [_help(line.service) for line in plan.others],
        "review": _review(plan, version),
    }


def agreement(case: Case) -> Plan | None:
    """The version of the plan that was agreed last."""
    return Plan.objects.filter(case=case, superseded_by=None).order_by("-number").first()


def _differs(version: Plan | None, plan: PlanToday) -> bool:
    """Whether needs or services are no longer those that were agreed."""
    lines = PlanLine.objects.filter(plan=version)
    agreed = {(each.need_id, each.service_id, each.provider, each.status, each.due) for each in lines}
    now: set[tuple[Any, ...]] = {
        (line.service.need_id, line.service.pk, line.service.provider, line.service.status, line.service.due)
        for line in plan.lines
    }
    now |= {(each.need.pk, None, "", "", None) for each in plan.asked if not each.lines}
    return agreed != now


def _wish(asked: Asked) -> Wish:
    return Wish(asked.need.code, asked.need.goal, asked.standing, [_help(line.service) for line in asked.lines])


def _help(service: ServiceDelivery, *, short: bool = False) -> Help:
    name = rules.provider(service.code, words.shortened(service.provider, LONGEST) if short else service.provider)
    code = rules.spoken_of(service.code) if short else service.code
    kept_back = bool(service.provider) and not name
    return Help(code, name, service.status, service.start, service.due, service.end, kept_back)


def _review(plan: PlanToday, version: Plan | None) -> date | None:
    """The day on which the plan is looked at again, else the earliest review of some help."""
    if version and version.review_on and version.review_on >= localdate():
        return version.review_on
    days = [line.service.due for line in plan.lines if line.service.status in UNDER_WAY and line.service.due]
    return min(days, default=None)


def short(case: Case) -> dict[str, Any]:
    """Where the file stands, what is planned, what is agreed: as much as one page holds, and no free words."""
    moves, today = list(CaseMove.objects.filter(case=case).order_by("at")), localdate()
    plan, calls = plan_of(case), calls_of(case)
    helps, more = rules.first_of(_once([_short(line) for line in plan.lines]), MOST_SERVICES)
    unmet, more_unmet = rules.first_of([each.need.code for each in plan.asked if each.is_unmet], MOST_UNMET)
    version, consents = agreement(case), list(Consent.objects.filter(case=case).order_by("at"))
    decided, more_decided = rules.first_of([_brief(each) for each in agreed(consents)], MOST_AGREED)
    return {
        "journey": journey.journey(case, moves, today),
        "finding": Finding.objects.standing().filter(case=case).order_by("-at").first(),
        "helps": helps,
        "more": more,
        "unmet": unmet,
        "more_unmet": more_unmet,
        "agreed": decided,
        "more_agreed": more_decided,
        "agreement": version,
        "review": _review(plan, version),
        "next_call": calls.next,
    }


def _brief(said: Agreed) -> Agreed:
    return Agreed(said.state, words.shortened(said.title, LONGEST), said.text)


def _short(line: Line) -> Help:
    return _help(line.service, short=True)


def _once(helps: Sequence[Help]) -> list[Help]:
    """What is under way, each line once: two kinds of care may read the same on paper."""
    return list(dict.fromkeys(each for each in helps if each.status in UNDER_WAY))
