"""The rows one worker writes: collected for many people, then written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from havre.cases.people.models import Case, CaseMove, Person
from havre.exchange import bulk
from havre.exchange.bulk import Opening
from havre.platform.accounts.models import User
from havre.platform.audit.models import AuditEvent, AuditSubject
from havre.site.demo.people import Invented

M = TypeVar("M", bound=models.Model)
Line = tuple[datetime, User, str, Any, str]  # of the record: when, who, what, which file, why they could
PERSON = (
    *("gender", "birth_year", "birth_precision", "age_basis", "presumed_minor"),
    *("marital_status", "education", "number_of_children"),
)
CASE = (
    *("state", "before_safety", "referred_by", "in_danger", "dangers", "immediate_needs"),
    *("anonymous", "closed_on", "closure_reason"),
)
BLANK_PERSON: dict[str, Any] = dict.fromkeys(PERSON, "") | {
    "birth_year": None,
    "presumed_minor": False,
    "number_of_children": None,
}
BLANK_CASE: dict[str, Any] = dict.fromkeys(CASE, "") | {"anonymous": False, "closed_on": None}
SIZE = 500


def moment(day: date, rng: Random, hour: int = 0) -> datetime:
    """A moment of a working day, never after now."""
    at = timezone.make_aware(datetime.combine(day, time(hour or rng.randint(9, 16), rng.randint(0, 59))))
    return min(at, timezone.now() - timedelta(minutes=rng.randint(3, 40)))


@dataclass
class Sheets:
    """Rows in the name of one worker."""

    worker: User
    reader: User | None  # who reads decisions a second time
    today: date
    openings: list[Opening] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    events: list[Line] = field(default_factory=list)
    asked: list[tuple[Any, str]] = field(default_factory=list)  # a file, and the role that is asked in

    @property
    def language(self) -> str:
        """The language the worker writes in."""
        return self.worker.language

    def put(self, model: type[M], **values: Any) -> M:
        """Adds a row."""
        row = model(**values)
        self.rows.setdefault(model, []).append(row)
        return row

    def record(self, file: File, at: datetime, act: str, user: User | None = None) -> None:
        """Adds a line to the record of who did and saw what."""
        through = "supervision" if user and user == self.reader else "" if user else "casework"
        self.events.append((at, user or self.worker, act, file.case.pk, through))

    def write(self) -> None:
        """Writes all there is, as the worker."""
        bulk.open_cases(self.openings, by=self.worker)
        bulk.update(self.persons, *PERSON)
        bulk.update(self.cases, *CASE)
        for model, rows in self.rows.items():
            models.QuerySet[Any](model).bulk_create(rows, batch_size=SIZE)


class File:
    """One invented person with the rows about them."""

    def __init__(self, told: Invented, sheets: Sheets) -> None:
        self.told, self.sheets, self.rng = told, sheets, told.rng
        self.opening = Opening("S0", told.opened, told.restricted)
        self.opening.person_reference, self.opening.case_reference = told.person_reference, told.case_reference
        self.person = Person(pk=self.opening.person, **BLANK_PERSON)
        self.case = Case(pk=self.opening.case, **{**BLANK_CASE, "state": told.state})
        sheets.openings.append(self.opening)
        sheets.persons.append(self.person)
        sheets.cases.append(self.case)

    def of_case(self, model: type[M], **values: Any) -> M:
        """A row of the case."""
        return self.sheets.put(model, case_id=self.case.pk, **values)

    def of_person(self, model: type[M], **values: Any) -> M:
        """A row of the person."""
        return self.sheets.put(model, person_id=self.person.pk, **values)

    def written(self, model: type[M], day: date, act: str, hour: int = 0, /, **values: Any) -> M:
        """A row of the case that says who wrote it and when, with its line in the record."""
        at = moment(day, self.rng, hour)
        self.sheets.record(self, at, act)
        return self.of_case(model, by=self.sheets.worker, at=at, **values)

    def move(self, state: str, before: str, day: date, kind: str, **values: Any) -> None:
        """A move of the case. Those that follow by themselves have no line of their own in the record."""
        at = moment(day, self.rng, hour=17)
        self.of_case(CaseMove, by=self.sheets.worker, at=at, from_state=before, to_state=state, kind=kind, **values)


def write_record(events: Sequence[Line]) -> None:
    """The lines of the record by the user who is at work, one event and one case each."""
    made: list[AuditEvent] = []
    subjects: list[AuditSubject] = []
    for at, user, act, case, through in events:
        who = {"user_id": user.pk, "watcher": user.agency.audit_principal, "act": act, "at": at, "through": through}
        event = AuditEvent(request_id=uuid4(), file=case, files=1, **who)
        made.append(event)
        subjects.append(AuditSubject(event_id=event.pk, case_id=case, **who))
    AuditEvent.objects.bulk_create(made, batch_size=SIZE)
    AuditSubject.objects.bulk_create(subjects, batch_size=SIZE)
