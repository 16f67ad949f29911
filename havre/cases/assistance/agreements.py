"""The versions of a plan, and what changed since the last one was agreed, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring

from .models import Need, Plan, PlanLine, ServiceDelivery
from .rules.plan import Change, Stood, of_needs, of_services


def versions(case: Case) -> list[Plan]:
    """Every version of the plan, the newest first."""
    keyring.load([case.pk])
    return list(Plan.objects.filter(case=case).select_related("by").order_by("-number"))


def lines_of(plan: Plan) -> list[PlanLine]:
    """What was agreed in one version."""
    return list(PlanLine.objects.filter(plan=plan).order_by("need_code", "service_code", "pk"))


def changed_since(lines: Sequence[PlanLine], case: Case) -> list[str]:
    """What came after the agreement, in sentences."""
    then = {each.service_id: Stood(each.service_code, each.provider, each.status) for each in lines if each.service_id}
    services = ServiceDelivery.objects.filter(case=case).order_by("at")
    now = {each.pk: Stood(each.code, each.provider, each.status) for each in services}
    needs = {each.pk: (each.code, each.met_on is not None) for each in Need.objects.filter(case=case).order_by("at")}
    agreed = {each.need_id for each in lines if each.need_id}
    return [said(each) for each in (*of_needs(agreed, agreed, needs), *of_services(then, now))]


def said(change: Change) -> str:
    """One change as a sentence."""
    need, service, status = (_words(name, change.code) for name in ("needs", "services", "service_statuses"))
    before, status = _words("service_statuses", change.before), _words("service_statuses", change.now)
    if change.sort == "new_need":
        return _("New need: %(need)s.") % {"need": need}
    if change.sort == "met":
        return _("Met since: %(need)s.") % {"need": need}
    if change.sort == "new":
        return _("New: %(service)s (%(status)s).") % {"service": service, "status": status}
    if change.sort == "status":
        return _("%(service)s: was “%(before)s”, is now “%(now)s”.") % {
            "service": service,
            "before": before,
            "now": status,
        }
    if not change.now:
        return _("%(service)s: nobody gives it now; it was agreed with %(before)s.") % {
            "service": service,
            "before": change.before,
        }
    return _("%(service)s: now with %(now)s.") % {"service": service, "now": change.now}


def _words(name: str, code: str) -> str:
    return load(name).label(code, get_language() or "en") if code else ""
