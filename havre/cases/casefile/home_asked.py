"""For whoever was asked in beside a caseworker: the people they were asked to see, and what is due in their part."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from havre.cases.assistance.models import LegalStatus
from havre.cases.assistance.rules import legal
from havre.cases.children.models import BestInterest
from havre.cases.health.models import Fitness
from havre.cases.people.models import Case
from havre.cases.people.rules.moves import CLOSED
from havre.platform.accounts.models import User

from . import caseload, words
from .home import Card, Day
from .rows import Row, urgent

MOST = 50
SOON = timedelta(days=14)
ARRIVED = ("S10", "S11", "S12")  # nobody travels any more


def add_health(day: Day, user: User, today: date) -> None:
    """Whose word on travelling runs out."""
    found = Fitness.objects.filter(superseded_by=None, valid_until__lte=today + SOON)
    found = found.exclude(case__state__in=(*ARRIVED, CLOSED))
    rows = []
    for each in found.select_related("case__person").order_by("valid_until")[:MOST]:
        url = reverse("health:fitness", args=[each.case.reference])
        rows.append(_due(Row(each.case, url, _("Look again")), each.valid_until or today, today))
        rows[-1].sentence = _("Fitness to travel ends.")
    hint = _("Words on travelling appear here two weeks before they run out.")
    _add(day, user, today, Card("due", _("Due in the health part"), rows, _("No word on travelling runs out."), hint))


def add_children(day: Day, user: User, today: date) -> None:
    """Which decisions about a child are looked at again."""
    found = BestInterest.objects.standing().filter(review_on__lte=today + SOON).exclude(case__state=CLOSED)
    rows = []
    for each in found.select_related("case__person").order_by("review_on")[:MOST]:
        url = reverse("children:interest", args=[each.case.reference, each.pk])
        rows.append(_due(Row(each.case, url, _("Look again")), each.review_on or today, today))
        rows[-1].sentence = _("What is best for the child is looked at again.")
    hint = _("Reviews of what is best for a child appear here two weeks before their day.")
    _add(
        day,
        user,
        today,
        Card("due", _("Due for the children"), rows, _("No review falls in the next two weeks."), hint),
    )


def add_rights(day: Day, user: User, today: date) -> None:
    """Which rights and proceedings end soon."""
    found = LegalStatus.objects.filter(until__lte=today + timedelta(days=legal.SOON)).exclude(case__state=CLOSED)
    rows = []
    for each in found.select_related("case__person").order_by("until")[:MOST]:
        if legal.runs(each.state):
            url = reverse("assistance:legal_edit", args=[each.case.reference, each.pk])
            rows.append(_due(Row(each.case, url, _("Open")), each.until or today, today))
            rows[-1].sentence = _("%(right)s: ends.") % {"right": words.label("legal_kinds", each.kind)}
    hint = _("Rights and proceedings appear here thirty days before they end.")
    _add(
        day,
        user,
        today,
        Card("due", _("Rights that end soon"), rows, _("No right ends in the next thirty days."), hint),
    )


def _due(row: Row, on: date, today: date) -> Row:
    row.when, row.badges = words.short_day(on), urgent(row.case, today)
    row.note = pgettext("beside a day", "past") if on < today else ""
    return row


def _add(day: Day, user: User, today: date, due: Card) -> None:
    people = caseload.files(list(caseload.access(user.principal).values_list("case_id", flat=True)[:MOST]))
    rows = [_asked(each, today) for each in people if each.is_open]
    hint = _("A caseworker opens a file to you when the person agrees; it appears here.")
    asked = Card("asked", _("People you were asked to see"), rows, _("Nobody asked you in yet."), hint)
    day.cards = [due, asked]
    day.came_in = ()  # they stand in the card already
    if due.rows:
        text = ngettext("%(n)s thing is due in your part.", "%(n)s things are due in your part.", len(due.rows))
        said = text % {"n": words.spelled(len(due.rows), first=True)}
    else:
        said = _("Nothing is due in your part.")
    day.say_first([(said, "#due")])


def _asked(case: Case, today: date) -> Row:
    row = Row(case, "", _("Open"), words.short_day(case.opened_on), badges=urgent(case, today))
    row.sentence = _("%(who)s · with %(name)s") % {"who": words.in_short(case.person, today), "name": case.owner.name}
    return row
