"""A passkey is made, signs in, unlocks on the same field; an app and a recovery code do where there is none."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from havre.platform.accounts import factors
from havre.platform.accounts.claims import acting_as
from tests.journeys.conftest import Walker
from tests.journeys.steps import said
from tests.personas import PASSWORD, with_app

pytestmark = pytest.mark.browser
WORDS = "Elle dit : « ça reste » – سلام 🙂"
LANGUAGES = [("en", 1280), ("fr", 390)]
GO = "main .hv-btn--go"


def authenticator(page: Page) -> None:
    """A device with a sensor that recognises its owner, as Chromium plays it."""
    spoken = page.context.new_cdp_session(page)
    spoken.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    owner = {"isUserVerified": True, "automaticPresenceSimulation": True}
    spoken.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **owner}})


def knock(walker: Walker) -> None:
    """Login and password, as for the last time."""
    walker.page.fill("[name=login]", "amina")
    walker.page.fill("[name=password]", PASSWORD)
    with walker.page.expect_navigation():
        walker.page.press("[name=password]", "Enter")
    walker.check()


def make_passkey(walker: Walker) -> None:
    """The page that comes before all others; then the codes, shown once."""
    expect(walker.page.locator("h1")).to_have_text(said(walker, "Your password needs a second key"))
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("form[data-passkey] button"))
    walker.check()
    assert walker.page.locator(".hv-recovery li").count() == 10
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(GO))


def touch(walker: Walker) -> None:
    """One press, one touch."""
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("form[data-passkey] button"))


@pytest.mark.parametrize("language, width", LANGUAGES)
def test_whoever_comes_first_makes_a_passkey_and_never_types_again(walk, language, width):
    walker = walk("", language=language, width=width)
    authenticator(walker.page)
    walker.check()
    knock(walker)
    make_passkey(walker)
    walker.check()
    walker.page.goto("/me/")
    walker.check()
    with walker.page.expect_navigation():
        walker.page.locator("form[action='/signout/'] button").first.click()
    walker.presses = 0
    touch(walker)
    assert walker.page.url.endswith("/") and walker.presses == 1
    assert walker.faults == [] or all("423" in fault or "422" in fault for fault in walker.faults)


@pytest.mark.parametrize("language, width", LANGUAGES)
def test_a_quiet_screen_locks_and_a_touch_returns_to_the_field_with_what_was_typed(walk, language, width, register):
    walker = walk("", language=language, width=width)
    page = walker.page
    authenticator(page)
    knock(walker)
    make_passkey(walker)
    page.clock.install()
    page.goto("/people/new/")
    page.fill("[name=called]", WORDS)
    page.clock.fast_forward("16:00")
    expect(page.locator("h1")).to_have_text(said(walker, "The screen is locked"))
    walker.check()
    touch(walker)
    expect(page.locator("[name=called]")).to_have_value(WORDS)
    expect(page.locator("[name=called]")).to_be_focused()
    with acting_as(register.amina):
        assert [each.kind for each in factors.of(register.amina)].count(factors.PASSKEY) == 1


@pytest.mark.parametrize("language, width", LANGUAGES)
def test_without_a_passkey_the_code_of_an_app_does(walk, language, width, register):
    app = with_app(register.amina)
    walker = walk("", language=language, width=width, script=language == "en")
    knock(walker) if language == "en" else knock_without_script(walker)
    walker.page.fill("[name=code]", "000000")
    walker.page.press("[name=code]", "Enter")
    wrong = said(walker, "This code is not right, or it was used before. Wait for the next one that your app shows.")
    expect(walker.page.locator("[role=alert]")).to_have_text(wrong)
    walker.page.fill("[name=code]", app.code())
    walker.page.press("[name=code]", "Enter")
    walker.page.wait_for_url("**/")
    expect(walker.page.locator("a[href='/people/new/']").first).to_be_visible()


def knock_without_script(walker: Walker) -> None:
    """As `knock`, where axe cannot look."""
    walker.page.fill("[name=login]", "amina")
    walker.page.fill("[name=password]", PASSWORD)
    walker.page.press("[name=password]", "Enter")


def test_a_recovery_code_lets_in_once(walk, register):
    walker = walk("")
    page = walker.page
    authenticator(page)
    knock(walker)
    with page.expect_navigation():
        page.click("form[data-passkey] button")
    code = page.locator(".hv-recovery li").first.inner_text()
    page.click(GO)
    for expected in ("/", "/unlock/"):
        page.context.clear_cookies()
        page.goto("/signin/")
        knock(walker)
        page.fill("[name=code]", code)
        with page.expect_navigation():
            page.press("[name=code]", "Enter")
        assert re.sub(r"^https?://[^/]*", "", page.url) == expected
