"""A campaign goes one step at a time, and goes live only after somebody else said that it does no harm."""

import pytest
from django.db import DatabaseError, transaction

from havre.directory.tests.cards import card
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale, at_work
from havre.prevention.campaigns import actions
from havre.prevention.campaigns.models import Campaign, HarmReview
from havre.prevention.rights.actions import record

from .conftest import GOOD, PLAN


def step(row, to, by):
    return actions.step(row, to, by=by)


def test_what_a_step_needs_is_asked_for(personas, idea):
    with acting_as(personas.chloe):
        with pytest.raises(Refused):
            step(idea, "planned", personas.chloe)
        planned = step(actions.save(idea, PLAN, by=personas.chloe), "planned", personas.chloe)
        assert planned.status == "planned"
        with pytest.raises(Refused):
            step(planned, "live", personas.chloe)


def test_it_goes_live_after_both_reviews_and_not_before(personas, tested, maya):
    with acting_as(personas.chloe), pytest.raises(Refused):
        step(tested, "live", personas.chloe)
    with acting_as(maya):
        actions.review(tested, by=maya, **GOOD)
        with pytest.raises(Refused):
            step(tested, "live", maya)
        record(tested, kind="campaign", answers={"gender": "yes"}, note="", by=maya)
        assert step(tested, "live", maya).status == "live"


def test_its_author_does_not_review_it(personas, tested):
    with acting_as(personas.chloe), pytest.raises(Refused):
        actions.review(tested, by=personas.chloe, **GOOD)


@pytest.mark.parametrize("by, free", [("chloe", GOOD), ("maya", {**GOOD, "fear": False})])
def test_the_database_refuses_what_no_other_person_passed(personas, tested, maya, by, free):
    user = maya if by == "maya" else personas.chloe
    with acting_as(user), at_work():
        # Whoever else it is signed with: the database writes the name of whoever makes it.
        HarmReview.objects.create(campaign=tested, owner=tested.owner, by=maya, **free)
        with pytest.raises(DatabaseError), transaction.atomic():
            Campaign.objects.filter(pk=tested.pk).update(status="live")


def test_words_changed_after_the_review_are_reviewed_again(personas, tested, maya):
    with acting_as(maya):
        actions.review(tested, by=maya, **GOOD)
    with acting_as(personas.chloe), at_work():
        changed = actions.save(tested, {"messages": "Be afraid."}, by=personas.chloe)
        with pytest.raises(DatabaseError), transaction.atomic():
            Campaign.objects.filter(pk=changed.pk).update(status="live")


def test_what_a_live_campaign_says_stays(personas, live):
    with acting_as(personas.chloe):
        with pytest.raises(Refused):
            actions.save(live, {"messages": "Something else."}, by=personas.chloe)
        with at_work(), pytest.raises(DatabaseError), transaction.atomic():
            Campaign.objects.filter(pk=live.pk).update(messages="Something else.")
        assert actions.save(live, {"lessons": "Come twice."}, by=personas.chloe).lessons == "Come twice."


def test_of_two_who_change_it_the_later_sees_both(personas, idea, maya):
    with acting_as(personas.chloe):
        actions.save(idea, {"area": "Lyon"}, by=personas.chloe, version=1)
    with acting_as(maya), pytest.raises(Stale) as stale:
        actions.save(idea, {"area": "Grenoble"}, by=maya, version=1)
    assert stale.value.theirs == {"area": "Lyon"} and stale.value.who == personas.chloe.name


def test_another_agency_reads_and_does_not_write(personas, tested):
    with acting_as(personas.boris):
        assert Campaign.objects.get(pk=tested.pk).title == PLAN["title"]
        with pytest.raises(Refused):
            actions.save(tested, {"area": "Marseille"}, by=personas.boris)


def test_a_partner_that_leaves_the_directory_leaves_the_campaign(personas, tested):
    with acting_as(personas.boris):
        house = card(personas.boris)
    with acting_as(personas.chloe):
        actions.join(tested, house, does="Opens its hall", by=personas.chloe)
    with acting_as(personas.boris), at_work():
        house.delete()
    with acting_as(personas.chloe):
        assert not tested.partners.exists()
