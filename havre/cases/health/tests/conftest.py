"""The same file as in the tests of assistance, with Hana asked in to look after health."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from havre.cases.health import actions
from havre.cases.health.models import Fitness
from havre.platform.accounts.claims import acting_as
from havre.platform.permissions import ROLES


def let_in(owner, case, colleague, role):
    """A colleague may write in this file as far as their role reaches."""
    with acting_as(owner), connection.cursor() as cursor:
        given = [case.pk, colleague.principal, int(ROLES[role].compartments), "write", "casework", None, None]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', given)


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are read in English, whoever signed in before."""
    with translation.override("en"):
        yield


@pytest.fixture
def case(personas, case):
    """Amina's file, with Hana let in."""
    let_in(personas.amina, case, personas.hana, "health_worker")
    return case


@pytest.fixture
def say(personas, case) -> Callable[..., Fitness]:
    """Hana says whether the person may travel: `say("yes", until=date(2026, 12, 1))`."""

    def write(fit: str, *, on: date = date(2026, 11, 1), until: date | None = None, **more: Any) -> Fitness:
        values = {"fit": fit, "conditions": "", "clinician": "Dr. A. Vidal", "on": on, "valid_until": until, **more}
        with acting_as(personas.hana):
            return actions.say_fitness(case, by=personas.hana, values=values)

    return write
