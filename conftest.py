"""Fixtures of every test: the database, the personas, and somebody signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from hypothesis import settings

from tests import harness

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from havre.cases.people.models import Case
    from tests.personas import Personas


# Speed is measured in benchmarks: a slow machine must not turn a test red.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A clone of the template, instead of Django's own test database; TRUNCATE is refused, so it is cloned again."""
    with django_db_blocker.unblock():
        harness.clone()
    TransactionTestCase._fixture_teardown = lambda self: harness.clone()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def one_language() -> Iterator[None]:
    """The language of the last page a test asked for ends with the test."""
    yield
    translation.deactivate()


@pytest.fixture
def personas(db: None) -> Personas:
    """Two agencies with their people."""
    from tests.personas import make_personas

    return make_personas()


@pytest.fixture
def sign_in(personas: Personas) -> Callable[[str], Client]:
    """Signs a persona in by login and gives their browser: `sign_in("amina").get(…)`."""
    from tests.personas import signed_in

    return signed_in


@pytest.fixture
def case(personas: Personas) -> Case:
    """A file of Amina's."""
    from havre.cases.people import actions
    from havre.platform.accounts.claims import acting_as

    with acting_as(personas.amina):
        arrival = actions.Arrival(on=date(2026, 3, 12), called="Salam Haddad", in_danger="no")
        return actions.open_contact(arrival, by=personas.amina)


@pytest.fixture
def stand(personas: Personas, case: Case) -> Callable[[str], Case]:
    """Sets the state of the file as it would be found: `stand("S5")`."""
    from havre.cases.people.models import Case
    from havre.platform.accounts.claims import acting_as

    def set_state(state: str) -> Case:
        with acting_as(personas.amina):
            closed = date(2026, 6, 1) if state == "S13" else None
            Case.objects.filter(pk=case.pk).update(state=state, closed_on=closed)
            return Case.objects.get(pk=case.pk)

    return set_state


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    from havre.platform.audit.recorder import Recorder

    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said
