"""How life goes as the overview of a file shows it: only when something stands."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from havre.cases.reintegration import actions
from havre.cases.reintegration.panels import panel
from havre.cases.reintegration.survey import items
from havre.cases.screening.rules.interview import Said
from havre.platform.accounts.claims import acting_as


@pytest.fixture
def shown(personas, case):
    def render() -> str:
        with acting_as(personas.amina):
            case.refresh_from_db()
            return " ".join(render_to_string("reintegration/panel.html", panel(case)).split())

    return render


def test_before_there_is_something_there_is_nothing_to_show(stand, shown):
    stand("S6")
    assert shown() == ""


def test_at_reintegration_it_leads_to_the_page(stand, case, shown):
    stand("S11")
    assert f"/people/{case.reference}/reintegration/" in shown() and "Nothing is written down yet." in shown()


def test_a_grant_stands_with_its_sums_and_the_next_instalment(grant, shown):
    assert "Paid 0 of 1,800 EUR" in shown() and "The next instalment is due on" in shown()


def test_a_missing_receipt_is_said(personas, grant, shown):
    with acting_as(personas.amina):
        actions.pay(grant.instalments.select_related("grant").get(seq=1), by=personas.amina, on=date(2026, 7, 3))
    assert "Paid 900 of 1,800 EUR" in shown() and "One receipt is missing" in shown()


def test_a_score_stands_with_its_band(personas, survey, shown):
    with acting_as(personas.amina):
        said = {
            each.code: Said("answered", ("poor",)) for each in items("social") if each.options[0].code == "very_good"
        }
        actions.save_survey(survey, by=personas.amina, dimension="social", sent=said, version=0)
    assert "0.25 · High need" in shown() and "Provisional" in shown()
