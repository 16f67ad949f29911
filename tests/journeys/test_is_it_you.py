"""What reaches far asks again who it is: a touch or a code, and the form that was sent goes on as it was."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from playwright.sync_api import expect

from havre.cases.people.actions.opening import open_case
from havre.platform.accounts.claims import acting_as
from tests import harness
from tests.journeys.conftest import Walker
from tests.journeys.steps import said
from tests.journeys.test_the_door import authenticator, touch
from tests.personas import PASSWORD, with_app

pytestmark = pytest.mark.browser
GO = "main .hv-btn--go"
WHY = "Rapport « annuel » – تقرير 🙂"


@pytest.fixture
def somebody(register):
    """One person in the care of the house, so that there is a register to take out."""
    with acting_as(register.amina):
        open_case(by=register.amina, on=date(2026, 3, 12), state="S0")
    return register


def time_passes() -> None:
    """More than ten minutes since they showed who they are."""
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        owner.execute(
            "update accounts_session set confirmed = confirmed - interval '11 minutes' where kind = 'browser'"
        )


def send(walker: Walker, what: str) -> None:
    """Presses it and waits for the page that comes."""
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(what))
    walker.check()


def asked(walker: Walker) -> None:
    """The page in between, with what was sent kept in it."""
    expect(walker.page.locator("h1")).to_have_text(said(walker, "Is it you?"))
    kept = said(walker, "What you just sent is kept in this page and goes on afterwards.")
    expect(walker.page.get_by_text(kept)).to_be_visible()


def in_the_midst(walker: Walker) -> None:
    """The form of the register, filled in; then somebody else could sit before the screen."""
    walker.page.goto("/people/export/")
    walker.check()
    walker.page.fill("[name=why]", WHY)
    walker.page.locator("label:has(input[name=kind][value=csv])").click()
    time_passes()
    send(walker, GO)
    asked(walker)


def sent_on(walker: Walker) -> None:
    """It was taken as it had been typed."""
    expect(walker.page.locator("h1")).to_have_text(said(walker, "The file is being prepared"))
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        assert owner.execute("select kind, many from exchange_registerexport").fetchall() == [("csv", 1)]


def test_a_touch_sends_the_form_on(walk, somebody):
    walker = walk("", language="en", width=1280)
    authenticator(walker.page)
    walker.page.fill("[name=login]", "chloe")
    walker.page.fill("[name=password]", PASSWORD)
    with walker.page.expect_navigation():
        walker.page.press("[name=password]", "Enter")
    send(walker, "form[data-passkey] button")
    send(walker, GO)
    in_the_midst(walker)
    touch(walker)
    walker.check()
    sent_on(walker)


def test_password_and_code_send_it_on_and_a_wrong_code_loses_nothing(walk, somebody):
    app = with_app(somebody.chloe)
    walker = walk("chloe", language="fr", width=390)
    in_the_midst(walker)
    for code in ("000000", app.code()):
        asked(walker)
        walker.page.fill("[name=password]", PASSWORD)
        walker.page.fill("[name=code]", code)
        with walker.page.expect_navigation():
            walker.page.press("[name=code]", "Enter")
        walker.check()
    sent_on(walker)
