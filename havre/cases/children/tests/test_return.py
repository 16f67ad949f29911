"""No child is prepared for a return before a panel found it best, the family was assessed and a carer is sure."""

from datetime import date

import pytest

from havre.cases.children import standing
from havre.cases.people import actions as people
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

NO_PANEL = "No panel has determined that the return is best for the child."
NO_FAMILY, NO_CARER, NO_GUARDIAN = (
    "The family assessment is missing.",
    "No carer is confirmed.",
    "No guardian is named.",
)


def missing(personas, case):
    with acting_as(personas.amina):
        return standing.missing_for_return(Case.objects.get(pk=case.pk))


def go(personas, case, to):
    with acting_as(personas.amina):
        return people.move(Case.objects.get(pk=case.pk), by=personas.amina, to=to).state


@pytest.mark.parametrize("said", ["", "no", "unknown", "yes"])
def test_only_a_clear_yes_makes_a_child_accompanied(personas, case, told, said):
    told(accompanied=said)
    with acting_as(personas.amina):
        assert standing.is_unaccompanied(Case.objects.get(pk=case.pk)) is (said != "yes")


def test_everything_is_missing_at_first(personas, case):
    assert missing(personas, case) == [NO_GUARDIAN, NO_PANEL, NO_FAMILY, NO_CARER]


@pytest.mark.parametrize(
    ("found", "lacks"),
    [
        ({}, []),
        ({"outcome": "not_in_interest"}, ["The panel found that the return is not in the child’s interest."]),
        ({"outcome": "deferred"}, ["The panel has not decided about the return yet."]),
        ({"family_assessment": "unknown"}, [NO_FAMILY]),
        ({"carer_confirmed": "no"}, [NO_CARER]),
        ({"about": "separation"}, [NO_PANEL, NO_FAMILY, NO_CARER]),
    ],
)
def test_what_a_panel_found_is_read_as_it_was_found(personas, case, told, found, lacks):
    told(guardian="Me C. Okoye", found=found)
    assert missing(personas, case) == lacks
    with acting_as(personas.amina):
        assert (standing.determination(Case.objects.get(pk=case.pk)) is not None) is (not lacks)


def test_a_later_determination_takes_the_place_of_the_earlier_one(personas, case, told):
    told(guardian="Me C. Okoye", found={})
    told(found={"outcome": "deferred", "on": date(2026, 4, 2)})
    assert missing(personas, case) == ["The panel has not decided about the return yet."]


@pytest.mark.parametrize(("before", "to"), [("S7", "S8"), ("S8", "S9")])
def test_the_steps_to_a_departure_wait_and_say_what_is_missing(personas, case, stand, told, before, to):
    stand(before)
    with pytest.raises(Refused, match=r"No guardian is named.*No panel.*family assessment.*No carer"):
        go(personas, case, to)
    told(guardian="Me C. Okoye", found={})
    assert not missing(personas, case)


def test_an_age_corrected_in_mid_journey_and_back_loses_nothing(personas, case, told, aged):
    told(guardian="Me C. Okoye", found={"carer_confirmed": "no"})
    aged(25)
    assert missing(personas, case) == []
    aged(15)
    assert missing(personas, case) == [NO_CARER]


def test_an_accompanied_child_needs_the_panel_all_the_same(personas, case, told):
    told(accompanied="yes")
    assert missing(personas, case) == [NO_PANEL, NO_FAMILY, NO_CARER]
