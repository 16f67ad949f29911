"""Whose people are listed, and a page of them: always from the access rows of one principal, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Count, Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.cases.people.models import Case, CaseAccess
from havre.cases.people.rules.moves import CLOSED
from havre.platform.accounts.models import User
from havre.platform.database.reading import PreparedForMany

M = TypeVar("M", bound=Model)
PAGE = 50
COUNTED = 1000  # beyond, a total is "1,000+": TOTAL counts one more
# What is open in an emergency is one file, by its reference: it is in no list (ADR 25).
LISTED = "select opened, case_id from people_caseaccess where principal = %s and purpose <> 'break_glass'"
# The first condition lets the index begin at the right place; the second alone would be checked row by row.
AFTER = " and opened <= %s and (opened < %s or case_id > %s)"
IN_ORDER = f" order by opened desc, case_id limit {PAGE + 1}"
FEW = 2000  # files, of those one reaches the ones opened last, in which a first page looks for what waits
# What another agency shared is in the list, and in no count and no list of things to do of this one (ADR 24).
REACHED = """
    select case_id from unnest(%s::bigint[]) held, lateral (
      select case_id, opened from people_caseaccess
      where principal = held and purpose <> 'break_glass' and consent_id is null
      order by opened desc, case_id limit %s) newest
    order by opened desc limit %s"""
TOTAL = """
    select count(*) from (
      select from people_caseaccess where principal = %s and purpose <> 'break_glass' limit 1001) counted"""
FILES = PreparedForMany(lambda ids: Case.objects.select_related("person").filter(pk__in=ids))
# A page of files has few owners: each is read once, not beside every file.
COLLEAGUES = PreparedForMany(lambda ids: User.objects.filter(pk__in=ids))


@dataclass(frozen=True)
class Lens:
    """One caseload: mine, a team's, the house's."""

    code: str
    label: str | Promise
    principal: int


def lenses(user: User) -> list[Lens]:
    """The caseloads this user stands in, the nearest first."""
    teams = {each.team.pk: each.team for each in user.held if each.team and each.holds_cases}
    found = [Lens("yours", _("Yours"), user.principal)] if any(each.holds_cases for each in user.held) else []
    for team in teams.values():
        found.append(Lens(team.pk.hex, _("Your team") if len(teams) == 1 else team.name, team.principal))
    if any(each.sees_agency for each in user.held):
        found.append(Lens("house", _("The house"), user.agency.principal))
    return found


def chosen(held: Sequence[Lens], code: str) -> Lens | None:
    """The lens asked for when it is held, else the nearest."""
    return next((each for each in held if each.code == code), held[0] if held else None)


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: the next begins after this file, whatever was opened since."""

    opened: date
    case: UUID

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor of an address; None when it is none."""
        opened, _dot, case = text.partition(".")
        try:
            return cls(date.fromisoformat(opened), UUID(case))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.opened.isoformat()}.{self.case}"


def access(principal: int) -> QuerySet[CaseAccess]:
    """The access rows of one principal to files of their own agency, those opened last first."""
    found = CaseAccess.objects.filter(principal=principal, consent_id=None).exclude(purpose="break_glass")
    return found.order_by("-opened", "case_id")


def page_after(principal: int, after: Cursor | None) -> tuple[list[Case], Cursor | None]:
    """The next files of that caseload in their order, and where the page after begins."""
    later: list[Any] = [after.opened, after.opened, after.case] if after else []
    with connection.cursor() as cursor:
        cursor.execute(f"{LISTED}{AFTER if after else ''}{IN_ORDER}", [principal, *later])
        found = cursor.fetchall()
    more = Cursor(*found[PAGE - 1]) if len(found) > PAGE else None
    return files([case for _opened, case in found[:PAGE]]), more


def files(ids: Sequence[UUID]) -> list[Case]:
    """These files in this order, with their person and owner; two queries. Those out of reach are missing."""
    found = {case.pk: case for case in FILES(ids)}
    owners = {owner.pk: owner for owner in COLLEAGUES({case.owner_id for case in found.values()})}
    for case in found.values():
        case.owner = owners[case.owner_id]
    return [found[each] for each in ids if each in found]


def reached(user: User) -> tuple[list[UUID], bool]:
    """The files this user reaches, of very many those opened last, and whether these are all of them."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [[each.principal for each in lenses(user)], FEW + 1, FEW + 1])
        found = [case for (case,) in cursor.fetchall()]
    return list(dict.fromkeys(found))[:FEW], len(found) <= FEW


def among(rows: QuerySet[M], files: list[UUID], column: str = "case") -> QuerySet[M]:
    """These rows, looked for in these files alone: in a large register it is otherwise asked of each row there is."""
    return rows.filter(**{f"{column}__in": RawSQL("select unnest(%s::uuid[])", [files])})


def total(principal: int) -> tuple[int, bool]:
    """How many files the caseload has, and whether it has more than are counted."""
    with connection.cursor() as cursor:
        cursor.execute(TOTAL, [principal])
        (counted,) = cursor.fetchone()
    return min(counted, COUNTED), counted > COUNTED


def by_state(principal: int) -> list[tuple[str, int]]:
    """How many open files stand in each state; of a very large caseload those opened last."""
    recent = access(principal).values("case_id")[:COUNTED]
    found = Case.objects.filter(pk__in=recent).exclude(state=CLOSED).order_by().values_list("state")
    return list(found.annotate(Count("pk")))
