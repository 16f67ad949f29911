"""What a reintegration officer looks after: visits, money that was promised, small businesses, who came home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from havre.cases.followup import rules as calls
from havre.cases.followup.models import FollowUp
from havre.cases.people.models import Case
from havre.cases.people.rules.moves import CLOSED
from havre.cases.reintegration.models import Enterprise, EnterpriseCheck, Instalment, Survey
from havre.cases.returns.models import ReturnJourney
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User

from . import words
from .home import Card, Day
from .rows import Badge, Row, urgent
from .said import sentences

MOST = 50
AHEAD = timedelta(days=14)
WEEK = timedelta(days=7)
MONTHS = (3, 6, 12)
A_MONTH = 30  # days, near enough to know that a check is due


def add(day: Day, user: User, today: date) -> None:
    """How the people this officer may see are getting on."""
    planned = _visits(today)
    asked = _surveyed(planned)
    visits = [_visit(each, asked, today) for each in planned]
    money = [_paid(each, today) for each in _instalments(today)]
    checks = _checks(today)
    home = [_home(each, today) for each in _arrived(today)]
    day.cards, day.beside = _cards(visits, money), _beside(checks, home)
    # A visit of their own people stands in its card already, with what it asks for.
    day.late = [row for row in day.late if "/follow-up/" not in row.url]
    day.today = [row for row in day.today if "/follow-up/" not in row.url]
    danger = sum("/safety/" in row.url for row in day.today)
    day.sentences = sentences(day.late, day.today, len(day.waiting), danger, today)
    day.say_first(_sentences(len(home), len(visits), len(money)))


def _cards(visits: list[Row], money: list[Row]) -> list[Card]:
    return [
        Card(
            "visits",
            _("Visits and surveys"),
            visits,
            _("No visit falls in the next 14 days."),
            _("Visits and surveys appear here two weeks before their day."),
        ),
        Card(
            "money",
            _("Instalments due, or without a receipt"),
            money,
            _("Every instalment that was due is paid, with its receipt."),
            _("What is promised appears here a week before its day, what was paid stays until its receipt is kept."),
        ),
    ]


def _beside(checks: list[Row], home: list[Row]) -> list[Card]:
    return [
        Card(
            "checks",
            _("Businesses to look at"),
            checks,
            _("No business waits for a look."),
            _("At 3, 6 and 12 months each appears here."),
        ),
        Card(
            "home",
            _("Came home this week"),
            home,
            _("Nobody came home this week."),
            _("Whoever arrived in the last seven days appears here."),
        ),
    ]


def _sentences(home: int, visits: int, money: int) -> list[tuple[str, str]]:
    said = []
    if home:
        text = ngettext("%(n)s person came home this week.", "%(n)s people came home this week.", home)
        said.append((text % {"n": words.spelled(home, first=True)}, "#home"))
    if visits:
        text = ngettext("%(n)s visit is due or near.", "%(n)s visits are due or near.", visits)
        said.append((text % {"n": words.spelled(visits, first=True)}, "#visits"))
    if money:
        text = ngettext("%(n)s instalment waits for you.", "%(n)s instalments wait for you.", money)
        said.append((text % {"n": words.spelled(money, first=True)}, "#money"))
    return said


def _surveyed(visits: Sequence[FollowUp]) -> set[tuple[UUID, str]]:
    """The contacts for which the survey was begun already."""
    found = Survey.objects.filter(case__in=[each.case_id for each in visits])
    return set(found.values_list("case", "contact"))


def _visits(today: date) -> list[FollowUp]:
    found = FollowUp.objects.filter(state="planned", planned__lte=today + AHEAD).exclude(case__state=CLOSED)
    return list(found.select_related("case__person").order_by("planned")[:MOST])


def _visit(call: FollowUp, asked: set[tuple[UUID, str]], today: date) -> Row:
    url = reverse("followup:call", args=[call.case.reference, call.code])
    row = Row(call.case, url, _("Prepare"), words.short_day(call.planned), badges=urgent(call.case, today))
    contact = calls.contact(call.code, call.planned, call.window_days)
    row.note = pgettext("after a length of time", "late") if calls.standing(contact, None, today) == "overdue" else ""
    row.sentence = words.label("monitoring_schedule", call.code)
    schedule = load("monitoring_schedule")
    asks = schedule.row(call.code).get("asks", "") if call.code in schedule else ""
    if "survey" in asks.split(";") and (call.case_id, call.code) not in asked:
        row.badges.append(Badge("line", "clipboard-text", _("With the survey")))
    return row


def _instalments(today: date) -> list[Instalment]:
    due = Q(paid_on=None, due__lte=today + WEEK) | Q(paid_on__isnull=False, receipt="no")
    found = Instalment.objects.filter(due).exclude(case__state=CLOSED)
    return list(found.select_related("case__person", "grant").order_by("due", "paid_on")[:MOST])


def _paid(part: Instalment, today: date) -> Row:
    paid = part.paid_on is not None
    url = reverse("reintegration:life", args=[part.case.reference]) + "#grants"  # where its button stands
    row = Row(part.case, url, _("Keep the receipt") if paid else _("Pay"), badges=urgent(part.case, today))
    told = {"number": part.seq, "kind": words.label("services", part.grant.kind), "sum": number_format(part.amount, 2)}
    row.sentence = _("%(kind)s, instalment %(number)s: %(sum)s %(currency)s.") % {
        **told,
        "currency": part.grant.currency,
    }
    if paid:
        row.when = words.short_day(part.paid_on or today)
        row.badges.append(Badge("lamp", "clock-exclamation", _("Receipt missing")))
    elif part.due:
        row.when = words.short_day(part.due)
        row.note = pgettext("after a length of time", "late") if part.due < today else ""
    return row


def _checks(today: date) -> list[Row]:
    """Each business at the first of its months that has come and was not looked at."""
    oldest = today - timedelta(days=A_MONTH * MONTHS[0] - AHEAD.days)
    found = Enterprise.objects.filter(started_on__lte=oldest).exclude(case__state=CLOSED)
    found = found.select_related("case__person").order_by("-started_on")[:MOST]
    shops = list(found)
    made = set(EnterpriseCheck.objects.filter(enterprise__in=shops).values_list("enterprise", "month"))
    due = [(on, month, each) for each in shops for on, month in _due(each, made, today)]
    due.sort(key=lambda one: one[0])
    return [_check(each, month, on) for on, month, each in due]


def _due(shop: Enterprise, made: set[tuple[UUID, int]], today: date) -> list[tuple[date, int]]:
    """The day and the month of the next look, when its time has come."""
    begun = shop.started_on or today
    come = [month for month in MONTHS if begun + timedelta(days=A_MONTH * month) <= today + AHEAD]
    return [(begun + timedelta(days=A_MONTH * month), month) for month in come if (shop.pk, month) not in made][:1]


def _check(shop: Enterprise, month: int, on: date) -> Row:
    url = reverse("reintegration:check", args=[shop.case.reference, shop.pk, month])
    row = Row(shop.case, url, _("Look at it"), words.short_day(on))
    told = {"sector": words.label("enterprise_sectors", shop.sector), "n": month}
    row.sentence = _("%(sector)s, at %(n)s months.") % told
    return row


def _arrived(today: date) -> QuerySet[ReturnJourney]:
    found = ReturnJourney.objects.filter(arrived_at__date__gte=today - WEEK).exclude(case__state=CLOSED)
    return found.select_related("case__person").order_by("-arrived_at")[:MOST]


def _home(journey: ReturnJourney, today: date) -> Row:
    case: Case = journey.case
    on = localdate(journey.arrived_at) if journey.arrived_at else today
    return Row(
        case, when=words.since(on, today), sentence=words.in_short(case.person, today), badges=urgent(case, today)
    )
