"""What was said in a case so far: the latest answer to each question over all sittings, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from havre.cases.people.models import Case, Consent, PersonIdentity
from havre.kernel import dates
from havre.kernel.dates import DateRefused, PartialDate

from . import questionnaire
from .models import Answer, Finding, Interview
from .questionnaire import ElementAnswer
from .rules import finding
from .rules.decision import Reading
from .rules.finding import AgeGroup, Element
from .rules.interview import NOT_ASKED, SILENCE, Said

# What is asked here and belongs to the person, by its name in the data standard.
TO_PERSON = {
    "prs_MaritalStatus": "marital_status",
    "prs_HighestLevelOfEducation": "education",
    "prs_NumberOfChildren": "number_of_children",
}
STARTS = ("F01", "D01")  # when it began there, else when the person left home


def agreed(case: Case) -> bool:
    """Whether the consent to the interview stands."""
    consent = Consent.objects.standing().filter(case=case, scope="interview").order_by("at").last()
    return consent is not None and consent.decision == "given"


def latest_interview(case: Case) -> Interview | None:
    """The sitting that answers are written to."""
    return Interview.objects.filter(case=case, kind="screening").select_related("interviewer").order_by("began").last()


def standing(case: Case) -> Finding | None:
    """The finding that no later one supersedes."""
    return Finding.objects.standing().select_related("by", "second_reader").filter(case=case).order_by("at").last()


def found(case: Case) -> bool:
    """Whether a finding stands that leads to assistance: read by a second person, or made elsewhere."""
    last = standing(case)
    return last is not None and last.result != finding.NOT_A_VICTIM and bool(last.confirmed_on or last.imported)


class Told:
    """The answers of a case. A later sitting adds to the earlier ones, which stay as they were."""

    def __init__(self, case: Case) -> None:
        # A survey of how life goes is no part of the story: it has answers of its own, years later.
        told = Answer.objects.filter(case=case).exclude(interview__kind="reintegration")
        rows = told.order_by("interview__began")
        self.rows: dict[str, Answer] = {}
        self.versions: dict[str, int] = {}
        letters = {item.code: item.section for item in questionnaire.items()}
        for row in rows:
            self.rows[row.item] = row
            letter = letters.get(row.item, "")
            self.versions[letter] = self.versions.get(letter, 0) + row.version

    def said(self, item: str) -> Said:
        """What was said to a question; silence when it was not put."""
        row = self.rows.get(item)
        if row is None:
            return SILENCE
        return Said(row.state, tuple(code for code in row.codes.split(";") if code), row.text)

    def version(self, section: str) -> int:
        """A number that grows with every change of a section."""
        return self.versions.get(section, 0)

    def asked(self, section: str) -> int:
        """How many questions of a section were put."""
        rows = (self.rows.get(item.code) for item in questionnaire.items(section) if item.kind != "elsewhere")
        return sum(row is not None and row.state != NOT_ASKED for row in rows)

    @cached_property
    def elements(self) -> list[ElementAnswer]:
        """What the answers show of act, means and purpose."""
        return questionnaire.element_answers(
            {code: (row.state, [c for c in row.codes.split(";") if c]) for code, row in self.rows.items()}
        )

    def element(self, name: str) -> Element:
        """Whether the answers show an element."""
        return finding.element(told.answer for told in self.elements if told.element == name)

    @cached_property
    def began(self) -> PartialDate | None:
        """When it began, as far as the answers tell."""
        return next((day for day in map(self._day, STARTS) if day), None)

    def _day(self, item: str) -> PartialDate | None:
        try:
            return dates.parse(self.said(item).text)
        except DateRefused:
            return None


@dataclass(frozen=True)
class Age:
    """The age group a finding uses and what it rests on."""

    group: AgeGroup
    born: PartialDate | None
    basis: str
    began: PartialDate | None  # set when the age at that time was used, and not the age today
    presumed: bool


def age(case: Case, told: Told, today: date) -> Age:
    """The age group when it began, or today when that is not known: whoever was a child then is judged as a child."""
    person, birth = case.person, born(case)
    began = told.began if birth and told.began and told.began.first > birth.first else None
    known = dates.age_group(birth, began.first if began else today)
    group = finding.age_group_used(known, presumed_minor=person.presumed_minor)
    return Age(group, birth, person.age_basis, began, group != known)


def born(case: Case) -> PartialDate | None:
    """The date of birth, or its year when no more is known."""
    identity = PersonIdentity.objects.filter(person_id=case.person_id).first()
    try:
        return dates.parse(identity.born_on if identity else "")
    except DateRefused:
        year = case.person.birth_year
        return PartialDate(date(year, 1, 1), "year") if year else None


def read(case: Case, told: Told, today: date) -> Reading:
    """What the answers show, before any person has decided."""
    return Reading(age(case, told, today).group, *(told.element(name) for name in questionnaire.ELEMENTS))
