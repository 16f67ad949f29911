"""A country out of the printer: one page of numbers however long the names, and a booklet with its pages."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import localdate

from havre.directory.tests.town import town
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work


@pytest.fixture
def tunisia(register):
    """Long names in six scripts, more numbers than one page holds."""
    with acting_as(register.chloe), at_work():
        town(register.chloe.agency, localdate(), visibility=1)


def printed(walker, kind, language):
    """The paper as the printer gets it: its pages, and its words."""
    page = walker.page
    page.goto(f"/directory/in/TN/{kind}/?lang={language}")
    walker.check()
    page.emulate_media(media="print")
    words = page.locator("body").inner_text()
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))), words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_emergency_sheet_is_one_page_day_and_night_first(walk, tunisia, language):
    walker = walk(language=language)
    pages, words = printed(walker, "emergency", language)
    title, others = {"en": ("Tunisia", "At their hours"), "fr": ("Tunisie", "À leurs heures")}[language]
    assert pages == 1 and words.index(title) < words.index("+216 00 000 000") < words.index(others)
    assert walker.faults == []


def test_the_numbers_can_be_read_from_an_arms_length(walk, tunisia):
    walker = walk()
    printed(walker, "emergency", "en")
    first = walker.page.locator(".hv-call--night .hv-call__number").first
    assert walker.page.evaluate(SMALLEST) >= 9 * 96 / 72 - 0.01
    assert first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 16 * 96 / 72 - 0.01


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_booklet_has_every_organisation_and_leaves_the_screen_behind(walk, tunisia, language):
    walker = walk(language=language)
    pages, words = printed(walker, "booklet", language)
    assert 4 <= pages <= 9
    assert words.count("+216 00 100") == 12 and "Ctrl+P" not in words
    assert not walker.page.evaluate(WIDER) and walker.faults == []


SMALLEST = """() => Math.min(...[...document.querySelectorAll(".hv-paper *")]
    .filter(one => one.textContent.trim() && one.checkVisibility())
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
WIDER = """() => [...document.querySelectorAll(".hv-booklet *")].some(one => one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).display !== "inline")"""
