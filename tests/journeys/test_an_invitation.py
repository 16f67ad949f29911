"""An administrator invites somebody and moves a caseload on; the secret of the link is in no request but the form's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from havre.platform.accounts.models import User

pytestmark = pytest.mark.browser
PASSWORD = "a lantern on the pier"


@pytest.fixture
def link(walk) -> str:
    """Ferdinand invites Juno, in two pages that pass axe."""
    ferdinand = walk("ferdinand")
    page = ferdinand.page
    page.goto("/accounts/")
    ferdinand.check()
    page.get_by_role("link", name="Invite a colleague").click()
    ferdinand.check()
    page.get_by_label("Name", exact=True).fill("Juno P.")
    page.get_by_label("Login").fill("juno")
    page.get_by_text("Caseworker ·").click()
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The invitation is ready")
    ferdinand.check()
    assert ferdinand.faults == []
    return page.get_by_label("Link").input_value()


def opened(chromium, link, *, script=True):
    """The link in a browser of somebody who has never been here, and everything that it asks the server for."""
    context = chromium.new_context(locale="en", java_script_enabled=script)
    context.set_default_timeout(10_000)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request))
    page.goto(link.replace("127.0.0.1", "localhost"))
    return page, asked


def choose(page):
    """Chooses a password."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Choose this password").click()
    expect(page.get_by_role("heading")).to_have_text("Your account is ready")


def test_the_secret_leaves_the_address_at_once_and_is_in_no_request_but_the_form(chromium, link):
    secret = link.partition("#")[2]
    page, asked = opened(chromium, link)
    assert secret not in page.url and not page.get_by_label("Your invitation").is_visible()
    page.get_by_role("button", name="Français").click()
    page.get_by_role("button", name="English").click()
    choose(page)
    assert not [each.url for each in asked if secret in each.url.partition("#")[0]]
    assert not [each.url for each in asked if secret in str(each.headers)]
    assert [each.url for each in asked if secret in (each.post_data or "")] == [page.url]
    assert User.objects.get(login="juno").is_active
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Login").fill("juno")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password needs a second key")


def test_without_script_the_link_is_pasted(chromium, link):
    page, _asked = opened(chromium, link, script=False)
    page.get_by_label("Your invitation").fill(link)
    choose(page)
