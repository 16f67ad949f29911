"""The needs of one person with the help for them, as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared
from havre.platform.ui.templatetags.words import day

from . import rules
from .models import Need, ServiceDelivery

# The tone and the icon of a status: only help that is under way, or waits for somebody, has a colour.
BADGES = {
    "proposed": ("", "circle-dashed"),
    "accepted": ("", "circle-dot"),
    "active": ("calm", "circle-dot"),
    "done": ("", "check"),
    "cancelled": ("", "circle-off"),
    "refused": ("", "circle-off"),
}
WAITS = ("proposed", "accepted", "active")
SERVICES = Prepared(lambda case: ServiceDelivery.objects.filter(case_id=case).order_by("at"))
NEEDS = Prepared(lambda case: Need.objects.filter(case_id=case).order_by("at"))


@dataclass(frozen=True)
class Line:
    """One service as a row of the plan."""

    service: ServiceDelivery
    next: str
    late: bool

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "lamp" if self.late else BADGES.get(self.service.status, ("", ""))[0]

    @property
    def icon(self) -> str:
        """The icon of its badge."""
        return "clock-exclamation" if self.late else BADGES.get(self.service.status, ("", "circle-dashed"))[1]


@dataclass(frozen=True)
class Asked:
    """One need, how it stands, and the services planned for it."""

    need: Need
    standing: rules.Standing
    lines: Sequence[Line]

    @property
    def is_unmet(self) -> bool:
        """Whether nobody looks after it."""
        return self.standing == "unmet"

    @property
    def is_planned(self) -> bool:
        """Whether a service waits to begin."""
        return any(line.service.status in WAITS for line in self.lines)


@dataclass(frozen=True)
class Plan:
    """What the person needs and the help they get."""

    asked: Sequence[Asked]
    others: Sequence[Line]  # services for no need that was written down

    @property
    def unmet(self) -> int:
        """How many needs nobody looks after."""
        return sum(each.is_unmet for each in self.asked)

    @property
    def open(self) -> int:
        """How many needs are not over."""
        return sum(each.standing != "over" for each in self.asked)

    @property
    def lines(self) -> list[Line]:
        """Every service, those that still ask for something first."""
        every = [line for each in self.asked for line in each.lines] + list(self.others)
        return sorted(every, key=lambda line: (line.service.status not in WAITS, line.service.due or date.max))

    @property
    def conditional(self) -> bool:
        """Whether some help was made to depend on testimony."""
        return any(line.service.conditional for line in self.lines)


def plan_of(case: Case) -> Plan:
    """The needs and services of a case: two queries."""
    keyring.load([case.pk])
    today = localdate()
    lines: dict[object, list[Line]] = {}
    for service in SERVICES(case.pk):
        lines.setdefault(service.need_id, []).append(Line(service, _next(service), _is_late(service, today)))
    asked = [_asked(need, lines.get(need.pk, [])) for need in NEEDS(case.pk)]
    asked.sort(key=lambda each: ("unmet", "helped", "over").index(each.standing))
    return Plan(asked, lines.get(None, []))


def panel(case: Case) -> dict[str, Any]:
    """What `assistance/panel.html` shows of a case."""
    return {"case": case, "plan": plan_of(case)}


def _asked(need: Need, lines: list[Line]) -> Asked:
    return Asked(need, rules.standing(need.met_on, [line.service.status for line in lines]), lines)


def _is_late(service: ServiceDelivery, today: date) -> bool:
    return service.status in ("accepted", "active") and service.due is not None and service.due < today


def _next(service: ServiceDelivery) -> str:
    if service.status not in WAITS:
        return _("Ended %(day)s") % {"day": day(service.end)} if service.end else ""
    if service.due:
        return _("Review %(day)s") % {"day": day(service.due)}
    if service.start:
        return _("From %(day)s") % {"day": day(service.start)}
    return ""
