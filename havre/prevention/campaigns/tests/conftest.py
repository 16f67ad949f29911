"""A campaign of Chloé's, and Maya, who reviews what Chloé writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.founding import found_user
from havre.prevention.campaigns import actions
from tests.personas import PASSWORD

PLAN = {
    "title": "Ask before you sign",
    "problem": "Contracts are in a language they do not read.",
    "objective": "Half of the pupils can say what a contract must name.",
    "measure": "Ten questions before and after.",
    "due": date(2027, 6, 30),
    "country": "FR",
    "target_groups": ["schoolchildren"],
    "visibility": 1,
}
SAID = {"messages": "Read it first.\nAsk two people.", "call_to_action": "Call us.", "hotline": "0 800 000 123"}
REST = {
    "channels": ["school", "radio"],
    "languages": ["fr"],
    "begins": date(2026, 9, 1),
    "ends": date(2026, 12, 15),
    "pretest_result": "The theatre was understood.",
    "budget": Decimal(2000),
    "spent": Decimal(800),
    "currency": "EUR",
    "audience": {"female.child": 500, "male.child": 500},
}
GOOD = {"stereotypes": True, "identifiable": True, "fear": True}


@pytest.fixture
def maya(personas):
    """A second person of Chloé's agency who works on prevention."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
    made = found_user(personas.chloe.agency, "maya", "Maya P.", "prevention_officer", PASSWORD, using="default")
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_app")
    return made


@pytest.fixture
def idea(personas):
    """A campaign that is an idea."""
    with acting_as(personas.chloe):
        return actions.save(None, {"title": "Ask before you sign", "country": "FR"}, by=personas.chloe)


@pytest.fixture
def tested(personas):
    """A campaign that was tested, and that nobody has reviewed."""
    with acting_as(personas.chloe):
        row = actions.save(None, {**PLAN, **SAID, **REST}, by=personas.chloe)
        for to in ("planned", "pretest"):
            row = actions.step(row, to, by=personas.chloe)
        return row


@pytest.fixture
def live(personas, tested, maya):
    """A campaign that went live."""
    from havre.prevention.rights.actions import record

    with acting_as(maya):
        actions.review(tested, by=maya, **GOOD)
    with acting_as(personas.chloe):
        record(tested, kind="campaign", answers={"gender": "yes"}, note="", by=personas.chloe)
        return actions.step(tested, "live", by=personas.chloe)
