"""The plan, agreed: a version that keeps the needs and services as they stood that day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from havre.cases.assistance.models import Need, Plan, PlanLine, ServiceDelivery
from havre.cases.people.actions.move import move
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

PLANNING, ASSISTANCE = "S5", "S6"


@action("plan.agree", needs=Permission.CASE_WRITE)
def agree(
    case: Case,
    *,
    by: User,
    on: date,
    how: str = "",
    agreed_by: str = "self",
    review_on: date | None = None,
    words: str = "",
    version: int | None = None,
) -> Plan:
    """The next version of the plan; from planning the file goes on to assistance. Stale when one was agreed since."""
    hold(case)
    require_open(case)
    last = Plan.objects.filter(case=case).select_related("by").order_by("-number").first()
    number = last.number if last else 0
    if version is not None and version != number:
        raise Stale(number, _told(last), who=last.by.name if last else "", at=last.at if last else None)
    lines = _lines(case)
    if not lines:
        raise Refused(_("There is nothing to agree to yet. Write down a need or a service first."))
    plan = Plan(case=case, by=by, number=number + 1, supersedes=last, agreed_on=on, agreed_by=agreed_by or "self")
    plan.agreed_how, plan.review_on, plan.words = how, review_on, words
    plan.save(force_insert=True)
    for line in lines:
        line.plan = plan
        line.save(force_insert=True)
    if case.state == PLANNING:
        move(case, by=by, to=ASSISTANCE)
    return plan


def _told(plan: Plan | None) -> dict[str, object]:
    names = ("agreed_on", "agreed_how", "agreed_by", "review_on", "words")
    return {name: getattr(plan, name) for name in names} if plan else {}


def _lines(case: Case) -> list[PlanLine]:
    """Every need that is not over and every service, as they stand now."""
    services = list(ServiceDelivery.objects.filter(case=case).select_related("need").order_by("at"))
    lines = [_of(case, service.need, service) for service in services]
    helped = [service.need_id for service in services if service.need_id]
    open_needs = Need.objects.filter(case=case, met_on=None).exclude(pk__in=helped).order_by("at")
    return [*lines, *(_of(case, need, None) for need in open_needs)]


def _of(case: Case, need: Need | None, service: ServiceDelivery | None) -> PlanLine:
    line = PlanLine(case=case, need=need, service=service)
    if need:
        line.need_code, line.goal = need.code, need.goal
    if service:
        line.service_code, line.provider, line.status = service.code, service.provider, service.status
        line.start, line.due = service.start, service.due
    return line
