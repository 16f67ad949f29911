"""Everything that writes a need or a service: possible in every open state, since help never waits for paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.assistance.models import Need, ServiceDelivery
from havre.cases.assistance.offers import BEFORE
from havre.cases.assistance.rules import suggested
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.directory import missing
from havre.directory.models import Service
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

OTHER = "other"
PROVIDER = 200
NEED = ("urgency", "goal")
SERVICE = (
    *("need", "code", "provider", "status", "start", "due", "end", "outcome", "conditional"),
    *("cost", "currency", "funder", "worker"),
)
KEYS = ("need", "worker")
R = TypeVar("R", Need, ServiceDelivery)


@action("need.add", needs=Permission.CASE_WRITE)
def add_need(case: Case, *, by: User, code: str, urgency: str = "", goal: str = "") -> Need:
    """A need of the person, with what they want in their own words."""
    # The row of the case is held, so that two workers never write the same need side by side.
    case = Case.objects.select_for_update().get(pk=case.pk)
    require_open(case)
    if code != OTHER and case.needs.filter(code=code).exists():
        raise Refused(_("This need is already written down. Open it to change it."))
    need = Need(case=case, by=by, code=code, urgency=urgency, goal=goal)
    need.save(force_insert=True)
    return need


@action("need.save", needs=Permission.CASE_WRITE)
def save_need(need: Need, *, by: User, version: int, values: dict[str, Any]) -> Need:
    """The need with another urgency or goal; Stale when somebody else saved it since."""
    return _save(_held(Need, need, version, NEED), by, values, NEED)


@action("need.meet", needs=Permission.CASE_WRITE)
def meet_need(need: Need, *, by: User, on: date | None) -> Need:
    """The need, met on that day; without a day it is a need again."""
    return _save(_row(Need, need), by, {"met_on": on}, ("met_on",))


@action("need.lack", needs=Permission.CASE_WRITE)
def lack(need: Need, *, by: User, country: str) -> Need:
    """The need, for which nothing was found in that country: counted there once, as a number of nobody."""
    held = _row(Need, need)
    known = [each for each in held.lacking.split(";") if each]
    if country not in known:
        held.lacking = ";".join([*known, country])
        held.save(update_fields=["lacking"])
        missing.count(country, held.code, localdate())
    return held


@action("service.add", needs=Permission.CASE_WRITE)
def add_service(case: Case, *, by: User, values: dict[str, Any]) -> ServiceDelivery:
    """A service for the person, looked after by whoever adds it unless said otherwise."""
    require_open(case)
    given = {name: values[name] for name in SERVICE if name in values}
    service = ServiceDelivery(case=case, by=by, **{**given, "worker": given.get("worker") or by})
    _same_file(service)
    service.save(force_insert=True)
    return service


@action("service.choose", needs=Permission.CASE_WRITE)
def choose(need: Need, *, by: User, offer: Service) -> ServiceDelivery:
    """The plan's service for this need, now of the directory: what was planned and nobody gives, else a new one."""
    held = _row(Need, need)
    hold(held.case)
    planned = ServiceDelivery.objects.select_for_update().filter(need=held, provider="", status__in=BEFORE)
    row = planned.order_by("at").first()
    code = _kind(held, offer, row)
    if row is None:
        row = ServiceDelivery(case=held.case, need=held, code=code, worker=by, status="proposed", version=0)
    row.code, row.provider = code, offer.organisation.name[:PROVIDER]
    row.offer, row.offer_version = offer, offer.version
    row.conditional = row.conditional or offer.conditional_on_cooperation is True
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save()
    return row


@action("service.save", needs=Permission.CASE_WRITE)
def save_service(service: ServiceDelivery, *, by: User, version: int, values: dict[str, Any]) -> ServiceDelivery:
    """The service as it stands now; Stale when somebody else saved it since."""
    return _save(_held(ServiceDelivery, service, version, SERVICE), by, values, SERVICE)


def _row(model: type[R], row: R) -> R:
    """The row as it stands in the database, held for this transaction, in a file that is open."""
    held = model.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=row.pk)
    require_open(held.case)
    return held


def _held(model: type[R], row: R, version: int, fields: Iterable[str]) -> R:
    held = _row(model, row)
    if held.version != version:
        theirs = {name: getattr(held, f"{name}_id" if name in KEYS else name) for name in fields}
        raise Stale(held.version, theirs, who=held.by.name, at=held.at)
    return held


def _save(row: R, by: User, values: dict[str, Any], fields: tuple[str, ...]) -> R:
    if isinstance(row, ServiceDelivery) and values.get("provider", row.provider) != row.provider:
        row.offer, row.offer_version = None, None  # somebody else gives it now
        fields = (*fields, "offer", "offer_version")
    for name in fields:
        if name in values:
            setattr(row, name, values[name])
    if isinstance(row, ServiceDelivery):
        _same_file(row)
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save(update_fields=[*fields, "by", "at", "version"])
    return row


def _kind(need: Need, offer: Service, planned: ServiceDelivery | None) -> str:
    """As what the service counts in the plan: what was planned if it offers that, else what meets the need best."""
    wished = [planned.code] if planned else []
    meant = [*wished, *(row["code"] for row in suggested(need.code))]
    found = next((code for code in meant if code in offer.service_type), None)
    if found is None and need.code == OTHER:
        found = next((code for code in offer.service_type if code in load("services")), None)
    if found is None:
        raise Refused(_("This service is not for this need. Choose another, or write the service down yourself."))
    return found


def _same_file(service: ServiceDelivery) -> None:
    if service.need is not None and service.need.case_id != service.case_id:
        raise Refused(_("This need stands in another file. Choose one of this file."))
