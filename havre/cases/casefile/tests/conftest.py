"""A newcomer for the tests of this room."""

from __future__ import annotations

from datetime import date

import pytest

from havre.cases.casefile import names
from havre.cases.people import actions
from havre.platform.accounts.claims import acting_as


@pytest.fixture(autouse=True)
def _no_names_from_another_test():
    names.forget()
    yield
    names.forget()


@pytest.fixture
def newcomer(personas):
    """Opens a file: `newcomer("Salam", by="amina", on=…)`."""

    def open_file(called="", *, by="amina", on=None, **more):
        user = getattr(personas, by)
        with acting_as(user):
            return actions.open_contact(actions.Arrival(on=on or date.today(), called=called, **more), by=user)

    return open_file
