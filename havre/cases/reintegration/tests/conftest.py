"""The same file as in the tests of assistance, at reintegration, with a grant, an enterprise and a survey to be put."""

from datetime import date
from decimal import Decimal

import pytest

from havre.cases.reintegration import actions
from havre.platform.accounts.claims import acting_as

GRANT = {"kind": "RI_MICRO", "title": "Sewing workshop", "amount": Decimal(1800), "currency": "EUR"}
PARTS = [
    {"purpose": "machine and cloth", "amount": Decimal(900), "due": date(2026, 7, 1)},
    {"purpose": "rent of the stall", "amount": Decimal(500), "due": date(2026, 10, 1)},
]
SENT = {
    "kind": "RI_MICRO",
    "title": "Sewing workshop",
    "amount": "1800",
    "currency": "EUR",
    "purpose_1": "machine and cloth",
    "amount_1": "900",
    "due_1": "2026-07-01",
    "purpose_2": "rent of the stall",
    "amount_2": "500",
    "due_2": "2026-10-01",
}


def page(case, *more):
    return "/".join(["", "people", case.reference, *map(str, more), ""])


@pytest.fixture
def grant(personas, case):
    with acting_as(personas.amina):
        return actions.add_grant(case, by=personas.amina, values=GRANT, parts=PARTS)


@pytest.fixture
def enterprise(personas, case):
    with acting_as(personas.amina):
        values = {"sector": "sewing", "plan": "Dresses for weddings.", "started_on": date(2026, 7, 14)}
        return actions.add_enterprise(case, by=personas.amina, values=values)


@pytest.fixture
def survey(personas, case):
    with acting_as(personas.amina):
        return actions.begin_survey(case, by=personas.amina, contact="M0", on=date(2026, 6, 4))
