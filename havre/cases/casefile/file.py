"""One case file with all its stages, read in a bounded number of queries.

What the database keeps back from a reader is simply not there: a colleague who may read the facts alone sees no name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.panels import Plan, plan_of
from havre.cases.followup.panels import calls_of
from havre.cases.people.models import (
    Case,
    CaseAccess,
    CaseMove,
    CaseNote,
    Consent,
    PersonContact,
    PersonIdentity,
    PersonLanguage,
    PersonName,
    Task,
)
from havre.cases.screening.forms import ReadingForm
from havre.cases.screening.models import Finding
from havre.kernel import places
from havre.kernel.dates import PartialDate, parse
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.permissions import Compartment, Permission

from . import agreed, journey, rows, rules, safety, seen, words
from .timeline import timeline

TASKS = 50
STEPS: dict[str, Promise] = {
    "people:safety": _("See to safety"),
    "people:consent": _("Ask for consent"),
    "screening:start": _("Go on with the screening"),
    "screening:finding": _("Decide"),
    "assistance:needs": _("Needs and help"),
    "followup:plan": _("Follow-up calls"),
    "people:move": _("Next step"),
}


@dataclass(frozen=True)
class Todo:
    """A task, by when, and whether that day is over."""

    task: Task
    when: str
    late: bool


@dataclass
class Reader:
    """Who reads the file, and how far they reach into it."""

    user: User
    case: Case
    hidden: bool

    @cached_property
    def access(self) -> list[tuple[str, int]]:
        """The level and the compartments of each way this reader has into the file."""
        return list(CaseAccess.objects.filter(case=self.case).values_list("level", "compartments"))

    @property
    def writes(self) -> bool:
        """Whether the reader may write in this file, which is open."""
        held = self.user.may(Permission.CASE_WRITE) and any(level == "write" for level, _mask in self.access)
        return held and self.case.is_open

    def reaches(self, part: Compartment) -> bool:
        """Whether that part of the file is open to this reader."""
        return any(mask & part for _level, mask in self.access)


def whole_file(case: Case, user: User, *, hidden: bool, everything: bool, all_looks: bool) -> dict[str, Any]:
    """All that the page of a file shows."""
    reader, today = Reader(user, case, hidden), localdate()
    keyring.load([case.pk, case.person_id])
    moves = list(CaseMove.objects.filter(case=case).select_related("by").order_by("at"))
    consents = list(Consent.objects.filter(case=case).select_related("by").order_by("at"))
    findings = list(Finding.objects.filter(case=case).select_related("by", "second_reader").order_by("at"))
    contacts = list(PersonContact.objects.filter(person_id=case.person_id).order_by("pk"))
    plan, looked = plan_of(case), seen.looks(case, whole=all_looks)
    people = _people(plan, looked)
    services = [line.service for line in plan.lines]
    for service in services:
        service.by = people[service.by_id]
    decided = _finding(case, findings, reader)
    return {
        "case": case,
        "reader": reader,
        "step": _step(case, decided) if reader.writes else None,
        "who": _who(reader, today),
        "safety": safety.safety(case, contacts, knows_ways=reader.reaches(Compartment.WHEREABOUTS)),
        "journey": journey.journey(case, moves, today),
        "plan": plan,
        "calls": calls_of(case),
        "tasks": [Todo(each, words.short_day(each.due), each.due < today) for each in _tasks(case)],
        "timeline": timeline(case, moves, consents, findings, services, whole=everything),
        "everything": everything,
        "agreed": agreed.agreed(consents, told_only=case.anonymous),
        "offered": _offered(case),
        "reopens": user.may(Permission.CASE_REOPEN),
        **decided,
        "looks": seen.told(looked, people, user),
        "all_looks": all_looks,
    }


def _people(plan: Plan, looked: list[Any]) -> dict[Any, User]:
    keys = {line.service.by_id for line in plan.lines} | {row.user_id for row in looked if row.user_id}
    return User.objects.in_bulk(keys)


def _tasks(case: Case) -> QuerySet[Task]:
    return Task.objects.filter(case=case, done_on=None).select_related("assignee").order_by("due")[:TASKS]


def _offered(case: Case) -> bool:
    """Whether somebody who wished to stay without a name was offered a referral."""
    return case.anonymous and CaseNote.objects.filter(case=case, kind="handover").exists()


def _step(case: Case, decided: dict[str, Any]) -> tuple[str, str] | None:
    """The words and the address of the one next step; a decision that waits for its second reader holds up nothing."""
    page = "people:move" if case.anonymous else rules.next_page(case.state, case.before_safety, case.in_danger)
    if page == "screening:finding" and decided.get("reading_form"):
        return gettext("Give the second reading"), "#finding"
    if page == "screening:finding" and decided.get("waits"):
        page = "assistance:needs"
    return (str(STEPS[page]), reverse(page, args=[case.reference])) if page else None


def _who(reader: Reader, today: date) -> dict[str, Any]:
    """The person in one line: name, gender, age, languages."""
    case = reader.case
    person = case.person
    names = [] if reader.hidden else list(PersonName.objects.filter(person_id=person.pk).order_by("pk"))
    spoken = list(PersonLanguage.objects.filter(person_id=case.person_id).order_by("-preferred", "language"))
    called = rows.best(names)
    papers = rows.best(name for name in names if name.kind == "legal")
    facts = [words.gender(person, today), words.age(_born(case), today)]
    return {
        "called": called,
        "lang": spoken[0].language if spoken and not called.isascii() else "",
        "papers": papers if papers != called else "",
        "facts": ", ".join(fact for fact in facts if fact),
        "child": words.child(person, today),
        "languages": ", ".join(places.language_label(each.language, words.language()) for each in spoken),
        "mine": case.owner_id == reader.user.pk,
    }


def _born(case: Case) -> PartialDate | None:
    """The birth as exactly as this reader may know it."""
    identity = PersonIdentity.objects.filter(person_id=case.person_id).first()
    known = (identity.born_on if identity else "") or str(case.person.birth_year or "")
    return parse(known) if known else None


def _finding(case: Case, findings: list[Finding], reader: Reader) -> dict[str, Any]:
    """The decision that stands, and the second reading when it is this reader's to give."""
    later = {each.supersedes_id for each in findings}
    standing = next((each for each in reversed(findings) if each.pk not in later), None)
    if standing is None:
        return {"finding": None, "waits": False, "reading_form": None}
    waits = standing.confirmed_on is None and not standing.imported and case.is_open
    mine = standing.by_id == reader.user.pk or not reader.user.may(Permission.FINDING_CONFIRM)
    form = ReadingForm(initial={"finding": standing.pk}) if waits and reader.writes and not mine else None
    return {"finding": standing, "decided": localdate(standing.at), "waits": waits, "reading_form": form}
