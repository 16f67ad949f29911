"""A training from the invitation to a certificate that anybody checks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from havre.platform.accounts.claims import acting_as
from havre.platform.notices.tests.post import office
from havre.prevention.training.tests.conftest import course, session
from tests.working import start

from .conftest import Walker
from .steps import box, boxes, fields, go, pick, save, shows

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language, width", [pytest.param("en", 1280, marks=pytest.mark.long), ("fr", 390)])
GO = ".hv-head__end .hv-btn--go"


@pytest.fixture
def post(monkeypatch, live_server):
    with office() as there:
        told = {"HOST": "127.0.0.1", "PORT": str(there.port), "FROM": "Havre <havre@office.example>", "TLS": "none"}
        for name, value in told.items():
            monkeypatch.setenv(f"HAVRE_MAIL_{name}", value)
        monkeypatch.setenv("HAVRE_URL", live_server.url.replace("127.0.0.1", "localhost"))
        yield there


def invited(chloe: Walker, register, language: str) -> str:
    """A session of today, and somebody invited to it."""
    with acting_as(register.chloe):
        signs = session(course(register.chloe), register.chloe, begins=0, days=1, language=language)
    where = f"/training/session/{signs.pk}/"
    chloe.page.goto(where)
    chloe.check()
    go(chloe, GO)
    fields(chloe, name="Ève Rémond", mail="eve@quay.example")
    save(chloe)
    shows(chloe, "no mail is set up here")  # of the server that shows the page; the worker has one
    return where


def accepted(walk, post, language: str, width: int) -> None:
    """The mail goes out, and Ève says on its page that she comes."""
    assert start("--once").wait(60) == 0
    (mail,) = post.mails()
    (address,) = re.findall(r"http://\S+", mail.get_payload(decode=True).decode())
    eve = walk("", language=language, width=width)
    eve.page.context.clear_cookies()  # of the door, where a walk begins
    eve.page.goto(address)
    eve.check()
    assert "Rémond" not in eve.page.content() and eve.page.context.cookies() == []
    pick(eve, "role", "police")
    eve.click(box(eve, "sex", "female"))
    eve.click(eve.page.locator(".hv-btn--go"))
    eve.page.wait_for_url("**/thanks/**")
    eve.check()
    assert eve.faults == []


def held(chloe: Walker, where: str) -> None:
    """Who came, what they learned, and what they say."""
    chloe.page.goto(where)
    shows(chloe, "comes")
    go(chloe, "a[href$='/attendance/']")
    chloe.click(chloe.page.locator("main input[type=checkbox]").first)
    save(chloe)
    go(chloe, "a[href$='/tests/']")
    fields(chloe, top="20")
    for name, mark in (("pre-", "8"), ("post-", "14")):
        chloe.fill(chloe.page.locator(f"[name^='{name}']"), mark)
    save(chloe)
    assert "50" in chloe.page.locator(".hv-levels").inner_text()
    go(chloe, "a[href$='/reaction/']")
    boxes(chloe, "relevance=5", "satisfaction=4")
    save(chloe)


def certified(chloe: Walker, where: str) -> str:
    """The certificate on paper; its code."""
    chloe.page.goto(f"{where}certificates/")
    chloe.check()
    save(chloe)
    go(chloe, "main a[href^='/training/certificate/']")
    expect(chloe.page.locator(".hv-certificate__name")).to_have_text("Ève Rémond")
    code = str(chloe.page.locator(".hv-certificate .hv-ref").text_content())
    for page in ("/training/matrix/", "/training/cards/"):
        chloe.page.goto(page)
        chloe.check()
    return code


@BOTH
def test_a_training_from_invitation_to_checked_certificate(walk, register, post, language, width):
    chloe = walk("chloe", language=language, width=width)
    where = invited(chloe, register, language)
    accepted(walk, post, language, width)
    held(chloe, where)
    code = certified(chloe, where)
    anybody = walk("", language=language, width=width)
    anybody.page.context.clear_cookies()
    anybody.page.goto("/certificate/")
    anybody.check()
    fields(anybody, code=code.lower())
    go(anybody, "main .hv-btn--go")
    shows(anybody, "This certificate is good")
    assert "Rémond" not in anybody.page.content() and anybody.page.context.cookies() == []
    fields(anybody, name="remond ève")
    go(anybody, "main form button")
    shows(anybody, "The name is the one on the certificate")
    anybody.page.goto("/certificate/BBBB-CCCC-DDDD-FFFF/")
    shows(anybody, "No certificate is told under this code.")
    assert chloe.faults == [] and len(anybody.faults) <= 1  # that nothing was found stands in the console
