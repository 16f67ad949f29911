"""A conference of Chloé's that concluded something, its plan with an action that is late, an agreement."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate

from havre.platform.accounts.claims import acting_as
from havre.prevention.events import actions
from tests.personas import signed_in


def days(number):
    return localdate() + timedelta(days=number)


@pytest.fixture
def chloe(personas, refusals):
    return signed_in("chloe")


@pytest.fixture
def boris(personas, refusals):
    return signed_in("boris")


@pytest.fixture
def told(personas):
    """What Chloé's agency wrote; partners see it."""
    by = personas.chloe
    with acting_as(by):
        event = actions.save_event(None, {"title": "Fair fees", "begins": days(-40), "ends": days(-38)}, by=by)
        concluded = actions.conclude(event, "Nobody pays a fee.", by=by)
        plan = actions.save_plan(None, {"title": "Who does what", "country": "NG", "event": event}, by=by)
        what = {"what": "Write it into the law", "due": days(-9), "responsible": "Legal unit", "conclusion": concluded}
        action = actions.save_action(None, plan, what, by=by)
        signed = {"state": "signed", "signed_on": days(-300), "until": days(20), "partner": "A house"}
        agreement = actions.save_partnership(None, {"title": "Care there and here", **signed}, by=by)
    return SimpleNamespace(event=event, concluded=concluded, plan=plan, action=action, agreement=agreement)
