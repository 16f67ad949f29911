"""One case file with all its stages, read in a bounded number of queries.

What the database keeps back from a reader is simply not there: a colleague who may read the facts alone sees no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.panels import plan_of
from havre.cases.assistance.standing import to_recall
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
from havre.cases.sharing import why
from havre.kernel import places
from havre.kernel.dates import PartialDate, parse
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared, ahead
from havre.platform.permissions import Compartment, Permission

from . import agreed, caseload, journey, rows, rules, safety, seen, stages, tabs, words
from .timeline import FEW, newest, timeline

ACCESS = Prepared(lambda case: CaseAccess.objects.filter(case_id=case))
MOVES = Prepared(lambda case: CaseMove.objects.filter(case_id=case).order_by("at"))
CONSENTS = Prepared(lambda case: Consent.objects.filter(case_id=case).order_by("at"))
FINDINGS = Prepared(lambda case: Finding.objects.filter(case_id=case).order_by("at"))
TASKS = Prepared(lambda case: Task.objects.filter(case_id=case, done_on=None).order_by("due")[:50])
CONTACTS = Prepared(lambda person: PersonContact.objects.filter(person_id=person).order_by("pk"))
NAMES = Prepared(lambda person: PersonName.objects.filter(person_id=person).order_by("pk"))
LANGUAGES = Prepared(lambda person: PersonLanguage.objects.filter(person_id=person).order_by("-preferred", "language"))
IDENTITIES = Prepared(lambda person: PersonIdentity.objects.filter(person_id=person))
COLLEAGUES = ("by", "second_reader", "assignee")
STEPS: dict[str, Promise] = {
    "people:safety": _("See to safety"),
    "people:consent": _("Ask for consent"),
    "screening:start": _("Go on with the screening"),
    "screening:finding": _("Decide"),
    "assistance:needs": _("Needs and help"),
    "returns:option": _("Choose what comes next"),
    "returns:journey": _("Prepare the journey"),
    "returns:arrival": _("Confirm the arrival"),
    "returns:handover": _("Hand over on arrival"),
    "reintegration:life": _("How life goes"),
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
    def access(self) -> list[CaseAccess]:
        """Each way this reader has into the file."""
        return ACCESS(self.case.pk)

    @property
    def outside(self) -> bool:
        """Whether another agency shared the file with the reader."""
        return self.case.agency_id != self.user.agency_id

    @property
    def writes(self) -> bool:
        """Whether the reader may write in this file, which is open."""
        held = self.user.may(Permission.CASE_WRITE) and any(each.level == "write" for each in self.access)
        return held and self.case.is_open

    @cached_property
    def reached(self) -> Compartment:
        """The parts of the file that are open to this reader."""
        parts = Compartment(0)
        for each in self.access:
            parts |= Compartment(each.compartments)
        return parts

    def reaches(self, part: Compartment) -> bool:
        """Whether that part of the file is open to this reader."""
        return bool(self.reached & part)


def read_ahead(case: Case, *, hidden: bool) -> AbstractContextManager[None]:
    """Asks at once what the page of this file will want to know; while it lasts nothing may be written."""
    about = [(each, case.pk) for each in (ACCESS, MOVES, CONSENTS, FINDINGS, TASKS, *FEW)]
    person = [(each, case.person_id) for each in (LANGUAGES, IDENTITIES, CONTACTS, *(() if hidden else (NAMES,)))]
    return ahead([*about, *person, *stages.questions(case, localdate())])


def whole_file(case: Case, user: User, *, hidden: bool, everything: bool) -> dict[str, Any]:
    """All that the page of a file shows."""
    reader, today = Reader(user, case, hidden), localdate()
    keyring.load([case.pk, case.person_id])
    moves, consents, findings, tasks = MOVES(case.pk), CONSENTS(case.pk), FINDINGS(case.pk), TASKS(case.pk)
    plan, looked = plan_of(case), seen.looks(case)
    dated = [*moves, *consents, *findings, *(line.service for line in plan.lines)]
    happened, total = newest(case, dated, whole=everything)
    others = {row.user_id for row in looked} | {row.given_by for row in reader.access}
    people = _introduce([*happened, *findings, *tasks], {each for each in others if each})
    decided = _finding(case, findings, reader)
    return {
        "case": case,
        "reader": reader,
        "step": _step(case, decided) if reader.writes else None,
        "who": _who(reader, today),
        "why": why.reasons(reader.access, case, user, people, words.language()),
        "tabs": tabs.tabs(case, user, reader.reached, young=stages.may_be_young(case, today)),
        "safety": safety.safety(case, CONTACTS(case.person_id), knows_ways=reader.reaches(Compartment.WHEREABOUTS)),
        "journey": journey.journey(case, moves, today),
        "plan": plan,
        "calls": calls_of(case),
        "tasks": [Todo(each, words.short_day(each.due), each.due < today) for each in tasks],
        "timeline": timeline(happened, total, whole=everything),
        "everything": everything,
        "agreed": agreed.agreed(consents, told_only=case.anonymous),
        "recall": _recall(case, consents),
        "offered": _offered(case),
        "reopens": user.may(Permission.CASE_REOPEN),
        **decided,
        "looks": seen.told(looked, people, user),
        "in_charge": seen.in_charge(case, user),
        "ties": reader.writes and reader.reaches(Compartment.IDENTITY) and not case.anonymous,
        **stages.panels(case, reader.reached, today),
    }


def _introduce(rows: Sequence[Any], others: set[UUID]) -> dict[UUID, User]:
    """The colleagues these rows name, put into them by one query, and those others."""
    named = [(row, each) for row in rows for each in COLLEAGUES if getattr(row, f"{each}_id", None)]
    wanted = {*others, *(getattr(row, f"{each}_id") for row, each in named)}
    people = {each.pk: each for each in caseload.COLLEAGUES(wanted)}
    for row, each in named:
        setattr(row, each, people[getattr(row, f"{each}_id")])
    return people


def _offered(case: Case) -> bool:
    """Whether somebody who wished to stay without a name was offered a referral."""
    return case.anonymous and CaseNote.objects.filter(case=case, kind="handover").exists()


def _recall(case: Case, consents: Sequence[Consent]) -> bool:
    """Whether something is to be asked back; looked for only when a yes to share may have ended."""
    ended = any(each.scope == "share" and (each.decision == "withdrawn" or each.expires) for each in consents)
    return ended and bool(to_recall(case))


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
    names = [] if reader.hidden else NAMES(person.pk)
    spoken = LANGUAGES(person.pk)
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
    exact = next((each.born_on for each in IDENTITIES(case.person_id)), "")
    known = exact or str(case.person.birth_year or "")
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
