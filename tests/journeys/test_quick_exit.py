"""Somebody must leave at once: neither back, nor forward, nor the address shows again what was on the screen."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Error, Page

from havre.cases.people import actions as people
from havre.platform.accounts.claims import acting_as
from tests import harness

WAYS = ("button", "escape")
CALLED = "Salam Haddad"


@pytest.fixture
def case(register):
    """A file of Amina's."""
    with acting_as(register.amina):
        arrival = people.Arrival(on=localdate() - timedelta(days=3), called=CALLED, in_danger="no")
        return people.open_contact(arrival, by=register.amina)


def enter(walk, case, **more) -> Page:
    """Amina has looked at her people, and at this person."""
    page = walk("amina", csp=True, **more).page
    page.goto("/people/")
    page.goto(f"/people/{case.reference}/")
    assert CALLED in page.content()
    return page


def leave(page: Page, way: str) -> None:
    if way == "button":
        page.locator(".hv-exit").first.click(no_wait_after=True)
    else:
        for _ in range(3):
            page.keyboard.press("Escape")


def sessions() -> int:
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as admin:
        return admin.execute("select count(*) from accounts_session where kind = 'browser'").fetchone()[0]


def shows_nothing(page: Page, case) -> None:
    page.wait_for_load_state()
    seen = page.content().replace(f"/people/{case.reference}/", "")  # where the door would lead on to
    assert CALLED not in seen and case.reference not in seen
    assert case.reference not in page.title()


def tries_every_way_back(page: Page, case) -> None:
    for way in (page.go_back, page.reload, page.go_forward, page.go_back, page.go_back, page.reload):
        way()
        shows_nothing(page, case)
    page.goto(f"/people/{case.reference}/")
    shows_nothing(page, case)
    assert "/signin/" in page.url


@pytest.mark.parametrize("way", WAYS)
def test_there_is_no_way_back(walk, case, way):
    page = enter(walk, case)
    before = page.evaluate("history.length")
    leave(page, way)
    page.wait_for_url("**/weather/")
    assert page.evaluate("history.length") == before  # the file's entry was replaced
    assert page.title() == "Weather today"
    page.wait_for_function("1")
    tries_every_way_back(page, case)
    assert sessions() == 0


def test_there_is_no_way_back_without_script(walk, case):
    page = enter(walk, case, script=False)
    leave(page, "button")
    page.wait_for_url("**/weather/")
    tries_every_way_back(page, case)
    assert sessions() == 0


@pytest.mark.parametrize("way", WAYS)
def test_there_is_no_way_back_though_the_line_was_cut_when_somebody_left(walk, case, way):
    """The server has not heard of it, so the session stands; the browser's next request ends it."""
    page = enter(walk, case)
    page.context.set_offline(True)
    leave(page, way)
    page.wait_for_timeout(500)
    shows_nothing(page, case)
    with pytest.raises(Error):  # there is no line: nothing comes
        page.go_back()
    page.wait_for_timeout(500)
    shows_nothing(page, case)
    assert sessions() == 1
    page.context.set_offline(False)
    page.goto(f"/people/{case.reference}/")
    shows_nothing(page, case)
    assert "/signin/" in page.url and sessions() == 0
    tries_every_way_back(page, case)


def test_what_was_open_in_another_window_is_not_shown_anew(walk, case):
    page = enter(walk, case)
    other = page.context.new_page()
    other.goto(f"/people/{case.reference}/")
    leave(page, "escape")
    page.wait_for_url("**/weather/")
    other.reload()
    shows_nothing(other, case)
