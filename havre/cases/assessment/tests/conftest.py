"""A file of Amina's with answers of a screening, and ways to set it where a test needs it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from havre.cases.people import actions as people
from havre.cases.people.models import Case, PersonCountry
from havre.cases.screening.models import Answer, Interview
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.recorder import Recorder
from havre.platform.crypto import keyring

BEGAN = datetime(2026, 3, 12, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def refusals(monkeypatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said


@pytest.fixture
def case(personas) -> Case:
    """Amina's file about somebody from Syria."""
    with acting_as(personas.amina):
        arrival = people.Arrival(on=date(2026, 3, 12), called="Salam Haddad", in_danger="no")
        case = people.open_contact(arrival, by=personas.amina)
        PersonCountry.objects.bulk_create([PersonCountry(person=case.person, country="SY", kind="citizenship")])
    return case


@pytest.fixture
def answers(personas, case):
    """Writes answers of a screening as they would be found: `answers(F07="DebtBondage", F05=("", "0 EUR"))`."""

    def write(**given) -> None:
        with acting_as(personas.amina):
            keyring.load([case.pk])
            kind = {"kind": "screening", "questionnaire": "havre-screening", "questionnaire_version": "1"}
            talk = Interview(case=case, interviewer=personas.amina, began=BEGAN, **kind)
            Interview.objects.bulk_create([talk])
            for item, told in given.items():
                codes, text = (told, "") if isinstance(told, str) else told
                row = Answer(interview=talk, case=case, item=item, state="answered", codes=codes, text=text)
                Answer.objects.bulk_create([row])

    return write


@pytest.fixture
def closed(personas, case) -> Case:
    """The file, closed."""
    with acting_as(personas.amina):
        Case.objects.filter(pk=case.pk).update(state="S13", closed_on=date(2026, 6, 1))
        return Case.objects.get(pk=case.pk)
