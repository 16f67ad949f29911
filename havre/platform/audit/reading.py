"""The record as it is read: the events of an agency for its auditor, who reads no file; who saw one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load
from havre.platform.accounts.models import Membership, User
from havre.platform.permissions import ROLES
from havre.platform.ui.templatetags.words import moment

from . import unusual
from .kinds import Kind
from .registry import acts_of, words
from .unusual import account

PAGE = 50
NAMED = 3  # files of an event that are named one by one
EVENTS = """
    select id, at, user_id, act, refused, reason, files, through from audit_auditevent
    where watcher = %(watcher)s{conditions} order by at desc, id limit %(page)s"""
AFTER = " and at <= %(after)s and (at < %(after)s or id > %(event)s)"
# Of a long work the number is counted when it is read, up to a thousand; of others it is known.
SOME = """
    select e.id, array(select x.case_id from audit_auditsubject x where x.event_id = e.id limit %s) from
    unnest(%s::uuid[]) e (id)"""
COUNTED = "select count(*) from (select from audit_auditsubject where event_id = %s limit 10001) counted"
LOOKS = """
    select at, id, user_id, act, through from audit_auditsubject
    where case_id = %(case)s and act <> all(%(searches)s){conditions} order by at desc, id desc limit %(page)s"""
BEFORE = " and at <= %(after)s and (at < %(after)s or id < %(event)s)"


@dataclass(frozen=True)
class Place:
    """Where a page of the record ends."""

    at: datetime
    event: str

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place of an address; None when it is none."""
        at, _sign, event = text.partition("~")
        found = _moment(at)
        whole = account(event) or (event.isdecimal() and len(event) < 19)
        return cls(found, event) if found and whole else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.event}"

    @property
    def param(self) -> str:
        """As an address carries it."""
        return quote(str(self))


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


@dataclass(frozen=True)
class Asked:
    """Which events are wanted, as an address says it; what it says wrongly is not asked."""

    kind: Kind | None = None
    refused: bool = False
    rule: str = ""
    who: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Asked:
        """From the parameters of an address."""
        kind = given.get("kind", "")
        return cls(
            Kind(kind) if kind in list(Kind) else None,
            kind == "refused",
            given.get("rule", "") if given.get("rule", "") in unusual.WHERE else "",
            account(given.get("who", "")),
            _moment(given.get("from", "")),
            _moment(given.get("to", "")),
        )

    @property
    def params(self) -> dict[str, str]:
        """As an address carries it."""
        given = {
            "kind": "refused" if self.refused else str(self.kind or ""),
            "rule": self.rule,
            "who": str(self.who or ""),
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in given.items() if value}

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """The SQL of it, and its values."""
        some, values = [], dict(unusual.values())
        if self.rule:
            some.append(unusual.where(self.rule))
        if self.kind:
            some.append("(act = any(%(acts)s)" + (" or act like 'page.%%')" if self.kind is Kind.READ else ")"))
            values["acts"] = acts_of(self.kind)
        if self.refused:
            some.append("refused")
        if self.who:
            some.append("reason = %(who)s::text" if self.rule == "door" else "user_id = %(who)s::uuid")
            values["who"] = str(self.who)
        for name, sign, moment_ in (("since", ">=", self.since), ("until", "<=", self.until)):
            if moment_:
                some.append(f"at {sign} %({name})s")
                values[name] = moment_
        return "".join(f" and {each}" for each in some), values


@dataclass(frozen=True)
class Event:
    """One event as the auditor reads it: files are numbers, never people."""

    who: str
    when: str
    act: str
    refused: bool
    reason: str
    files: int
    why: str
    some: Sequence[tuple[UUID, str]] = field(default_factory=list)


def events(viewer: User, asked: Asked, after: Place | None) -> tuple[list[Event], Place | None]:
    """The last of these events in the agency, and where the page after begins."""
    conditions, values = asked.conditions()
    values |= {"watcher": viewer.agency.audit_principal, "page": PAGE + 1}
    if after and account(after.event):
        conditions += AFTER
        values |= {"after": after.at, "event": after.event}
    with connection.cursor() as cursor:
        cursor.execute(EVENTS.format(conditions=conditions), values)
        found = cursor.fetchall()
        shown = found[:PAGE]
        cursor.execute(SOME, [NAMED, [row[0] for row in shown]])
        named = dict(cursor.fetchall())
        counts = {row[0]: _count(cursor, row[0], row[6], named.get(row[0], [])) for row in shown}
    people = people_of([row[2] for row in shown] + [account(row[5]) for row in shown])
    more = Place(shown[-1][1], str(shown[-1][0])) if len(found) > PAGE else None
    return [_event(row, counts[row[0]], named.get(row[0], []), people, viewer) for row in shown], more


