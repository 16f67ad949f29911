"""Fixtures of every test: the database, the personas, and somebody signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from tests import harness

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.personas import Personas


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
    from tests.personas import PASSWORD

    def enter(login: str) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        answer = client.post("/signin/", {"login": login, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return enter
