"""From the choice to the handover; back again at any step; a child on the way; who comes from abroad."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from havre.cases.assistance.wanted import countries
from havre.cases.children.models import BestInterest, Circumstances, Guardian
from havre.cases.people import actions as people
from havre.cases.people.actions.move import PROOFS
from havre.cases.people.models import CaseMove
from havre.cases.returns import actions, panels, standing
from havre.cases.returns.models import ReturnJourney, TravelDocument, TravelLeg
from havre.platform.audit.actions import Refused, Stale

from .conftest import BODY, CHOICE, leaves, leg


def arrive(build, journey, hours=6):
    at = leaves() + timedelta(hours=hours)
    version = ReturnJourney.objects.get(pk=journey.pk).version
    return actions.arrive(journey, by=build.by, version=version, at=at, zone="Africa/Lagos", values={})


@pytest.fixture
def child(build):
    """A child who came alone, with a guardian and a panel's decision."""
    build.grow(15)
    build.put(Circumstances, accompanied="no")
    build.put(Guardian, name="Mrs Ama", appointed_on=date(2026, 3, 12))
    found = {"family_assessment": "yes", "carer_confirmed": "yes", "outcome": "in_interest", "panel_size": 3}
    build.put(BestInterest, kind="determination", about="return", on=date(2026, 3, 12), **found)
    return build


def test_each_act_takes_the_file_to_its_step(build):
    journey = build.all()
    assert build.state == "S8"
    build.depart(journey)
    arrive(build, journey)
    assert build.state == "S10"
    journey.refresh_from_db()
    met = {"handover_on": timezone.localdate(), "handover_to": "A. Bello", "onward": ""}
    actions.hand_over(journey, by=build.by, version=journey.version, values=met)
    assert build.state == "S11" and standing.arrived_on(build.case) == leaves().date()
    assert list(CaseMove.objects.order_by("at").values_list("to_state", flat=True))[-5:] == [
        *("S7", "S8", "S9", "S10", "S11")
    ]


def test_who_stays_goes_on_with_help(build):
    journey = build.choose()
    actions.choose(build.case, by=build.by, values={**CHOICE, "option": "stay", "destination": ""})
    assert build.state == "S6" and standing.journey(build.case) is None
    assert ReturnJourney.objects.get(pk=journey.pk).option == "return"


@pytest.mark.parametrize("state", ["S0", "S3", "S5", "S9", "S10", "S13"])
def test_the_choice_has_its_time(build, state):
    build.stand(state)
    with pytest.raises(Refused):
        actions.choose(build.case, by=build.by, values=CHOICE)


def test_on_the_eve_of_travel_the_choice_is_taken_back_and_nothing_is_lost(build):
    journey = actions.end(build.all(), by=build.by, on=timezone.localdate(), withdrawn=True, reason="My sister is ill.")
    assert build.state == "S6" and standing.journey(build.case) is None
    assert (TravelLeg.objects.count(), TravelDocument.objects.count()) == (1, 1)
    assert standing.to_tell(build.case) == journey and journey.cancel_reason == "My sister is ill."
    actions.tell(journey, by=build.by, on=timezone.localdate())
    assert standing.to_tell(build.case) is None
    assert build.choose().number == 2


def test_without_a_word_too(build):
    actions.end(build.choose(), by=build.by, on=timezone.localdate(), withdrawn=True)
    assert build.state == "S6" and standing.to_tell(build.case) is None


def test_a_journey_called_off_leaves_the_wish(build):
    actions.end(build.all(), by=build.by, on=timezone.localdate(), withdrawn=False)
    assert build.state == "S7"


def test_on_the_way_it_is_called_off_and_after_the_arrival_nothing_is(build):
    journey = build.depart(build.all())
    with pytest.raises(Refused, match="left already"):
        actions.end(journey, by=build.by, on=timezone.localdate(), withdrawn=True)
    arrive(build, journey)
    with pytest.raises(Refused, match="has arrived"):
        actions.end(journey, by=build.by, on=timezone.localdate(), withdrawn=False)


def test_a_journey_called_off_on_the_way_may_be_chosen_again(build):
    journey = build.depart(build.all())
    actions.end(journey, by=build.by, on=timezone.localdate(), withdrawn=False)
    assert build.state == "S7" and standing.journey(build.case) is None


