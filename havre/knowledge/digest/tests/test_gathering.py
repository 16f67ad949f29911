"""A round reads every feed that is due; a bad one is named with its next try, and delays no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from havre.knowledge.digest import actions, gathering, sentences
from havre.knowledge.digest.models import Feed, Story
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from tests.personas import make_personas, signed_in
from tests.working import under_the_role_of_the_worker

from .web import BAD

SOME = ("drip", "laughs", "private")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    with transaction.atomic():
        return make_personas()


def feeds(people, web, *paths):
    with acting_as(people.ferdinand):
        actions.allow("127.0.0.1", by=people.ferdinand)
    with acting_as(people.chloe):
        for path in paths:
            values = {"url": web.url(path), "name": path, "source_kind": "media", "theme": "trends", "paused": False}
            actions.save_feed(None, {**values, "countries": ["SN"]}, by=people.chloe)


def gathered():
    with under_the_role_of_the_worker():
        return gathering.gather()


def stands(people):
    with acting_as(people.chloe):
        return {each.name: each for each in Feed.objects.all()}, list(Story.objects.order_by("at", "title"))


def test_bad_feeds_are_named_and_delay_no_other(people, web):
    """All twelve of `web` go the whole way in `make prove`."""
    feeds(people, web, "atom", *SOME)
    assert gathered() == 4
    found, stories = stands(people)
    assert {name: feed.fault for name, feed in found.items() if feed.fault} == {name: BAD[name] for name in SOME}
    assert [each.region for each in stories] == ["africa"]
    soon = timezone.now() + timedelta(hours=1)
    assert all((found[name].next_try < soon) is (name in BAD) for name in found)


def test_the_same_story_of_two_sources_is_a_group_and_comes_once(people, web):
    feeds(people, web, "ministry", "paper")
    gathered()
    with acting_as(people.chloe):
        Feed.objects.update(next_try=timezone.now())
    gathered()
    _found, stories = stands(people)
    assert len(stories) == 3 and len([each for each in stories if each.leader_id]) == 1
    assert [heads.get("If-None-Match") for path, heads in web.asked if path == "/ministry"] == [None, '"one"']


def test_a_feed_is_read_only_from_a_place_that_an_administrator_allows(people, web):
    feeds(people, web, "ministry")
    with acting_as(people.ferdinand):
        actions.AllowedHost.objects.all().delete()
    gathered()
    found, stories = stands(people)
    assert found["ministry"].fault == "not_allowed" and stories == [] and web.asked == []
    with acting_as(people.chloe), pytest.raises(Refused):
        actions.allow("127.0.0.1", by=people.chloe)
    with acting_as(people.ferdinand):
        actions.allow("http://127.0.0.1/x", by=people.ferdinand)
    gathered()
    assert stands(people)[0]["ministry"].fault == ""


def test_the_sources_page_names_what_is_wrong_in_one_line_and_the_next_try(people, web):
    feeds(people, web, "ministry", "private")
    gathered()
    page = signed_in("chloe").get("/knowledge/digest/sources/").content.decode()
    assert (
        str(sentences.FAULTS["not_allowed"]) not in page and "private network" in page and page.count("Next try") == 2
    )


def test_every_fault_has_a_line_of_its_own():
    codes = [*sentences.FAULTS, "status 503", "never heard of"]
    assert all(sentences.fault(code) for code in codes) and sentences.fault("") == ""
    assert "503" in sentences.fault("status 503")
