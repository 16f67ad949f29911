"""An editor picks stories and tells them; an issue is published when it is whole, at one address, each item once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone, translation

from havre.knowledge.digest import actions, desk, printed, rules, shown
from havre.knowledge.digest.models import Issue, Item
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale

from .news import TOLD, published, story, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def chloe(personas):
    with acting_as(personas.chloe):
        yield personas.chloe


def address():
    year, quarter = rules.quarter_of(timezone.localdate())
    return f"/digest/{year}-{quarter}/"


def test_a_story_that_was_picked_leaves_the_desk_and_its_group_with_it(chloe):
    first = story(chloe)
    second = story(chloe, "Ministry publishes list of the recruiters")
    other = story(chloe, "A ship is held in the harbour")
    assert second.leader == first
    assert desk.waiting(chloe, desk.Asked()).total == 2
    actions.pick(first, by=chloe)
    assert [each.story.pk for each in desk.waiting(chloe, desk.Asked()).groups] == [other.pk]


def test_the_desk_is_sifted_by_theme_region_and_kind(chloe):
    story(chloe, theme="policy", source_kind="media")
    story(chloe, "Etwas anderes aus Wien", countries=["AT"], theme="trends")

    def many(**asked):
        return desk.waiting(chloe, desk.Asked.of(asked)).total

    assert (many(), many(theme="policy"), many(region="europe"), many(source_kind="ngo"), many(theme="x")) == (
        2,
        1,
        1,
        0,
        2,
    )


def test_the_same_link_comes_once_and_a_story_stands_in_one_issue(chloe):
    one = story(chloe)
    with pytest.raises(Refused, match="already"):
        story(chloe)
    actions.pick(one, by=chloe)
    with pytest.raises(Refused, match="already"):
        actions.pick(one, by=chloe)


def test_what_was_put_aside_comes_back_and_a_group_can_be_parted(chloe):
    one, other = story(chloe), story(chloe, "Ministry publishes list of the recruiters")
    actions.put_aside(one, by=chloe)
    assert desk.waiting(chloe, desk.Asked()).total == 0 and desk.waiting(chloe, desk.Asked(aside=True)).total == 1
    actions.put_aside(one, aside=False, by=chloe)
    actions.part(other, by=chloe)
    assert desk.waiting(chloe, desk.Asked()).total == 2


def test_words_of_the_source_are_refused_and_a_late_editor_sees_both(chloe):
    source = "The ministry publishes the names of 212 licensed recruitment agencies, and a form to report the others."
    item = actions.pick(story(chloe, summary=source), by=chloe)
    with pytest.raises(Refused, match="own words"):
        actions.save_item(item, {**TOLD, "abstract_en": source}, by=chloe)
    actions.save_item(item, TOLD, by=chloe, version=1)
    with pytest.raises(Stale):
        actions.save_item(item, TOLD, by=chloe, version=1)


def test_an_issue_that_is_not_whole_is_not_published(chloe):
    item = actions.pick(story(chloe), by=chloe)
    assert [each.state for each in shown.conditions(item.issue)] == ["yes", "no", "no"]
    with pytest.raises(Refused):
        actions.publish(item.issue, by=chloe)
    actions.save_item(item, TOLD, by=chloe)
    assert {each.state for each in shown.conditions(item.issue)} == {"yes"}


def test_a_published_issue_is_read_by_everybody_in_both_languages_and_sets_no_cookie(personas):
    published(personas.chloe)
    for spoken, title, theme in (("en", "A list of recruiters", "Policy and law"), ("fr", "Une liste", "Politiques")):
        page = Client().get(address() + f"?in={spoken}")
        assert page.status_code == 200 and title in page.content.decode() and theme in page.content.decode()
        assert not page.cookies and page.headers["Referrer-Policy"] == "no-referrer"
        text = Client().get(f"{address()}text/?in={spoken}").content.decode()
        assert title in text and "https://m.example/" in text and "{{" not in text
        assert "Chloé" not in page.content.decode() + text
    assert "<entry>" in Client().get("/digest/feed.xml").content.decode()
    for page in ("/digest/", "/digest/subscribe/"):
        assert not Client().get(page).cookies


def test_a_draft_is_not_found_by_anybody_else(personas):
    with acting_as(personas.chloe):
        issue = told(personas.chloe).issue
    assert Client().get(address()).status_code == 404
    with acting_as(personas.boris):
        assert not Issue.objects.exists() and not Item.objects.exists()
        with pytest.raises(Refused):
            actions.publish(issue, by=personas.boris)


def test_what_is_published_is_corrected_and_not_taken_back(personas):
    item = published(personas.chloe)
    with acting_as(personas.chloe):
        item = Item.objects.get(pk=item.pk)
        actions.save_item(item, {**TOLD, "title_en": "A better title"}, by=personas.chloe)
        with pytest.raises(Refused):
            actions.drop(item, by=personas.chloe)
        with pytest.raises(Refused):
            actions.publish(item.issue, by=personas.chloe)
    page = Client().get(address() + "?in=en").content.decode()
    assert "A better title" in page and "corrected" in page


def test_another_agency_does_not_publish_beside_the_one_that_does(personas):
    published(personas.chloe)
    with acting_as(personas.boris):
        item = told(personas.boris, "Quite another thing is told")
        with pytest.raises(Refused, match="Maison Balise"):
            actions.publish(item.issue, by=personas.boris)


def test_what_the_digest_says_of_a_country(personas):
    published(personas.chloe)
    with translation.override("fr"):
        assert [each.title for each in shown.of_country("SN")] == ["Une liste de recruteurs"]
        assert shown.of_country("FR") == []


def test_the_text_is_in_chapters(chloe):
    item = told(chloe)
    text = printed.text(item.issue, "en")
    assert text.index("POLICY AND LAW") < text.index("Africa") < text.index("* A list of recruiters")