def test_who_set_out_and_came_back_plans_anew_with_the_same_wish(build):
    first = build.depart(build.all())
    people.move(build.case, by=build.by, to="S8", reason="The flight was cancelled.")
    assert panels.Preparation(build.case, first).trip.came_back
    second = actions.again(first, by=build.by)
    assert (second.receiving, second.declared_on, second.departed_at) == (BODY, date(2026, 3, 13), None)
    assert first.legs.count() == 1 and second.legs.count() == 0


def test_an_arrival_before_the_departure_is_refused(build):
    journey = build.depart(build.all())
    with pytest.raises(Refused, match="after the departure"):
        arrive(build, journey, hours=-1)


def test_somebody_else_changed_the_journey(build):
    journey = build.choose()
    build.place(journey)
    with pytest.raises(Stale) as stale:
        actions.place(journey, by=build.by, version=1, values={"receiving": "Another"})
    assert stale.value.theirs["receiving"] == BODY


def test_a_child_goes_home_after_a_panel_with_guardian_assent_and_escort(child):
    journey = child.all("declare", "way")
    assert child.state == "S8"
    child.declare(journey, guardian_on=date(2026, 3, 13), assent=True)
    child.way(journey, escort="social")
    assert child.depart(journey).departed_at


def test_a_child_alone_never_travels_without_an_escort(child):
    journey = child.all("declare")
    child.declare(journey, guardian_on=date(2026, 3, 13), assent=True)
    with pytest.raises(Refused, match="An unaccompanied child never travels alone: on leg 1"):
        child.depart(journey)


def test_nor_on_one_leg_of_two(child):
    journey = child.all("declare", "way")
    child.declare(journey, guardian_on=date(2026, 3, 13), assent=True)
    child.way(journey, escort="social")
    before = actions.save_leg(journey, by=child.by, values=leg(leaves() - timedelta(hours=4), 2, escort="none"))
    with pytest.raises(Refused, match="never travels alone: on leg 1"):
        child.depart(journey)
    with_aunt = leg(leaves() - timedelta(hours=4), 2, escort="family")
    actions.save_leg(journey, by=child.by, values=with_aunt, leg=before, version=before.version)
    assert child.depart(journey).departed_at


@pytest.mark.parametrize(("assent", "sentence"), [(False, "own agreement"), (None, "own agreement")])
def test_a_child_who_does_not_wish_it_does_not_go(child, assent, sentence):
    journey = child.all("declare", "way")
    child.way(journey, escort="social")
    child.declare(journey, guardian_on=date(2026, 3, 13), assent=assent)
    with pytest.raises(Refused, match=sentence):
        child.depart(journey)


def test_a_child_without_a_panel_keeps_the_choice_and_waits(build):
    build.grow(15)
    journey = build.choose()
    assert build.state == "S7" and standing.journey(build.case) == journey
    assert not panels.Preparation(build.case, journey).can_prepare
    with pytest.raises(Refused, match="No panel has determined"):
        people.move(build.case, by=build.by, to="S8")


def test_an_age_corrected_and_corrected_back_is_followed_at_each_look(build):
    journey = build.all()
    build.grow(15)
    with pytest.raises(Refused, match="No panel has determined"):
        build.depart(journey)
    build.grow(25)
    assert build.depart(journey).departed_at


def test_somebody_on_the_way_who_turns_out_to_be_a_child_loses_nothing(build):
    journey = build.depart(build.all())
    build.grow(15)
    shown = panels.Preparation(build.case, journey)
    assert shown.child_on_the_way and build.state == "S9"
    build.stand("S1", before="S9")
    people.move(build.case, by=build.by, to="S9")
    arrive(build, journey)
    assert build.state == "S10"


def test_a_body_abroad_hands_somebody_over(build):
    assert not PROOFS["handover"](build.case)
    actions.receive_from_abroad(build.case, by=build.by, on=date(2026, 3, 12), sending_body="Casa Abierta")
    assert PROOFS["handover"](build.case) and standing.arrived_on(build.case) == date(2026, 3, 12)


def test_help_is_looked_for_where_somebody_returns_to(build, personas):
    with translation.override("en"):
        journey = build.choose()
        assert [(each.code, each.label) for each in countries(build.case, personas.amina)][1:] == [("NG", "return")]
        actions.end(journey, by=build.by, on=timezone.localdate(), withdrawn=True)
        assert [each.code for each in countries(build.case, personas.amina)] == ["FR"]
