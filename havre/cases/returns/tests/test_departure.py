"""Nobody leaves while anything is missing, and the refusal says what. What holds is told apart from what does not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from havre.cases.assistance.models import Risk
from havre.cases.people import actions as people
from havre.cases.returns import actions, standing
from havre.cases.returns.models import ReturnJourney, TravelLeg
from havre.cases.returns.panels import Preparation
from havre.platform.audit.actions import Refused

from .conftest import leaves, leg

BLOCKS = [
    ("declare", "The declaration is not signed."),
    ("place", "No receiving body is named."),
    ("way", "The way is not written down."),
    ("share", "The person’s agreement to tell the receiving body is missing."),
    ("risk", "The risk of the return is not assessed."),
    ("fit", "Fitness to travel is not confirmed through the arrival."),
    ("paper", "No paper in hand holds through the arrival."),
]


def test_with_everything_there_the_person_leaves(build):
    journey = build.depart(build.all())
    assert (build.state, journey.due_at) == ("S9", leaves() + timedelta(hours=5))


@pytest.mark.parametrize(("left_out", "sentence"), BLOCKS)
def test_one_thing_missing_keeps_the_person_here(build, left_out, sentence):
    journey = build.all(left_out)
    with pytest.raises(Refused, match=sentence):
        build.depart(journey)
    journey.refresh_from_db()
    assert (build.state, journey.departed_at) == ("S8", None)
    missing = [each.title for each in Preparation(build.case, journey).conditions if each.state != "yes"]
    assert sentence in missing


@pytest.mark.parametrize(("left_out", "sentence"), BLOCKS)
def test_and_the_step_is_refused_on_every_other_way(build, left_out, sentence):
    build.all(left_out)
    with pytest.raises(Refused, match=sentence):
        people.move(build.case, by=build.by, to="S9")
    assert build.state == "S8"


def test_nobody_travels_by_a_step_alone(build):
    build.all()
    with pytest.raises(Refused, match="The departure is not written down"):
        people.move(build.case, by=build.by, to="S9")


def test_a_high_risk_waits_for_a_supervisor(build):
    journey = build.all("risk")
    build.risk(likelihood=5)
    with pytest.raises(Refused, match="The risk of the return is high"):
        build.depart(journey)


def test_and_goes_on_with_a_written_word(build):
    journey = build.all("risk")
    written = {"override_by": build.by, "override_on": timezone.localdate(), "override_reason": "She knows it."}
    build.put(Risk, about="return", threat="Debt", likelihood=5, impact=4, owner=build.by, **written)
    assert build.depart(journey).departed_at


@pytest.mark.parametrize(("days", "leaves_now"), [(0, True), (-1, False)])
def test_papers_and_fitness_hold_through_the_day_of_arrival(build, days, leaves_now):
    journey = build.all("paper", "fit")
    until = (leaves() + timedelta(hours=5)).date() + timedelta(days=days)
    build.paper(until)
    build.fit(until)
    if leaves_now:
        assert build.depart(journey).departed_at
    else:
        with pytest.raises(Refused, match=r"No paper in hand .* Fitness to travel"):
            build.depart(journey)


def test_a_body_that_did_not_answer_receives_nobody(build):
    journey = build.all("place")
    build.place(journey, receiving="Maison Tremplin", receiving_confirmed_on=None)
    with pytest.raises(Refused, match="has not confirmed yet"):
        build.depart(journey)


def test_a_consent_taken_back_at_the_last_minute_counts(build):
    journey = build.all()
    talk = people.Talk(on=timezone.localdate())
    people.record_consent(
        build.case, by=build.by, talk=talk, decisions=[people.Decision("share", "withdrawn", "Maison Tremplin")]
    )
    with pytest.raises(Refused, match="agreement to tell the receiving body"):
        build.depart(journey)


def test_without_a_word_of_what_was_explained_the_choice_is_not_informed(build):
    journey = build.choose(points="")
    with pytest.raises(Refused, match="what was explained before the choice"):
        build.depart(journey)


def test_a_departure_to_come_is_not_written_down(build):
    journey = build.all()
    with pytest.raises(Refused, match="has not come yet"):
        actions.depart(journey, by=build.by, version=journey.version, at=leaves(2), zone="Europe/Paris")


def test_legs_that_overlap_are_refused(build):
    journey = build.all()
    for departs in (leaves() + timedelta(hours=5), leaves() - timedelta(hours=1), leaves() + timedelta(hours=1)):
        with pytest.raises(Refused, match="would not arrive before the next one departs"):
            actions.save_leg(journey, by=build.by, values=leg(departs))
    actions.save_leg(journey, by=build.by, values=leg(leaves() - timedelta(hours=9), 3))
    assert list(TravelLeg.objects.order_by("departs_at").values_list("seq", flat=True)) == [1, 2]


def test_a_leg_that_arrives_before_it_departs_is_refused_by_the_act(build):
    with pytest.raises(Refused, match="arrives before it departs"):
        actions.save_leg(build.choose(), by=build.by, values=leg(leaves(), -1))


def test_and_by_the_database(build):
    build.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        TravelLeg.objects.update(arrives_at=leaves() - timedelta(hours=1))


def test_no_two_journeys_stand_side_by_side(build):
    first = build.choose()
    second = actions.choose(build.case, by=build.by, values={"option": "relocate", "points": "FREE"})
    assert standing.journey(build.case) == second and second.supersedes == first
    with pytest.raises(Refused, match="This journey has ended"):
        build.declare(first)
    assert ReturnJourney.objects.count() == 2
