"""Somebody in Amina's care, and the forms of the pages as a browser sends them."""

import re
import uuid

import pytest

from havre.cases.people import actions
from havre.kernel.dates import date
from havre.platform.accounts.claims import acting_as


@pytest.fixture
def case(personas):
    """Salam, who called and can be reached by telephone."""
    arrival = actions.Arrival(
        on=date(2026, 3, 12),
        called="Salam",
        in_danger="no",
        language="ar",
        contact={"kind": "mobile", "value": "+33612345678", "safe": True},
        note="Came with her sister.",
    )
    with acting_as(personas.amina):
        return actions.open_contact(arrival, by=personas.amina)


@pytest.fixture
def amina(sign_in):
    """Amina's browser."""
    return sign_in("amina")


@pytest.fixture
def url(case):
    """The address of a page about Salam."""
    return lambda name: f"/people/{case.reference}/{name}/"


def token():
    """A form token of its own."""
    return str(uuid.uuid4())


def field(answer, name):
    """The value of an input on a page."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]*? value="([^"]*)"', answer.content.decode())
    return found.group(1) if found else None


def text(answer):
    """The page as it reads, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
