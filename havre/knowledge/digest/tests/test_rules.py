"""The same link and the same story are told again; quarters, regions and pauses; whose words an abstract is in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from havre.knowledge.digest import rules


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://www.a.example/x/?utm_source=rss&b=2&a=1#top", "http://a.example/x?a=1&b=2"),
        ("https://A.example:443/index.html", "https://a.example"),
        ("https://a.example/%C3%A9t%C3%A9", "https://a.example/été"),
    ],
)
def test_links_that_lead_to_the_same_are_one(one, other):
    assert rules.key_of(one) == rules.key_of(other)


def test_links_that_lead_elsewhere_are_two():
    assert len({rules.key_of(f"https://a.example/{each}") for each in ("x", "y", "x?id=1", "x?id=2", "X")}) == 5
    assert rules.key_of("") == "" and rules.key_of("", "urn:1") != rules.key_of("urn:1")


@pytest.mark.parametrize(
    "other, same",
    [
        ("Ministry publishes list of the recruiters", True),
        ("MINISTRY PUBLISHES THE LIST OF RECRUITERS!", True),
        ("Labour ministry publishes the list of licensed recruiters", True),
        ("Ministry publishes the list of inspectors who were named in Dakar this week", False),
        ("Ministry", False),
        ("Le ministère publie la liste", False),
    ],
)
def test_titles_of_nearly_the_same_words_tell_the_same(other, same):
    one = rules.title_key("Ministry publishes the list of recruiters")
    assert rules.alike(one, rules.title_key(other)) is same
    assert rules.leader_of(one, [("a", "a ship"), ("b", rules.title_key(other))]) == ("b" if same else None)


def test_the_name_of_the_paper_at_the_end_is_no_part_of_a_title():
    long = "Ministry publishes the list of recruiters that it has licensed"
    assert rules.title_key(f"{long} - The Coast Post") == rules.title_key(long)


def test_a_feed_that_fails_is_tried_later_and_later_and_once_a_day_at_least():
    pauses = [rules.pause(failures) for failures in (0, 1, 2, 3, 7, 1000)]
    hours = [each / timedelta(hours=1) for each in pauses]
    assert hours == [3, 0.5, 1, 2, 24, 24]


def test_a_quarter_has_its_days_and_late_news_goes_into_the_one_that_is_open():
    assert rules.days_of(2026, 4) == (date(2026, 10, 1), date(2027, 1, 1))
    assert {rules.quarter_of(date(2026, month, 28)) for month in (10, 11, 12)} == {(2026, 4)}
    today = date(2027, 1, 5)
    assert rules.wanted(date(2026, 12, 30), today) == (2026, 4)
    assert rules.wanted(date(2019, 5, 1), today) == rules.wanted(None, today) == (2027, 1)


def test_countries_of_one_region_are_that_region_and_others_the_world():
    found = [rules.region_of(each) for each in (["SN", "TN"], ["SN", "FR"], [], ["XX"])]
    assert found == ["africa", "world", "world", "world"]


def test_an_abstract_is_in_other_words_than_its_source():
    source = "The ministry publishes the names of 212 licensed recruitment agencies, and a form to report others. " * 2
    assert not rules.is_own(source[:120], source) and not rules.is_own(f"New: {source[:90]}", source)
    told = "Whoever is offered work abroad can now look up whether the agency has a licence, and report one without."
    assert rules.is_own(told, source) and rules.is_own("", source) and rules.is_own(told, "")
