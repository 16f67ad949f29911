"""What pages say of events, actions and agreements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel.numbers import format_currency
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.directory.naming import first_name
from havre.kernel import places

from . import rules
from .models import Action, Agreed, Event, Partnership, Plan
from .models.plans import OPEN

AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Due:
    """An action, who answers for it, and how late it is."""

    row: Action
    who: str
    late: int

    @classmethod
    def of(cls, row: Action, today: date) -> Due:
        """As it stands today."""
        named = [first_name(row.organisation)] if row.organisation else []
        who = ", ".join([*named, *([row.responsible] if row.responsible else [])])
        return cls(row, who, rules.days_late(row.due, row.status, today))


@dataclass
class Standing:
    """A plan, and how many of its actions are how far."""

    plan: Plan
    done: int = 0
    open: int = 0
    late: int = 0

    @property
    def many(self) -> int:
        """All that were not dropped."""
        return self.done + self.open


def is_number(text: str) -> bool:
    """Whether that is the number of a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def plans(today: date) -> list[Standing]:
    """The plans, those with something overdue first."""
    told = {each.pk: Standing(each) for each in Plan.objects.select_related("owner", "event").order_by("title")}
    for plan, status, due in Action.objects.filter(plan__in=told).values_list("plan", "status", "due"):
        if status in OPEN:
            told[plan].open += 1
            told[plan].late += due < today
        elif status == "done":
            told[plan].done += 1
    return sorted(told.values(), key=lambda each: -each.late)


def overdue(today: date) -> list[Due]:
    """The actions that should be done by now and are not, the oldest first."""
    rows = Action.objects.filter(due__lt=today, status__in=OPEN).order_by("due", "what")
    return [Due.of(each, today) for each in rows.select_related("plan", "organisation", "owner")]


def late(today: date) -> int:
    """How many actions are overdue, as far as the reader sees."""
    return Action.objects.filter(due__lt=today, status__in=OPEN).count()


def grouped(found: Iterable[Due], by: str) -> list[tuple[str, list[Due]]]:
    """The same by country or by who answers for it, in the order of their names."""
    groups: dict[str, list[Due]] = {}
    for each in found:
        land = each.row.plan.country
        name = each.who if by == "responsible" else country(land)
        groups.setdefault(name, []).append(each)
    return sorted(groups.items())


def money(row: Action) -> str:
    """What an action may cost, in the reader's way of writing."""
    language = (get_language() or "en").replace("-", "_")
    return format_currency(row.budget, row.currency or "EUR", locale=language) if row.budget else ""


def country(code: str) -> str:
    """The name of a country, or that there is none."""
    return places.country_label(code, (get_language() or "en").partition("-")[0]) if code else _("No country")


@dataclass(frozen=True)
class Dated:
    """Something on a day of the calendar."""

    on: date
    until: date | None
    title: str
    kind: str
    url: str
    place: str = ""


def dated(first: date, last: date) -> list[Dated]:
    """What lies between two days: events, the days by which actions are due, the last days of agreements."""
    events = [
        Dated(each.begins, each.ends, each.title, "event", reverse("events:one", args=[each.pk]), each.place)
        for each in Event.objects.filter(begins__lte=last, ends__gte=first).order_by("begins", "title")
    ]
    due = [
        Dated(each.due, None, each.what, "action", reverse("events:action", args=[each.pk]))
        for each in Action.objects.filter(due__range=(first, last), status__in=OPEN).order_by("due", "what")
    ]
    ends = [
        Dated(each.until, None, each.title, "agreement", reverse("events:agreement", args=[each.pk]))
        for each in Partnership.objects.filter(until__range=(first, last), state=Agreed.SIGNED).order_by("until")
        if each.until
    ]
    return sorted((*events, *due, *ends), key=lambda each: each.on)


def of_country(code: str) -> dict[str, Any]:
    """For the page of a country, as far as the reader sees: its events, plans and agreements, the newest first."""
    return {
        "events": list(Event.objects.filter(country=code).order_by("-begins")[:10]),
        "plans": list(Plan.objects.filter(country=code).order_by("-begins", "title")[:10]),
        "agreements": list(Partnership.objects.filter(country=code, state=Agreed.SIGNED).order_by("until")[:10]),
    }
