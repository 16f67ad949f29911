"""The overview of a file says in two lines where the readings and the assessments stand."""

from datetime import date

from django.template.loader import render_to_string

from havre.cases.assessment import actions
from havre.cases.assessment.actions import Found
from havre.cases.assessment.panels import panel
from havre.platform.accounts.claims import acting_as


def shown(case):
    return render_to_string("assessment/panel.html", {"case": case, **panel(case)})


def test_it_says_what_is_still_missing(personas, case):
    with acting_as(personas.amina):
        text = shown(case)
    assert "no reading kept yet" in text and "not assessed yet" in text


def test_it_says_what_was_kept_and_when_somebody_looked_last(personas, case, answers):
    answers(F07="ExcessiveWorkingHours;WithholdsDocuments", F05=("", "0"))
    with acting_as(personas.amina):
        actions.keep_reading(case, by=personas.amina, profile="adult_labour")
        found = {"ind_debt": Found("yes", 2)}
        day = date(2025, 3, 14)
        actions.assess(case, by=personas.amina, level="individual", on=day, found=found, version=0)
        text = shown(case)
    assert "Points to exploitation" in text and "assessed 14 March 2025" in text
