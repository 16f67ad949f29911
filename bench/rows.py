"""What a case holds: invented rows of every stage, few in most cases and many in some."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Model

from havre.cases.assistance.models import Need, Plan, Risk, ServiceDelivery
from havre.cases.followup.models import FollowUp
from havre.cases.people.models import (
    Case,
    CaseAccess,
    CaseMove,
    CaseNote,
    Consent,
    Person,
    PersonContact,
    PersonCountry,
    PersonLanguage,
    PersonName,
    Task,
)
from havre.cases.reintegration.models import Grant, Instalment
from havre.cases.returns.models import ReturnJourney
from havre.cases.screening.models import Answer, Finding, Interview
from havre.cases.story.models import Episode, Leg
from havre.kernel import vocabularies
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.crypto.models import SubjectKey
from havre.platform.permissions import CASEWORK_COMPARTMENTS

SERVICES = vocabularies.load("services").codes
SCOPES = vocabularies.load("consent_scopes").codes
STATES = ("S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12", "S13")
COUNTRIES = ("NG", "RO", "VN", "MA", "CI", "AL", "UA", "BR", "FR", "GN")
LANGUAGES = ("en", "ro", "vi", "ar", "fr", "sq", "uk", "pt")
GIVEN = ("Salam", "Nour", "Adaeze", "Ioana", "Quỳnh", "Олена", "أمل", "Mirela", "Fatou", "Ana")
FAMILY = ("Haddad", "Okafor", "Popescu", "Nguyễn", "Шевченко", "الحسن", "Hoxha", "Camara", "Silva", "Benali")
TODAY = date(2026, 3, 12)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Writer:
    """Invents the rows of one case after the other, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def some(self, middle: float, spread: float, most: int) -> int:
        """A number that is small in most cases and large in some."""
        return min(most, int(self.random.lognormvariate(middle, spread)))

    def words(self, letters: int) -> str:
        """An invented sentence of about that length."""
        return ("She came with a colleague and asked for help with her papers. " * (letters // 60 + 1))[:letters]

    def reference(self) -> str:
        """A reference like those of the program."""
        drawn = "".join(self.random.choices(LETTERS, k=6))
        return f"{drawn[:3]}-{drawn[3:]}"

    def moment(self, after: date) -> datetime:
        """Some time after a day."""
        days = self.random.randrange(1 + max(0, (TODAY - after).days))
        return datetime.combine(after + timedelta(days), time(10), UTC)

    def case(self, worker: User) -> Iterator[Model]:
        """Every row of a new case of this worker."""
        opened = TODAY - timedelta(self.random.randrange(1, 1400))
        state = self.random.choice(STATES)
        person = Person(agency_id=worker.agency_id, reference=self.reference(), gender="female", birth_year=1998)
        case = Case(
            person=person, agency_id=worker.agency_id, owner_id=worker.pk, reference=self.reference(), state=state,
            opened_on=opened, cohort_year=opened.year, closed_on=TODAY if state == "S13" else None,
        )  # fmt: skip
        yield from (person, case, *self.keys(worker, person.pk, case.pk), *self.access(worker, case))
        yield from self.about(person)
        yield from self.history(worker, case)
        yield from self.help(worker, case)
        if self.random.random() < 0.6:
            yield from self.screening(worker, case)
        if state in STATES[5:]:
            yield from self.told(case)
            yield from self.planned(worker, case)
        if state in STATES[8:]:
            yield from self.rebuilt(worker, case)

    def keys(self, worker: User, *subjects: uuid.UUID) -> Iterator[Model]:
        """A key for each subject, held until the end of the block that is open."""
        for subject, kind in zip(subjects, ("person", "case"), strict=True):
            key = SubjectKey(
                subject_id=subject,
                kind=kind,
                agency_id=worker.agency_id,
                wrapped=keyring.fresh(worker.agency_id, subject),
            )
            keyring.load([])[subject] = {1: keyring._unwrapped(subject, 1, key.agency_id, key.wrapped)}
            yield key

    def access(self, worker: User, case: Case) -> Iterator[Model]:
        """The rows that open_case writes."""
        for principal, purpose in ((worker.principal, "casework"), (worker.agency.principal, "supervision")):
            yield CaseAccess(
                case=case, person_id=case.person_id, principal=principal, compartments=int(CASEWORK_COMPARTMENTS),
                level="write", purpose=purpose, opened=case.opened_on,
            )  # fmt: skip

    def about(self, person: Person) -> Iterator[Model]:
        given, family = self.random.choice(GIVEN), self.random.choice(FAMILY)
        yield PersonName(person=person, full=f"{given} {family}", given=given, family=family)
        yield PersonContact(person=person, kind="phone", value="+33 6 12 34 56 78", safe=True)
        yield PersonCountry(person=person, country=self.random.choice(COUNTRIES), kind="citizenship")
        yield PersonLanguage(person=person, language=self.random.choice(LANGUAGES), preferred=True)

    def history(self, worker: User, case: Case) -> Iterator[Model]:
        """Moves, notes, tasks, consents."""
        made: dict[str, Any] = {"case": case, "by_id": worker.pk}
        steps = STATES[: STATES.index(case.state) + 1]
        for before, after in zip(("", *steps), steps, strict=False):
            yield CaseMove(**made, at=self.moment(case.opened_on), from_state=before, to_state=after, kind="forward")
        for _ in range(self.some(1.4, 0.9, 80)):
            yield CaseNote(
                **made, at=self.moment(case.opened_on), kind="call", text=self.words(self.some(5, 0.8, 2000))
            )
        for _ in range(self.some(0.3, 0.7, 8)):
            yield Task(
                case=case,
                assignee_id=worker.pk,
                text=self.words(60),
                due=TODAY + timedelta(self.random.randrange(-30, 60)),
            )
        for scope in self.random.sample(SCOPES, self.random.randrange(4)):
            yield Consent(
                **made, person_id=case.person_id, scope=scope, decision="given", language="fr", method="spoken",
                decided_on=case.opened_on,
            )  # fmt: skip

    def help(self, worker: User, case: Case) -> Iterator[Model]:
        """Needs, services, follow-up calls."""
        made: dict[str, Any] = {"case": case, "by_id": worker.pk}
        for code in self.random.sample(SERVICES, self.some(0.9, 0.8, 15)):
            need = Need(**made, at=self.moment(case.opened_on), code=code, urgency="week", goal=self.words(80))
            yield need
            yield ServiceDelivery(
                **made, need=need, code=code, provider="Maison Balise", worker_id=worker.pk, status="active",
                start=case.opened_on, outcome=self.words(120),
            )  # fmt: skip
        if case.state in STATES[8:]:
            for code, days in (("M1", 30), ("M3", 90)):
                yield FollowUp(**made, code=code, planned=case.opened_on + timedelta(days), window_days=15)

    def told(self, case: Case) -> Iterator[Model]:
        """The way in three parts."""
        episode = Episode(case=case)
        yield episode
        way = self.random.sample(COUNTRIES, 4)
        for number, stage in enumerate(("recruitment", "transit", "exploitation")):
            yield Leg(
                episode=episode, case=case, seq=number + 1, stage=stage, from_country=way[number],
                country=way[number + 1], place=self.words(12), note=self.words(60),
            )  # fmt: skip

    def planned(self, worker: User, case: Case) -> Iterator[Model]:
        """A plan that was agreed, and two risks."""
        made: dict[str, Any] = {"case": case, "by_id": worker.pk}
        yield Plan(**made, number=1, agreed_on=case.opened_on, agreed_how="spoken", review_on=TODAY)
        for about in ("person", "family"):
            yield Risk(
                **made, about=about, threat=self.words(80), likelihood=4, impact=3, residual_likelihood=2,
                residual_impact=3, controls=self.words(80), own_view=self.words(40), owner_id=worker.pk,
                review_on=TODAY + timedelta(20),
            )  # fmt: skip

    def rebuilt(self, worker: User, case: Case) -> Iterator[Model]:
        """A journey that was chosen, a grant with two instalments."""
        made: dict[str, Any] = {"case": case, "by_id": worker.pk}
        yield ReturnJourney(**made, option="return", destination="NG", planned_on=TODAY)
        grant = Grant(**made, kind="RI_MICRO", title=self.words(20), amount=800, currency="EUR", decided_on=TODAY)
        yield grant
        for number in (1, 2):
            yield Instalment(**made, grant=grant, seq=number, amount=400, due=TODAY + timedelta(30 * number))

    def screening(self, worker: User, case: Case) -> Iterator[Model]:
        interview = Interview(
            case=case, kind="screening", questionnaire="screening", questionnaire_version="1", interviewer_id=worker.pk,
            began=self.moment(case.opened_on),
        )  # fmt: skip
        yield interview
        for number in range(1, 13):
            text = self.words(200) if number % 6 == 0 else ""
            yield Answer(interview=interview, case=case, item=f"B{number:02}", state="answered", codes="yes", text=text)
        yield Finding(
            case=case,
            by_id=worker.pk,
            at=interview.began,
            computed="trafficked",
            result="trafficked",
            reason=self.words(200),
        )
