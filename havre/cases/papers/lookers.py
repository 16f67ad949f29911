"""Who saw a file, as the person is told: by their work and in plain words, never by name; searches are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext_lazy as _

from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.reading import people_of, roles_of
from havre.platform.audit.registry import Kind, acts_of, kind_of

LISTS = ("page.casefile:list", "page.casefile:today")
LISTED = "listed"
WORDS: dict[str, Promise] = {
    Kind.READ: _("Read your file"),
    Kind.CHANGE: _("Wrote in your file"),
    Kind.SHARE: _("Let a colleague in or out"),
    Kind.EXPORT: _("Put something of it on paper or in a file"),
    Kind.IMPORT: _("Brought it in from another office"),
    Kind.BREAK_GLASS: _("Opened it in an emergency"),
    LISTED: _("Saw your name or number among others in a list"),
}
DAYS = """
    select distinct user_id, act, (at at time zone %s)::date from audit_auditsubject
    where case_id = %s and act <> all(%s)"""


@dataclass
class Line:
    """What people of one kind of work did, on which days."""

    who: str
    what: Promise
    people: set[UUID | None] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    @property
    def first(self) -> date:
        """The first of these days."""
        return min(self.days)

    @property
    def last(self) -> date:
        """The last of these days."""
        return max(self.days)


def of(case: Case) -> list[Line]:
    """The lines of the sheet: kind of work by kind of work, reading first."""
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [get_current_timezone_name(), case.pk, acts_of(Kind.SEARCH)])
        found = cursor.fetchall()
    people = people_of(user for user, _act, _day in found)
    called = _called(case, people.values())
    lines: dict[tuple[str, str], Line] = {}
    for user, act, day in found:
        kind = LISTED if act in LISTS else str(kind_of(act))
        if kind in WORDS:
            who = called.get(user, "")
            line = lines.setdefault((who, kind), Line(who, WORDS[kind]))
            line.people.add(user)
            line.days.add(day)
    order = list(WORDS)
    return [lines[each] for each in sorted(lines, key=lambda each: (each[0], order.index(each[1])))]


def _called(case: Case, people: Iterable[User]) -> dict[UUID | None, str]:
    """The work of each, with the agency where it is another."""
    known = {each.pk: each for each in people}
    return {
        key: role if known[key].agency_id == case.agency_id else f"{role}, {known[key].agency.name}"
        for key, role in roles_of(known).items()
    }
