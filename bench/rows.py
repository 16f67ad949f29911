"""What a case holds: who the person is, as the demonstration invents people, and rows of every stage about them.

Few in most cases and many in some. Drawn from each person's own chance: the same whoever writes them, in any order.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from bench.copying import Sheet, number
from havre.cases.people.models import (
    Case,
    CaseAccess,
    CaseGroup,
    CaseMove,
    CaseNote,
    Consent,
    Person,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonLanguage,
    PersonLink,
    PersonName,
    PersonPlace,
    Task,
)
from havre.cases.screening import questionnaire
from havre.cases.screening.models import Answer, Finding, Interview
from havre.cases.story.models import Episode, EpisodeCode, Leg, Perpetrator, PerpetratorRole
from havre.kernel.references import ALPHABET, LENGTH
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring
from havre.platform.crypto.models import SubjectKey
from havre.platform.permissions import CASEWORK_COMPARTMENTS
from havre.site.demo import people
from havre.site.demo.arrival import DANGERS, GENDERS, NEEDED
from havre.site.demo.story import CROSSED, ROLES
from havre.site.demo.tables import drawn, happens, one, said, table

TODAY = date(2026, 11, 26)  # fixed: the same register on any day
FIXED = len(table("desk")) + len(people.CASELOAD)  # the first people are those of the demonstration's Amina
DIGITS, SPREAD = len(ALPHABET) ** LENGTH, 104_395_301  # a prime: each number of a person gives another reference
METHODS = ("DebtBondage", "WithholdsDocuments", "FalsePromises", "TakesEarnings", "RestrictsMovement", "PhysicalAbuse")
KINDS = ("note", "call", "meeting", "visit")
ASKED = 12  # of the questions of an interview, as many have an answer
SENTENCE = "Came with a colleague, asked about the papers and about a room; we looked at both and wrote to the office. "
SENTENCES = SENTENCE * 20


@dataclass(frozen=True)
class Staff:
    """A worker as the rows name them."""

    id: str
    principal: int
    agency: str
    house: int
    language: str
    supervisor: str


def reference(index: int) -> str:
    """A reference that no other number gives."""
    left = (index + 1) * SPREAD % DIGITS
    letters = ""
    for _ in range(LENGTH):
        left, letter = divmod(left, len(ALPHABET))
        letters += ALPHABET[letter]
    return f"{letters[:3]}-{letters[3:]}"


def some(rng: Random, middle: float, spread: float, most: int) -> int:
    """A number that is small in most cases and large in some."""
    return min(most, int(rng.lognormvariate(middle, spread)))


class Life:
    """One person, their case and its keys; each method adds rows."""

    def __init__(self, sheet: Sheet, index: int, staff: Staff) -> None:
        self.sheet, self.staff, self.index = sheet, staff, index
        self.told = people.one(FIXED + index, TODAY)
        self.rng = self.told.rng
        self.language = staff.language
        self.case, self.case_key = self._subject("case")
        self.person, self.person_key = self._subject("person")
        self.internal = self.told.origin["country"] == people.HOME or happens("internal", self.rng)

    def _subject(self, kind: str) -> tuple[str, bytes]:
        """An identity with its key, wrapped by the agency's root."""
        subject, agency = number(self.rng), self.staff.agency
        fresh = secrets.token_bytes(32)
        wrapped = keyring.provider().wrap(agency, keyring._context(agency, subject, 1), fresh)  # as keyring.fresh
        who = {"subject_id": subject, "kind": kind, "agency_id": agency, "wrapped": wrapped}
        self.sheet.put(SubjectKey, b"", id=number(self.rng), **who)
        return subject, fresh

    def of_case(self, model: type[Model], **values: Any) -> str:
        """A row of the case."""
        return self.sheet.put(model, self.case_key, id=number(self.rng), case_id=self.case, **values)

    def of_person(self, model: type[Model], **values: Any) -> str:
        """A row of the person."""
        return self.sheet.put(model, self.person_key, id=number(self.rng), person_id=self.person, **values)

    def written(self, model: type[Model], day: date, **values: Any) -> str:
        """A row of the case that says who wrote it and when."""
        return self.of_case(model, by_id=self.staff.id, at=self.moment(day), **values)

    def moment(self, day: date) -> str:
        """An hour of that day, never after now."""
        return f"{min(day, TODAY)} {self.rng.randrange(8, 17):02d}:{self.rng.randrange(60):02d}+00"

    def since(self, day: date) -> date:
        """Some day after it, while the file was open."""
        last = self.told.stages[-1][1] if self.told.state == "S13" else TODAY
        return day + timedelta(days=self.rng.randrange(1 + max(0, (last - day).days)))

    def after(self, day: date, least: int, most: int) -> date:
        """So many days later, never after today."""
        return min(day + timedelta(days=self.rng.randint(least, most)), TODAY)

    def said(self, kind: str) -> str:
        """A sentence of a kind, in the worker's language."""
        return said(kind, self.language, self.rng)

    def arrive(self) -> None:
        """Person, case and who may reach it; names in their script, countries, languages, a telephone."""
        told, rng = self.told, self.rng
        known = {"agency_id": self.staff.agency, "reference": reference(2 * self.index)}
        if "S3" in told.path or told.imported:
            born = people.born(told, TODAY)
            known |= {"birth_year": born.year, "birth_precision": "day", "age_basis": "stated"}
            self.of_person(PersonIdentity, born_on=born.isoformat())
        known |= {"gender": GENDERS[told.who], "presumed_minor": told.is_child and "S3" not in told.path}
        self.sheet.put(Person, b"", id=self.person, **known)
        closed = told.stages[-1][1] if told.state == "S13" else None
        state = {"state": told.state, "closed_on": closed, "closure_reason": "plan_completed" if closed else ""}
        marks = {"restricted": told.restricted, "imported": told.imported, "anonymous": told.refused}
        danger = rng.choice(DANGERS) if rng.random() < 0.12 else ""
        needs = ";".join(sorted(rng.sample(NEEDED, rng.randint(0, 2))))
        marks |= {"in_danger": "yes" if danger else "no", "dangers": danger, "immediate_needs": needs}
        who = {"person_id": self.person, "agency_id": self.staff.agency, "owner_id": self.staff.id}
        opened = {"opened_on": told.opened, "cohort_year": told.opened.year, "referred_by": drawn("referred", rng)}
        which = {"id": self.case, "reference": reference(2 * self.index + 1)}
        self.sheet.put(Case, b"", **which, **who, **state, **opened, **marks)
        self._access("casework", self.staff.principal)
        if not told.restricted:
            self._access("supervision", self.staff.house)
        if not told.refused:
            self._describe()

    def _access(self, purpose: str, principal: int) -> None:
        """As open_case writes it."""
        reach = {"principal": principal, "compartments": int(CASEWORK_COMPARTMENTS), "level": "write"}
        day = {"opened": self.told.opened, "since": f"{self.told.opened} 09:00+00"}
        self.of_case(CaseAccess, person_id=self.person, purpose=purpose, **reach, **day)

    def _describe(self) -> None:
        told, rng = self.told, self.rng
        self.of_person(PersonName, kind="known_as", full=told.full if rng.random() < 0.5 else told.given)
        if "S3" in told.path or told.imported:
            self.of_person(PersonName, kind="legal", full=told.full, given=told.given, family=told.family)
        self.of_person(PersonCountry, kind="citizenship", country=told.origin["country"])
        self.of_person(PersonCountry, kind="residence", country=people.HOME)
        self.of_person(PersonLanguage, language=told.origin["language"], preferred=True)
        if told.origin["language"] != "fr" and rng.random() < 0.4:
            self.of_person(PersonLanguage, language="fr")
        if rng.random() < 0.85:
            value = f"+33639980{rng.randrange(1000):03d}"
            self.of_person(PersonContact, kind="mobile", value=value, safe=True, leave_message=rng.random() < 0.2)
        if "S5" in told.path:
            street = f"{rng.randint(2, 90)} quai des Lilas"
            self.of_person(PersonPlace, kind="present", country=people.HOME, city="Lyon", address=street)

    def move(self) -> None:
        """Each step of the way."""
        before = ""
        for state, day in self.told.stages:
            kind = "open" if not before else "close" if state == "S13" else "forward"
            reason = self.said("closing") if state == "S13" else ""
            self.written(CaseMove, day, from_state=before, to_state=state, kind=kind, reason=reason)
            before = state

    def write(self) -> None:
        """Notes and tasks: a handful for most, scores for some."""
        told, rng = self.told, self.rng
        sort = "note" if "S6" in told.path else "note_early"
        for number_ in range(some(rng, 1.4, 0.9, 80)):
            length = some(rng, 5, 0.8, 2000)
            text = self.said(sort) if number_ % 3 else self.said("contact") + " " + SENTENCES[:length]
            self.written(CaseNote, self.since(told.opened), kind=rng.choice(KINDS), text=text)
        for _ in range(some(rng, 0.3, 0.7, 8)):
            due = TODAY + timedelta(days=rng.randrange(-30, 60)) if told.state != "S13" else self.since(told.opened)
            done = due if due < TODAY and (told.state == "S13" or rng.random() < 0.8) else None
            made = self.moment(max(told.opened, due - timedelta(days=rng.randint(4, 12))))
            text = self.said("task" if "S6" in told.path else "task_early")
            self.of_case(Task, assignee_id=self.staff.id, text=text, due=due, done_on=done, made_at=made)

    def consent(self) -> None:
        """What the person agreed to."""
        told, rng = self.told, self.rng
        day = told.on("S3") or (told.on("S2") if told.refused else None)
        if day is None:
            return
        decided = {"interview": "refused"} if told.refused else {
            "interview": "given", "data": "given", "assistance": "given", "research": drawn("research", rng)
        }  # fmt: skip
        how = {"given_by": "both" if told.is_child else "self", "assent": True if told.is_child else None}
        how |= {"language": told.origin["language"], "method": rng.choice(("spoken", "signed")), "decided_on": day}
        how |= {"interpreter": not self.internal and rng.random() < 0.6, "points": ";".join(load("consent_points"))}
        for scope, decision in decided.items():
            if decision:
                self.written(Consent, day, person_id=self.person, scope=scope, decision=decision, **how)
        if "S6" in told.path and rng.random() < 0.4:
            shared = {"scope": "share", "decision": "given", "recipient": "Le Relais des Docks"}
            self.shared = self.written(Consent, day, person_id=self.person, **shared, **how), day

    shared: tuple[str, date] | None = None

    def screen(self) -> None:
        """The interview with its answers, and the decision with its second reader."""
        told, rng = self.told, self.rng
        began, ended = told.on("S3"), told.on("S4")
        if began is None:
            return
        version = {"questionnaire": "havre-screening", "questionnaire_version": questionnaire.version()}
        over = self.moment(ended) if ended else None
        day = {"began": self.moment(began), "ended": over, "interviewer_id": self.staff.id}
        talk = self.of_case(Interview, kind="screening", **version, **day)
        for row in rng.sample(table("stories"), ASKED if ended else rng.randint(2, 9)):
            self._answer(talk, row["item"], one(row[told.story], rng), "")
        self._answer(talk, "F08", "", self.said("told"))
        self._answer(talk, "E01", "", self.said("way"))
        if ended and (told.state != "S4" or rng.random() < 0.6):
            self._decide(self.after(ended, 0, 2))

    def _answer(self, talk: str, item: str, codes: str, text: str) -> None:
        state = "answered" if self.rng.random() > 0.07 else "declined"
        kept = {"codes": codes, "text": text} if state == "answered" else {}
        self.of_case(Answer, interview_id=talk, item=item, state=state, **kept)

    def _decide(self, day: date) -> None:
        told = self.told
        free = told.story == "free"
        found = "not_a_victim" if free else "trafficked"
        elements = {
            "act": "no" if free else "yes",
            "means": "no" if free else "yes",
            "purpose": "no" if free else "yes",
        }
        second = self.rng.random() < 0.7 and told.state != "S4" and not told.restricted
        read = {"second_reader_id": self.staff.supervisor, "confirmed_on": self.moment(day)} if second else {}
        known = {"age_group": "child" if told.is_child else "adult", "computed": found, "result": found, "body": "NGO"}
        self.written(Finding, day, reason=self.said("reason"), **elements, **known, **read)

    def story(self) -> None:
        """The way somebody came: within the country, or over borders."""
        told, rng = self.told, self.rng
        if told.on("S4") is None or told.refused or told.story == "free":
            return
        began = told.opened - timedelta(days=rng.randint(200, 700))
        known = {"internal": "yes" if self.internal else "no", "still_inside": "no"}
        episode = self.of_case(Episode, started=began, started_precision="month", **known)
        self._way(episode, began)
        for code in rng.sample(METHODS, rng.randint(1, 3)):
            self.of_case(EpisodeCode, episode_id=episode, list="vic_MethodsOfControl", code=code)
        if rng.random() < 0.35:
            suspect = self.of_case(Perpetrator, sex=rng.choice(("man", "woman")), relation="Acquainted")
            for code in rng.sample(ROLES, rng.randint(1, 2)):
                self.of_case(PerpetratorRole, perpetrator_id=suspect, code=code)

    def _way(self, episode: str, began: date) -> None:
        country = people.HOME if self.internal else self.told.origin["country"]
        ways = WAYS[country]
        place = self.rng.choice(self.told.origin["towns"].split(";"))
        for seq, (to, town, transport) in enumerate(ways, 1):
            stage = "exploitation" if seq == len(ways) else "recruitment" if seq == 1 else "transit"
            border = CROSSED.get(transport, "own_papers") if country != to else ""
            ends = {"from_country": country, "from_place": place, "country": to, "place": town}
            how = {"seq": seq, "stage": stage, "transport": transport, "border_crossing": border}
            when = {"began": began, "began_precision": "month"}
            note = self.said("told") if seq == len(ways) else ""
            self.of_case(Leg, episode_id=episode, note=note, **ends, **how, **when)
            country, place = to, town


WAYS = {row["key"]: [stop.split(":") for stop in row["way"].split("|")] for row in table("ways")}


def join(lives: list[Life]) -> None:
    """Those of one country whom one worker follows: a group of some, a mother and child or sisters of two."""
    by_country: dict[str, list[Life]] = {}
    for life in lives:
        if not (life.told.refused or life.told.restricted):
            by_country.setdefault(life.told.origin["country"], []).append(life)
    for theirs in by_country.values():
        if len(theirs) >= 3:
            mark, kind = number(theirs[0].rng), theirs[0].rng.choice(("same_recruiter", "travelled_with"))
            for life in theirs[:5]:
                life.of_case(CaseGroup, group=mark, kind=kind)
            one_, other = theirs[:2]
            kinds = ("child", "parent") if other.told.is_child and one_.told.age > 32 else ("sibling", "sibling")
            one_.of_person(PersonLink, other_id=other.person, kind=kinds[0])
            other.of_person(PersonLink, other_id=one_.person, kind=kinds[1])
