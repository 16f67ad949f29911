"""A campaign from idea to evaluation: one writes, another reviews, everybody reads, and what came of it is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate
from playwright.sync_api import expect

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.founding import found_user
from havre.prevention.campaigns.models import Campaign
from tests.personas import PASSWORD

from .conftest import Walker, at_both_widths

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language, width", [("en", 1280), pytest.param("fr", 390, marks=pytest.mark.long)])
SAVE, NEXT = ".hv-savebar .hv-btn--go", "#next .hv-btn--go"
PLAN = {
    "title": "Ask before you sign · اسأل قبل التوقيع",
    "problem": "Contracts are in a language they do not read.",
    "objective": "Half of the pupils can say what a contract must name.",
    "measure": "Ten questions before and after.",
    "due": (localdate() + timedelta(days=90)).isoformat(),
}
PEOPLE = {"audience-female-child": "500", "pretest_result": "The theatre was understood."}
WORDS = {"messages": "Read it first.\nAsk two people.", "call_to_action": "Call us.", "hotline": "0 800 000 123"}
WORK = {"begins": localdate().isoformat(), "ends": PLAN["due"], "budget": "2000", "spent": "800"}
DONE = {"title": "Theatre on market day", "on": localdate().isoformat(), "place": "Lyon", "people-female-child": "160"}


@pytest.fixture
def maya(register):
    """A second supervisor, who works on prevention too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        return found_user(register.chloe.agency, "maya", "Maya P.", "supervisor", PASSWORD, using="default")


def written(walker: Walker, path: str, values: dict[str, str], *ticks: str) -> None:
    """A part of the campaign, filled in and saved."""
    walker.page.goto(path)
    for name, value in values.items():
        walker.fill(walker.page.locator(f"[name='{name}']"), value)
    for box in ticks:
        walker.page.locator(box).check()
    if "hotline" in values:
        walker.page.locator("[name=languages_0]").select_option("fr")
    walker.check()
    walker.click(walker.page.locator(SAVE))
    walker.page.wait_for_url(lambda address: not address.endswith(path))


def stands(register, status: str) -> Campaign:
    """The campaign, which stands at this step."""
    with acting_as(register.chloe):
        return Campaign.objects.get(status=status)


def step(walker: Walker, where: str) -> None:
    """A step on, pressed on the campaign's page, where nothing is missing."""
    walker.page.goto(where)
    expect(walker.page.locator("#next .is-no")).to_have_count(0)
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(NEXT))


@BOTH
def test_a_campaign_from_idea_to_evaluation(walk, register, maya, language, width):
    chloe = walk("chloe", language=language, width=width)
    chloe.page.goto("/prevention/campaigns/new/?country=FR")
    written(chloe, "/prevention/campaigns/new/?country=FR", PLAN, "[name=visibility][value='0']")
    where = f"/prevention/campaigns/{stands(register, 'idea').pk}/"
    expect(chloe.page.locator("#next .is-no")).to_have_count(1)
    chloe.check()
    written(chloe, f"{where}edit/people/", PEOPLE, "[name=target_groups][value=schoolchildren]")
    step(chloe, where)
    written(chloe, f"{where}edit/words/", WORDS, "[name=channels][value=theatre]")
    written(chloe, f"{where}edit/work/", WORK)
    step(chloe, where)
    written(chloe, f"{where}rights/", {}, "[name=gender][value=yes]", "[name=health][value=yes]")
    reviewed(walk("maya", language=language, width=width), where)
    asked(chloe, where, language)
    everybody(walk("", language=language, width=width), stands(register, "live"))
    counted(chloe, where)
    assert stands(register, "evaluated").lessons == "Come twice."
    assert chloe.faults == []


def reviewed(maya: Walker, where: str) -> None:
    """Somebody who did not write it reviews it; then it goes live."""
    written(maya, f"{where}harm/", {}, "[name=stereotypes]", "[name=identifiable]", "[name=fear]")
    step(maya, where)
    assert maya.faults == []


def asked(chloe: Walker, where: str, language: str) -> None:
    """A survey of this campaign is begun from its page and stands there; its own journey goes on from here."""
    chloe.page.goto(where)
    chloe.click(chloe.page.locator("#came a[href*='/surveys/of/']"))
    chloe.click(chloe.page.locator(".hv-head .hv-btn--go"))
    chloe.fill(chloe.page.locator(f"[name=title-{language}]"), "What a contract must say")
    chloe.click(chloe.page.locator(SAVE))
    chloe.page.wait_for_url(lambda address: "/new/" not in address)
    chloe.page.goto(where)
    chloe.click(chloe.page.locator("#came a[href*='/surveys/of/']"))
    expect(chloe.page.get_by_text("What a contract must say")).to_be_visible()
    chloe.check()


def everybody(eve: Walker, campaign: Campaign) -> None:
    """Everybody reads it, and gets no cookie."""
    eve.page.context.clear_cookies()
    eve.page.goto(f"/campaign/{campaign.pk}/")
    at_both_widths(eve)
    expect(eve.page.get_by_text("0 800 000 123")).to_be_visible()
    assert eve.page.context.cookies() == [] and eve.faults == []


def counted(chloe: Walker, where: str) -> None:
    """What was done is counted, stands on calendar, map and paper; what was learnt is said."""
    written(chloe, f"{where}output/", DONE)
    chloe.check()
    for page in ("calendar/", "map/", "summary/"):
        chloe.page.goto(f"{where}{page}")
        chloe.check()
        assert chloe.page.evaluate("document.documentElement.scrollWidth") <= chloe.page.viewport_size["width"]
    step(chloe, where)
    written(chloe, f"{where}edit/work/", {"lessons": "Come twice."})
    step(chloe, where)
    chloe.check()
