"""Who saw a file, for those who work on it: the newest beside the file, all of it for those in charge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.timezone import get_current_timezone_name

from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit import registry
from havre.platform.audit.reading import named_as
from havre.platform.audit.registry import Kind, acts_of

from . import words

FIRST = 8
READ = 120  # lines of the record from which the first page makes its eight
LATELY = """
    select user_id, act, max(at) from (
      select user_id, act, at from audit_auditsubject where case_id = %s and act <> all(%s) order by at desc limit %s
    ) lately
    group by user_id, act, (at at time zone %s)::date order by max(at) desc limit %s"""


@dataclass(frozen=True)
class Look:
    """One line: who, when, what."""

    who: str
    when: str
    act: str


class Recorded(NamedTuple):
    """One line of the record of a file."""

    user_id: UUID | None
    act: str
    at: datetime


def looks(case: Case) -> list[Recorded]:
    """The newest of the record of this file; a day's repeats of one act by one person are one line."""
    with connection.cursor() as cursor:
        cursor.execute(LATELY, [case.pk, acts_of(Kind.SEARCH), READ, get_current_timezone_name(), FIRST])
        return [Recorded(*each) for each in cursor.fetchall()]


def in_charge(case: Case, user: User) -> bool:
    """Whether all of the record of a file is for this user: who looks after it, and whose role reaches the house."""
    return case.owner_id == user.pk or any(each.sees_agency for each in user.held)


def told(rows: Iterable[Recorded], people: Mapping[UUID, User], viewer: User) -> list[Look]:
    """The lines in words."""
    return [Look(named_as(row.user_id, people, viewer), words.moment(row.at), registry.words(row.act)) for row in rows]
