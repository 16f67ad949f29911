"""A file of Amina's, and ways to set it where a test needs it."""

from datetime import date

import pytest
from django.utils import translation

from havre.cases.people import actions as people
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.recorder import Recorder


@pytest.fixture(autouse=True)
def english():
    """What is asked of the program outside a request is said in English, whoever's request came before."""
    with translation.override("en"):
        yield


@pytest.fixture
def case(personas):
    with acting_as(personas.amina):
        arrival = people.Arrival(on=date(2026, 3, 12), called="Salam Haddad", in_danger="no")
        return people.open_contact(arrival, by=personas.amina)


@pytest.fixture
def stand(personas, case):
    """Sets the state of the file as it would be found: `stand("S5")`."""

    def set_state(state: str) -> Case:
        with acting_as(personas.amina):
            closed = date(2026, 6, 1) if state == "S13" else None
            Case.objects.filter(pk=case.pk).update(state=state, closed_on=closed)
            return Case.objects.get(pk=case.pk)

    return set_state


@pytest.fixture
def refusals(monkeypatch):
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said
