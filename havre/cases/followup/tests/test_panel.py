"""The calls as the file shows them."""

import pytest
from django.template.loader import render_to_string

from havre.cases.followup.panels import panel
from havre.platform.accounts.claims import acting_as


@pytest.fixture
def shown(personas, case):
    def render() -> str:
        with acting_as(personas.amina):
            case.refresh_from_db()
            return render_to_string("followup/panel.html", {**panel(case), "user": personas.amina})

    return render


def test_before_follow_up_there_is_nothing_to_show(stand, shown):
    stand("S6")
    assert shown().strip() == ""


def test_at_follow_up_it_leads_to_planning_the_calls(stand, shown):
    case = stand("S12")
    assert "Plan the calls" in shown() and f"/people/{case.reference}/follow-up/" in shown()


def test_planned_calls_stand_with_their_window(called, shown):
    assert "First follow-up call" in shown() and "Between" in shown()
