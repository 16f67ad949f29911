"""The needs of one person with the help for them, as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared
from havre.platform.ui.parts import Fact
from havre.platform.ui.templatetags.words import day

from . import rules
from .models import LegalStatus, Need, Plan, Risk, ServiceDelivery
from .rules import legal
from .rules import risk as risks

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
AGREED = Prepared(lambda case: Plan.objects.filter(case_id=case).order_by("-number")[:1])
RIGHTS = Prepared(lambda case: LegalStatus.objects.filter(case_id=case).order_by("until"))
RISKS = Prepared(lambda case: Risk.objects.filter(case_id=case).order_by("at"))
# The service that works on a right: its row shows the days of that right.
WORKS_ON = {"reflection": "RESIDENCE", "residence": "RESIDENCE", "compensation": "COMPENSATION"}


@dataclass(frozen=True)
class Deadline:
    """The end of a right or of a proceeding, as far as it is near."""

    status: LegalStatus
    left: int

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "lamp"

    @property
    def icon(self) -> str:
        """The icon of its badge."""
        return "hourglass-low" if self.left >= 0 else "clock-exclamation"

    @property
    def ends(self) -> str:
        """Its last day, in words."""
        words = _("Ends %(day)s") if self.left >= 0 else _("Ended %(day)s")
        return words % {"day": day(self.status.until)}

    @property
    def left_in_words(self) -> str:
        """How long it still runs."""
        if self.left < 0:
            return _("Over")
        if self.left == 0:
            return _("Last day")
        return ngettext("%(n)d day left", "%(n)d days left", self.left) % {"n": self.left}


@dataclass(frozen=True)
class Line:
    """One service as a row of the plan."""

    service: ServiceDelivery
    next: str
    late: bool
    deadline: Deadline | None = None

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "lamp" if self.late or self.deadline else BADGES.get(self.service.status, ("", ""))[0]

    @property
    def icon(self) -> str:
        """The icon of its badge."""
        if self.deadline:
            return self.deadline.icon
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
class PlanToday:
    """What the person needs and the help they get, as it stands today."""

    case: Case
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

    @cached_property
    def agreed(self) -> Plan | None:
        """The version that was agreed last; asked for only where it is shown."""
        return next(iter(AGREED(self.case.pk)), None)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """The rights that end soon, the nearest first; none for a reader who does not follow the legal side."""
        return [each for row in RIGHTS(self.case.pk) if (each := deadline(row, localdate())) is not None]

    @cached_property
    def rows(self) -> list[Line]:
        """Every service, one that works on a right that ends soon with the days of that right, before all others."""
        near = {WORKS_ON.get(each.status.kind, ""): each for each in reversed(self.deadlines)}
        found = [self._near(line, near) for line in self.lines]
        return sorted(found, key=lambda line: line.deadline is None)

    @property
    def ending(self) -> list[Deadline]:
        """The rights that end soon and stand in no row of a service."""
        shown = {line.deadline.status.pk for line in self.rows if line.deadline}
        return [each for each in self.deadlines if each.status.pk not in shown]

    def _near(self, line: Line, near: dict[str, Deadline]) -> Line:
        ends = near.get(line.service.code) if line.service.status in WAITS else None
        return Line(line.service, ends.ends, line.late, ends) if ends else line

    @property
    def conditional(self) -> bool:
        """Whether some help was made to depend on testimony."""
        return any(line.service.conditional for line in self.lines)


def plan_of(case: Case) -> PlanToday:
    """The needs and services of a case: two queries."""
    keyring.load([case.pk])
    today = localdate()
    lines: dict[object, list[Line]] = {}
    for service in SERVICES(case.pk):
        lines.setdefault(service.need_id, []).append(Line(service, _next(service), _is_late(service, today)))
    asked = [_asked(need, lines.get(need.pk, [])) for need in NEEDS(case.pk)]
    asked.sort(key=lambda each: ("unmet", "helped", "over").index(each.standing))
    return PlanToday(case, asked, lines.get(None, []))


def panel(case: Case) -> dict[str, Any]:
    """What `assistance/panel.html` shows of a case."""
    return {"case": case, "plan": plan_of(case)}


def deadline(status: LegalStatus, today: date) -> Deadline | None:
    """The end of a right when it is near or past and still matters."""
    left = legal.days_left(status.state, status.until, today)
    return Deadline(status, left) if left is not None and legal.is_soon(left) else None


def risk_facts(case: Case) -> list[Fact]:
    """The line of the safety card: the worst risk that stands, after measures, the person's own view, the review."""
    every = RISKS(case.pk)
    later = {each.supersedes_id for each in every}
    stands = [each for each in every if each.pk not in later]
    # A journey that is not yet made is no danger of today: it counts only where nothing else was judged.
    today = [each for each in stands if each.about not in risks.OVERRIDDEN_FOR] or stands
    if not today:
        return []
    keyring.load([case.pk])
    one = max(today, key=lambda each: (each.score, each.about == "person", each.at))
    after = level_in_words(one.residual) if one.residual is not None else _("not judged yet")
    known = [(_("Risk now"), level_in_words(one.score, whole=True)), (_("After measures"), after)]
    if one.own_view:
        known.append((_("In the person’s words"), _("“%(words)s”") % {"words": _short(one.own_view)}))
    if one.review_on:
        known.append((pgettext("of a risk", "Review"), _review(one, case)))
    return [Fact(*each) for each in known]


def level_in_words(score: int, *, whole: bool = False) -> str:
    """A level with its score: “High, 12 of 25”."""
    label = load("risk_levels").label(risks.level(score), get_language() or "en")
    words = _("%(level)s, %(score)d of 25") if whole else _("%(level)s, %(score)d")
    return words % {"level": label, "score": score}


def _short(words: str, most: int = 120) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def _review(one: Risk, case: Case) -> str:
    # Mostly whoever looks after the file, who is known already: no question of its own then.
    owner = case.owner if one.owner_id == case.owner_id else User.objects.get(pk=one.owner_id)
    return _("%(day)s, %(name)s") % {"day": day(one.review_on), "name": owner.name}


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
