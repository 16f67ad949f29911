"""What is planned for the person: whole for the plan they agree to, in short and without free words for the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.assistance.panels import Asked, Line, Plan, plan_of
from havre.cases.casefile import journey
from havre.cases.casefile.agreed import agreed
from havre.cases.followup.panels import calls_of
from havre.cases.people.models import Case, CaseMove, Consent
from havre.cases.screening.models import Finding

from . import rules

UNDER_WAY = ("proposed", "accepted", "active")
MOST_SERVICES, MOST_UNMET, MOST_AGREED = 8, 4, 10


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
    plan = plan_of(case)
    return {
        "wishes": [_wish(each) for each in plan.asked],
        "others": [_help(line.service) for line in plan.others],
        "review": _review(plan),
    }


def _wish(asked: Asked) -> Wish:
    return Wish(asked.need.code, asked.need.goal, asked.standing, [_help(line.service) for line in asked.lines])


def _help(service: ServiceDelivery, *, short: bool = False) -> Help:
    name = rules.provider(service.code, service.provider)
    code = rules.spoken_of(service.code) if short else service.code
    kept_back = bool(service.provider) and not name
    return Help(code, name, service.status, service.start, service.due, service.end, kept_back)


def _review(plan: Plan) -> date | None:
    """The earliest day on which some help is looked at again."""
    days = [line.service.due for line in plan.lines if line.service.status in UNDER_WAY and line.service.due]
    return min(days, default=None)


def short(case: Case) -> dict[str, Any]:
    """Where the file stands, what is planned, what is agreed: as much as one page holds, and no free words."""
    moves, today = list(CaseMove.objects.filter(case=case).order_by("at")), localdate()
    plan, calls = plan_of(case), calls_of(case)
    helps, more = rules.first_of(_once([_short(line) for line in plan.lines]), MOST_SERVICES)
    unmet, more_unmet = rules.first_of([each.need.code for each in plan.asked if each.is_unmet], MOST_UNMET)
    consents = list(Consent.objects.filter(case=case).order_by("at"))
    decided, more_decided = rules.first_of(agreed(consents), MOST_AGREED)
    return {
        "journey": journey.journey(case, moves, today),
        "finding": Finding.objects.standing().filter(case=case).order_by("-at").first(),
        "helps": helps,
        "more": more,
        "unmet": unmet,
        "more_unmet": more_unmet,
        "agreed": decided,
        "more_agreed": more_decided,
        "review": _review(plan),
        "next_call": calls.next,
    }


def _short(line: Line) -> Help:
    return _help(line.service, short=True)


def _once(helps: Sequence[Help]) -> list[Help]:
    """What is under way, each line once: two kinds of care may read the same on paper."""
    return list(dict.fromkeys(each for each in helps if each.status in UNDER_WAY))