def _count(cursor: Any, event: UUID, known: int | None, named: Sequence[UUID]) -> int:
    if known is not None:
        return known
    if len(named) < NAMED:
        return len(named)
    cursor.execute(COUNTED, [event])
    return int(cursor.fetchone()[0])


def _event(row: Any, files: int, named: Sequence[UUID], people: Mapping[UUID, User], viewer: User) -> Event:
    _id, at, user, act, refused, reason, _files, through = row
    meant = people.get(account(reason))  # type: ignore[arg-type]
    tried, done_to = (None, meant) if user else (meant, None)
    act_in_words = _("%(act)s: %(name)s") % {"act": words(act), "name": done_to.name} if done_to else words(act)
    who = _("Account of %(name)s") % {"name": tried.name} if tried else named_as(user, people, viewer)
    some = [(each, short(each)) for each in named] if files <= NAMED else []
    return Event(
        who, moment(at), act_in_words, refused, "" if meant or not refused else reason, files, why(through), some
    )


def people_of(keys: Iterable[UUID | None]) -> dict[UUID, User]:
    """These users by number; of those who have left nothing."""
    return User.objects.select_related("agency").in_bulk({each for each in keys if each})


def named_as(key: UUID | None, people: Mapping[UUID, User], viewer: User | None) -> str:
    """How a user is called in the record."""
    if key is None:
        return _("Nobody signed in")
    if viewer and key == viewer.pk:
        return _("You")
    return people[key].name if key in people else _("Somebody who has left")


def why(through: str) -> str:
    """Why somebody could see a file, in words."""
    return load("access_purposes").label(through, _tongue()) if through else ""


def _tongue() -> str:
    return (get_language() or "en").partition("-")[0]


def short(case: UUID) -> str:
    """A number for a file that says whether two lines are about the same one, and nothing else."""
    return case.hex[:8]


@dataclass(frozen=True)
class Look:
    """One line of the record of a file."""

    who: str
    role: str
    when: str
    act: str
    why: str


def looks(case: UUID, viewer: User, after: Place | None) -> tuple[list[Look], Place | None]:
    """Who saw a file, newest first, a page of it; where it only stood among what a search found is not told."""
    values: dict[str, Any] = {"case": case, "searches": acts_of(Kind.SEARCH), "page": PAGE + 1}
    conditions = ""
    if after and after.event.isdecimal():
        conditions = BEFORE
        values |= {"after": after.at, "event": int(after.event)}
    with connection.cursor() as cursor:
        cursor.execute(LOOKS.format(conditions=conditions), values)
        found = cursor.fetchall()
    shown = found[:PAGE]
    people = people_of(row[2] for row in shown)
    roles = roles_of(people)
    told = [
        Look(named_as(user, people, viewer), roles.get(user, ""), moment(at), words(act), why(through))
        for at, _key, user, act, through in shown
    ]
    return told, Place(shown[-1][0], str(shown[-1][1])) if len(found) > PAGE else None


def roles_of(people: Mapping[UUID, User]) -> dict[UUID, str]:
    """The roles of these users as they are now, or were last; of another agency with its name."""
    held: dict[UUID, list[str]] = {}
    for each in Membership.objects.filter(user__in=list(people)).order_by("-ends", "begins"):
        titles = held.setdefault(each.user_id, [])
        if not titles or each.ends is None:
            titles.append(str(ROLES[each.role].title) if each.role in ROLES else each.role)
    return {user: ", ".join(dict.fromkeys(titles)) for user, titles in held.items()}


def params(asked: Asked, after: Place | None = None) -> str:
    """The parameters of an address that asks for these events, from that place on."""
    return urlencode({**asked.params, **({"after": str(after)} if after else {})})
