"""What comes out of the printer: the summary is one A4 page however long the file, and each copy begins a page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from havre.cases.assistance import actions as assistance
from havre.cases.people import actions as people
from havre.cases.people.actions import Decision, Talk
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as

NAME = "سلام بنت عبد الرحمن حدّاد"
NUMBER, BED = "+33612345678", "Villa Abri"
LONG = "Association d’accueil et d’accompagnement des personnes, antenne du quartier du Vieux-Port "


@pytest.fixture
def long_file(register):
    """Everything a file can hold, with long names, a safe number and a bed."""
    amina = register.amina
    with acting_as(amina):
        contact = {"kind": "mobile", "value": NUMBER, "safe": True, "code_word": "The library"}
        arrival = people.Arrival(
            on=date(2026, 3, 12), called="سلام بنت عبد الرحمن حدّاد", language="ar", contact=contact
        )
        case = people.open_contact(arrival, by=amina)
        for code in list(load("needs"))[:12]:
            assistance.add_need(case, by=amina, code=code, goal="To sleep without the light on. " * 6)
        for code in list(load("services"))[:24]:
            given = {"code": code, "status": "active", "due": date(2026, 12, 20)}
            given["provider"] = BED if code.startswith("SHELTER") else LONG * 2
            assistance.add_service(case, by=amina, values=given)
        told = Talk(on=date(2026, 3, 12), points=list(load("consent_points")), language="ar", interpreter=True)
        said = [Decision(code, "given") for code in load("consent_scopes") if code != "share"]
        said += [Decision("share", "given", f"{LONG}{number}") for number in range(8)]
        people.record_consent(case, by=amina, talk=told, decisions=said)
    return case


def printed(walker, case, kind, language, copies=1):
    """The paper as the printer gets it: its pages, and its words with everything that is only for the screen away."""
    page = walker.page
    page.goto(f"/people/{case.reference}/papers/{kind}/")
    for name, value in (("reason", "hearing"), ("language", language), ("copies", copies)):
        page.check(f"input[name={name}][value='{value}']")
    page.click("form.hv-card button.hv-btn--go")
    page.wait_for_url("**/copy/*/")
    walker.check()
    expect(page.locator("[data-print]")).to_be_visible()
    page.emulate_media(media="print")
    words = page.locator("body").inner_text()
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="screen")
    return pages, words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_summary_is_one_page_and_says_no_number_and_no_place(walk, long_file, language):
    pages, words = printed(walk(language=language), long_file, "summary", language)
    assert pages == 1
    assert NAME in words and not [each for each in (NUMBER, "The library", BED, "Amina D.\nQuick") if each in words]


def test_each_copy_begins_a_page_and_the_frame_of_the_screen_stays_behind(walk, long_file):
    walker = walk()
    pages, words = printed(walker, long_file, "summary", "en", copies=3)
    assert pages == 3 and words.count("Confidential.") == 3
    assert words.removeprefix("Skip to the page").strip().startswith("Confidential.") and "Quick exit" not in words
    assert walker.faults == []


@pytest.mark.parametrize("kind", ["consent", "plan"])
def test_no_paper_has_a_number_or_a_place(walk, long_file, kind):
    pages, words = printed(walk(), long_file, kind, "en")
    assert pages >= 1 and not [each for each in (NUMBER, "The library", BED, "Who saw") if each in words]
