"""Who saw what: of one file for those who work on it, of the whole agency for its auditor, who reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit import registry
from havre.platform.audit.models import AuditEvent, AuditSubject

from . import words

FIRST = 8
READ = 120  # lines of the record from which the first page makes its eight
MOST = 300
PAGE = 50
NAMED = 3  # files of an event that are named one by one


LATELY = """
    select user_id, act, max(at) from (
      select user_id, act, at from audit_auditsubject where case_id = %s order by at desc limit %s) lately
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


def looks(case: Case, *, whole: bool) -> list[Recorded]:
    """The record of this file, newest first; without `whole` a day's repeats of one act by one person are one line."""
    if whole:
        found = AuditSubject.objects.filter(case_id=case.pk).order_by("-at")[:MOST]
        return [Recorded(*each) for each in found.values_list(*Recorded._fields)]
    with connection.cursor() as cursor:
        cursor.execute(LATELY, [case.pk, READ, get_current_timezone_name(), FIRST])
        return [Recorded(*each) for each in cursor.fetchall()]


def told(rows: Iterable[Recorded], people: Mapping[UUID, User], viewer: User) -> list[Look]:
    """The lines in words."""
    return [Look(_who(row.user_id, people, viewer), words.moment(row.at), registry.words(row.act)) for row in rows]


def _who(key: UUID | None, people: Mapping[UUID, User], viewer: User) -> str:
    if key == viewer.pk:
        return _("You")
    return people[key].name if key and key in people else _("Somebody who has left")


@dataclass(frozen=True)
class Event:
    """One event as the auditor reads it: files are numbers, never people."""

    who: str
    when: str
    act: str
    refused: bool
    reason: str
    files: int
    some: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where a page of the record ends."""

    at: datetime
    event: UUID

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place of an address; None when it is none."""
        at, _sign, event = text.partition("~")
        try:
            place = cls(datetime.fromisoformat(at), UUID(event))
        except ValueError:
            return None
        return place if place.at.tzinfo else None

    @property
    def param(self) -> str:
        """The place as an address carries it."""
        return urlencode({"after": f"{self.at.isoformat()}~{self.event}"})


def events(viewer: User, after: Place | None) -> tuple[list[Event], Place | None]:
    """The last events of the agency, and where the page after begins."""
    rows = AuditEvent.objects.filter(watcher=viewer.agency.audit_principal).order_by("-at", "id")
    if after:
        rows = rows.filter(at__lte=after.at).filter(Q(at__lt=after.at) | Q(pk__gt=after.event))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    files: dict[UUID, list[UUID]] = {}
    subjects = AuditSubject.objects.filter(event_id__in=[each.pk for each in shown])
    for event, case in subjects.values_list("event_id", "case_id"):
        files.setdefault(event, []).append(case)
    people = User.objects.in_bulk({each.user_id for each in shown if each.user_id})
    more = Place(shown[-1].at, shown[-1].pk) if len(found) > PAGE else None
    return [_event(each, files.get(each.pk, []), people, viewer) for each in shown], more


def _event(event: AuditEvent, files: list[UUID], people: Mapping[UUID, User], viewer: User) -> Event:
    return Event(
        _who(event.user_id, people, viewer),
        words.moment(event.at),
        registry.words(event.act),
        event.refused,
        event.reason if event.refused else "",
        len(files),
        [short(each) for each in files[:NAMED]],
    )


def short(case: UUID) -> str:
    """A number for a file that says whether two lines are about the same one, and nothing else."""
    return case.hex[:8]
