"""A digest from feed to archive: a source is named and allowed, a story picked and told, an issue read and mailed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from havre.knowledge.digest.tests.news import drafted
from havre.knowledge.digest.tests.web import served
from havre.platform.notices.tests.post import office
from tests.working import start

from .conftest import Walker
from .steps import box, field, fields, go, save, shows

pytestmark = pytest.mark.browser


@pytest.fixture
def post(monkeypatch, live_server):
    with office() as there:
        told = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(there.port), "MAIL_TLS": "none", "DEMO": "1"}
        told |= {"MAIL_FROM": "Havre <havre@office.example>", "FETCH_LOOPBACK": "1"}
        for name, value in {**told, "URL": live_server.url.replace("127.0.0.1", "localhost")}.items():
            monkeypatch.setenv(f"HAVRE_{name}", value)
        yield there


def link(post, what: str) -> str:
    """The last address of that kind in the last mail."""
    text = next(each for each in post.mails()[-1].walk() if each.get_content_type() == "text/plain")
    return str(re.findall(rf"http\S+/digest/{what}\S+", text.get_payload(decode=True).decode())[-1])


def source(chloe: Walker, ferdinand: Walker, address: str) -> None:
    """The editor names a feed, the administrator lets its place be read."""
    go(chloe, "a[href='/knowledge/digest/']")
    go(chloe, "a[href='/knowledge/digest/sources/']")
    go(chloe, "a[href$='/sources/new/']")
    fields(chloe, url=address, name="Ministry · وزارة")
    chloe.click(box(chloe, "source_kind", "government"))
    chloe.click(box(chloe, "theme", "policy"))
    save(chloe)
    ferdinand.page.goto("/knowledge/digest/places/")
    ferdinand.check()
    field(ferdinand, "name", "127.0.0.1")
    with ferdinand.page.expect_navigation():
        ferdinand.click(ferdinand.page.locator("aside .hv-btn--go"))
    ferdinand.check()


def subscribes(ada: Walker) -> None:
    """Somebody without an account wants it."""
    ada.page.goto("/digest/subscribe/")
    ada.check()
    field(ada, "address", "ada@quay.example")
    with ada.page.expect_navigation():
        ada.click(ada.page.locator(".hv-btn--go"))
    ada.check()


def confirms(ada: Walker, address: str) -> None:
    ada.page.goto(address)
    ada.check()
    with ada.page.expect_navigation():
        ada.click(ada.page.locator(".hv-btn--go"))
    assert "/thanks/subscribed/" in ada.page.url


def tells(chloe: Walker) -> None:
    """What came is picked, and told in both languages."""
    chloe.page.goto("/knowledge/digest/")
    chloe.check()
    with chloe.page.expect_navigation():
        chloe.click(chloe.page.locator("form[action$='/pick/'] button"))
    go(chloe, "aside a[href*='/issues/']")
    go(chloe, ".hv-digest__item:has(.hv-badge--sand) a[href*='/items/']")
    told = {"title_en": "A list of recruiters", "title_fr": "Une liste de recruteurs"}
    fields(chloe, **told, abstract_en="Anybody can look one up.", abstract_fr="On peut vérifier chacun.")
    save(chloe)


def publishes(chloe: Walker) -> None:
    with chloe.page.expect_navigation():
        chloe.click(chloe.page.locator("form[action$='/publish/'] button"))
    chloe.check()


@pytest.mark.parametrize("language, width", [pytest.param("en", 1280, marks=pytest.mark.long), ("fr", 390)])
def test_from_feed_to_archive(walk, register, post, language, width):
    drafted(register.chloe, "Another story stands there")
    chloe, ferdinand = (walk(each, language=language, width=width) for each in ("chloe", "ferdinand"))
    ada = walk("", language=language, width=width)
    ada.page.context.clear_cookies()
    with served() as web:
        chloe.page.goto("/knowledge/")
        source(chloe, ferdinand, web.url("ministry"))
        subscribes(ada)
        assert start("--once").wait(60) == 0
    confirms(ada, link(post, "confirm"))
    tells(chloe)
    publishes(chloe)
    assert start("--once").wait(60) == 0
    ada.page.goto("/digest/")
    ada.check()
    go(ada, "main a[href^='/digest/20']")
    expect(ada.page.locator("main")).to_contain_text("Une liste" if language == "fr" else "A list")
    assert ada.page.context.cookies() == [] and ada.page.evaluate("document.documentElement.scrollWidth") <= width
    ada.page.goto(link(post, "leave"))
    ada.check()
    shows(ada, "Stop these mails?")
    assert chloe.faults == ferdinand.faults == ada.faults == []
