"""The plan as the file shows it: unmet needs first, then services, and always that help depends on nothing."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from havre.cases.assistance import actions
from havre.cases.assistance.panels import panel
from havre.platform.accounts.claims import acting_as


@pytest.fixture
def shown(personas, case):
    def render() -> str:
        with acting_as(personas.amina):
            case.refresh_from_db()
            return render_to_string("assistance/panel.html", {**panel(case), "user": personas.amina})

    return render


def test_without_needs_it_says_what_to_do(shown):
    assert "No need is written down yet." in shown() and "Write down needs" in shown()


def test_a_need_without_help_is_named_with_the_way_to_mend_it(personas, case, shown):
    with acting_as(personas.amina):
        need = actions.add_need(case, by=personas.amina, code="legal")
    assert "Need not met" in shown() and f"?need={need.pk}" in shown()


def test_a_service_stands_with_whom_it_is_and_what_comes_next(personas, case, shown):
    with acting_as(personas.amina):
        values = {"code": "SHELTER_TRANS", "status": "active", "provider": "Maison Balise", "due": date(2020, 3, 30)}
        actions.add_service(case, by=personas.amina, values=values)
    parts = ("Transitional shelter", "Maison Balise", "2020", "Review was due", "Help never depends")
    assert [part for part in parts if part not in shown()] == []


def test_a_closed_file_offers_nothing_to_write(stand, shown):
    stand("S13")
    assert "Write down needs" not in shown()
