"""The same file as in the tests of assistance, at follow-up, with its calls planned."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from havre.cases.followup import actions
from havre.cases.followup.models import FollowUp
from havre.platform.accounts.claims import acting_as


@pytest.fixture
def called(personas, case):
    """The first call of a file, planned for today."""
    with acting_as(personas.amina):
        return actions.plan_calls(case, by=personas.amina, days={"M1": localdate()})[0]


@pytest.fixture
def tried(personas, called):
    """Writes down tries of earlier days: `tried((1, "call"), (2, "sms"))` of June."""

    def write(*some: tuple[int, str], result: str = "no_answer") -> FollowUp:
        with acting_as(personas.amina):
            for day, means in some:
                call = FollowUp.objects.get(pk=called.pk)
                attempt = actions.Try(date(2026, 6, day), means, result)
                actions.record_call(call, by=personas.amina, version=call.version, attempt=attempt, told={})
            return FollowUp.objects.get(pk=called.pk)

    return write
