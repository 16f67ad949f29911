"""Why somebody sees a file, and why a colleague does not: told from the rows of access themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.people import circle
from havre.cases.people.models import Case, CaseAccess
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import Team, User
from havre.platform.permissions import Compartment
from havre.platform.ui.templatetags.words import day

from .parts import PLAIN

EMERGENCY = "break_glass"


def label(vocabulary: str, code: str, language: str) -> str:
    """The words of a code; the code itself when the list does not know it."""
    listed = load(vocabulary)
    return listed.label(code, language) if code in listed else code


def sentence(row: CaseAccess, case: Case, user: User, people: Mapping[UUID, User], language: str) -> str:
    """One sentence that says by what right this user sees the file."""
    if row.purpose == EMERGENCY and row.until:
        return _("You opened this file in an emergency, until %(time)s.") % {"time": f"{localtime(row.until):%H:%M}"}
    if row.principal == user.principal and case.owner_id == user.pk:
        return _("You look after this person.")
    if row.principal == user.agency.principal and case.agency_id == user.agency_id:
        return _("You see everyone in the agency’s care as a supervisor.")
    return _given(row, case, user, people, language)


def _given(row: CaseAccess, case: Case, user: User, people: Mapping[UUID, User], language: str) -> str:
    """A row that somebody gave: to this user, to their team, to their agency."""
    giver = people[row.given_by].name if row.given_by and row.given_by in people else _("a colleague")
    told = {"name": giver, "purpose": label("access_purposes", row.purpose, language)}
    told["until"] = day(localdate(row.until - timedelta(seconds=1))) if row.until else ""
    if case.agency_id != user.agency_id:
        told |= {"agency": case.agency.name, "basis": label("sharing_bases", row.basis, language)}
        if row.principal == user.principal:
            return _("%(name)s of %(agency)s shared it with you until %(until)s: %(purpose)s. Basis: %(basis)s.") % told
        return (
            _("%(name)s of %(agency)s shared it with your agency until %(until)s: %(purpose)s. Basis: %(basis)s.")
            % told
        )
    if row.principal != user.principal:
        told["team"] = Team.objects.filter(principal=row.principal).values_list("name", flat=True).first() or ""
        return _("Your team “%(team)s” works on this file: %(purpose)s.") % told
    if row.purpose == "supervision":
        return _("You are named as supervisor of this restricted file.")
    if row.until:
        return _("%(name)s brought you in until %(until)s: %(purpose)s.") % told
    return _("%(name)s brought you in: %(purpose)s.") % told


def reasons(
    rows: Iterable[CaseAccess], case: Case, user: User, people: Mapping[UUID, User], language: str
) -> list[str]:
    """Each way in, the user's own first."""
    every = sorted(rows, key=lambda row: (row.principal != user.principal, row.since))
    return [sentence(row, case, user, people, language) for row in every]


class Told(NamedTuple):
    """What the database says of one part."""

    part: int
    reason: str
    principal: int | None
    since: datetime | None
    until: datetime | None


WORDS: dict[str, Promise] = {
    "suspended": gettext_lazy("Their account is suspended."),
    "left": gettext_lazy("They hold no role today that looks after files."),
    "role": gettext_lazy("Their role does not reach this part; nobody can open it to them."),
    "consent": gettext_lazy("It was shared; the person took back the consent on %(day)s."),
    "withdrawn": gettext_lazy("They were let in; somebody ended that on %(day)s."),
    "restricted": gettext_lazy("They reached it until %(day)s, when the file was kept to named people."),
    "onward": gettext_lazy("It was shared on; it ended on %(day)s with the share it came from."),
    "replaced": gettext_lazy("They were let in again with fewer parts on %(day)s."),
    "handed_over": gettext_lazy("They looked after it until %(day)s, when it was handed over."),
    "moved": gettext_lazy("They were let in until %(day)s, when their role changed."),
    "removed": gettext_lazy("They were let in until %(day)s, when their account was removed."),
    "expired": gettext_lazy("They were let in until %(day)s."),
    "closed": gettext_lazy("The file is kept to named people, and they are not one of them."),
    "none": gettext_lazy("Nobody has let them in."),
}


@dataclass(frozen=True)
class Line:
    """One part of the file: reached or not, and why."""

    state: Literal["yes", "no"]
    title: str
    text: str


def not_reached(case: Case, colleague: User) -> list[Line]:
    """Each part of the file, whether this colleague reaches it, and the reason; nothing for whoever may not ask."""
    with connection.cursor() as cursor:
        cursor.execute("select * from havre.explain(%s, %s)", [case.pk, colleague.pk])
        return [_line(Told(*row)) for row in cursor.fetchall()]


def _line(told: Told) -> Line:
    title = str(PLAIN[Compartment(told.part)][0])
    ends = day(localdate(told.until - timedelta(seconds=1))) if told.until else ""
    if told.reason == "reached":
        return Line("yes", title, _("Until %(day)s.") % {"day": ends} if ends else "")
    return Line("no", title, str(WORDS[told.reason]) % {"day": ends})


def colleagues(user: User) -> list[User]:
    """Everybody of one's own agency, oneself left out."""
    return list(User.objects.filter(agency=user.agency_id).exclude(pk=user.pk).order_by("name"))


def people_of(rows: Iterable[CaseAccess]) -> dict[UUID, User]:
    """Who gave these rows."""
    return User.objects.in_bulk({row.given_by for row in rows if row.given_by})


def parts_of(rows: Iterable[CaseAccess]) -> str:
    """What these rows open, in words."""
    parts = Compartment(0)
    for row in rows:
        parts |= Compartment(row.compartments)
    return circle.reach_in_words(parts)
