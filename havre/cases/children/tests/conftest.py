"""A file of Amina's about somebody of fifteen, with Noor asked in to look after children."""

from datetime import date

import pytest
from django.utils import translation

from havre.cases.children import actions
from havre.cases.health.tests.conftest import let_in
from havre.cases.people.models import Person
from havre.platform.accounts.claims import acting_as

MARCH = date(2026, 3, 20)
PANEL = "Noor B.\nMe C. Okoye\nL. Ferrand"
BLANK = dict.fromkeys((*actions.WEIGHED, "panel"), "") | {"review_on": None, "family_assessed_on": None}
BEST = {
    **BLANK,
    "about": "return",
    "on": MARCH,
    "panel": PANEL,
    "outcome": "in_interest",
    "reasons": "Her aunt waits for her.",
    "family_assessment": "yes",
    "carer_confirmed": "yes",
    "views": "I want to go to my aunt.",
}


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are read in English, whoever signed in before."""
    with translation.override("en"):
        yield


@pytest.fixture
def aged(personas, case):
    """Corrects the age: `aged(19)` in 2026."""

    def correct(years: int) -> None:
        with acting_as(personas.amina):
            Person.objects.filter(pk=case.person_id).update(birth_year=2026 - years)

    return correct


@pytest.fixture
def case(personas, case):
    with acting_as(personas.amina):
        Person.objects.filter(pk=case.person_id).update(birth_year=2011)
    let_in(personas.amina, case, personas.noor, "child_specialist")
    return case


@pytest.fixture
def told(personas, case):
    """Writes what stands beside the child: `told(accompanied="yes")`, `told(guardian=…)`, `told(found={…})`."""

    def write(accompanied: str = "", guardian: str = "", found: dict | None = None) -> None:
        with acting_as(personas.noor):
            if accompanied:
                values = dict.fromkeys(actions.CIRCUMSTANCES, "") | {"accompanied": accompanied}
                actions.save_circumstances(case, by=personas.noor, version=0, values=values)
            if guardian:
                values = {"name": guardian, "body": "", "contact": "", "appointed_on": MARCH, "ended_on": None}
                actions.name_guardian(case, by=personas.noor, values=values)
            if found is not None:
                actions.determine(case, by=personas.noor, values={**BEST, **found})

    return write
