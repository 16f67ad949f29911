"""One person, from first contact to a follow-up call, as a newcomer walks it; each page passes axe on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import steps


@pytest.mark.parametrize(
    ("login", "language", "width"), [("amina", "en", 1280), pytest.param("gita", "fr", 390, marks=pytest.mark.long)]
)
def test_from_first_contact_to_a_follow_up_call(walk, login, language, width):
    walker = walk(login, language=language, width=width)
    steps.first_contact(walker)
    steps.consent(walker)
    steps.screening(walker)
    steps.finding(walker)
    steps.need_and_service(walker)
    named = {"en": "Emergency accommodation", "fr": "Hébergement d’urgence"}[language]
    expect(walker.page.locator("main")).to_contain_text(named)
    print(f"{walker.presses} clicks and key presses to the first service")
    assert walker.presses <= 40
    case = walker.page.url.split("/needs/")[0] + "/"
    steps.reading(walk("chloe", language=language, width=width), case)
    steps.to_follow_up(walker, case)
    steps.call(walker, case)
    walker.page.goto(case)
    walker.check()
    assert walker.faults == []
