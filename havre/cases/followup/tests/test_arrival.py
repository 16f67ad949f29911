"""Nobody is called before they arrived, and the calls of somebody who went home count from the arrival."""

from datetime import UTC, date, datetime

import pytest

from havre.cases.followup import actions, panels
from havre.cases.followup.models import FollowUp
from havre.cases.returns.models import ReturnJourney
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work

ARRIVED = datetime(2026, 6, 4, 14, tzinfo=UTC)


@pytest.fixture
def journey(personas, case):
    """Writes down a journey of the person: `journey(arrived_at=…)`."""

    def write(**times):
        with acting_as(personas.amina), at_work():
            row = ReturnJourney(case=case, by=personas.amina, option="return", destination="SN", **times)
            row.save()
            return row

    return write


def page(case):
    return f"/people/{case.reference}/follow-up/"


def test_the_calls_count_from_the_arrival(sign_in, personas, stand, case, journey):
    journey(arrived_at=ARRIVED, arrived_zone="Africa/Dakar")
    stand("S11")
    with acting_as(personas.amina):
        days = {each.code: each.on for each in panels.proposed(case, "given")}
        assert (days["M0"], days["M3"]) == (date(2026, 6, 4), date(2026, 9, 4))
    shown = sign_in("amina").get(page(case)).content.decode()
    assert "counted from the arrival on" in shown


def test_a_call_before_the_arrival_is_refused_with_its_day(personas, case, journey):
    journey(arrived_at=ARRIVED, arrived_zone="Africa/Dakar")
    with acting_as(personas.amina), pytest.raises(Refused, match="The person arrived on"):
        actions.plan_calls(case, by=personas.amina, days={"M0": date(2026, 6, 3)})


@pytest.mark.parametrize("state", ["S8", "S9"])
def test_on_the_way_nothing_is_planned(sign_in, personas, stand, case, journey, state, refusals):
    journey(due_at=datetime(2026, 12, 2, 9, tzinfo=UTC))
    stand(state)
    days = {"M0": "2026-12-03", "M1": "2027-01-03", "M3": "2027-03-03", "M6": "2027-06-03", "M12": "2027-12-03"}
    answer = sign_in("amina").post(page(case), days)
    assert answer.status_code == 422 and "once the arrival is written down" in refusals[0] and "2026" in refusals[0]
    with acting_as(personas.amina):
        assert not FollowUp.objects.filter(case=case).exists()


def test_a_try_before_the_arrival_is_refused(personas, called, journey):
    journey(arrived_at=ARRIVED, arrived_zone="Africa/Dakar")
    with acting_as(personas.amina), pytest.raises(Refused, match="Follow-up begins on that day"):
        attempt = actions.Try(date(2026, 6, 3), "call", "reached")
        actions.record_call(called, by=personas.amina, version=1, attempt=attempt, told={})


def test_without_a_journey_the_calls_count_as_before(personas, stand, case):
    stand("S12")
    with acting_as(personas.amina):
        assert panels.anchor(case) == date.today()
        assert actions.plan_calls(case, by=personas.amina, days={"M0": date.today()})
