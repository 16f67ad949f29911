"""A survey is built on its pages, answered on a telephone without an account, and its evaluation is read."""

from __future__ import annotations

import pytest

from havre.platform.accounts.claims import acting_as
from havre.prevention.surveys.models import Answer

from .conftest import Walker

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language, width", [("en", 1280), pytest.param("fr", 390, marks=pytest.mark.long)])
QUESTIONS = (("knowledge", "The hotline is free."), ("attitude", "I would ask first."), ("practice", "I have it."))


def built(chloe: Walker, language: str) -> None:
    """Title, three questions, open."""
    chloe.page.goto("/prevention/surveys/new/")
    chloe.fill(chloe.page.locator(f"[name=title-{language}]"), "Work abroad · العمل في الخارج")
    chloe.click(chloe.page.locator("[name=pairing]"))
    chloe.check()
    chloe.click(chloe.page.locator(".hv-savebar .hv-btn--go"))
    for kind, text in QUESTIONS:
        chloe.click(chloe.page.locator(f"a[href$='/items/{kind}/']"))
        chloe.fill(chloe.page.locator(f"[name=text-{language}]"), text)
        if kind == "knowledge":
            chloe.click(chloe.page.locator("[name=right][value=true]"))
            chloe.check()
        chloe.click(chloe.page.locator(".hv-savebar .hv-btn--go"))
    chloe.page.locator("[name=act][value=open]").wait_for()
    chloe.check()
    chloe.click(chloe.page.locator("[name=act][value=open]"))
    chloe.page.locator("[name=act][value=close]").wait_for()


def shared(chloe: Walker) -> str:
    """A link, as the page and the poster show it."""
    chloe.click(chloe.page.locator(".hv-tabs a[href$='/share/']"))
    chloe.click(chloe.page.locator("aside .hv-btn--go"))
    address = chloe.page.locator(".hv-links__way").get_attribute("href")
    chloe.check()
    chloe.click(chloe.page.locator("a[href$='/poster/']"))
    chloe.page.wait_for_url("**/poster/")
    chloe.check()
    assert address
    return address


@BOTH
def test_from_the_first_question_to_the_evaluation(walk, register, language, width):
    chloe = walk("chloe", language=language, width=width)
    built(chloe, language)
    address = shared(chloe)
    answered(walk, address, language)
    with acting_as(register.chloe):
        (one,) = Answer.objects.all()
        assert one.answers == {"K1": True, "A1": 4} and one.person and not one.sex
    chloe.page.goto("/prevention/surveys/")
    chloe.check()
    chloe.click(chloe.page.locator(".hv-surveys__way"))
    for part in ("answers", "results", "load"):
        chloe.click(chloe.page.locator(f".hv-tabs a[href$='/{part}/']"))
        chloe.page.wait_for_url(f"**/{part}/")
        chloe.check()
        assert chloe.page.evaluate("document.documentElement.scrollWidth") <= width
    chloe.page.go_back()
    chloe.click(chloe.page.locator("a[href$='/evaluation/']"))
    chloe.page.wait_for_url("**/evaluation/")
    chloe.check()
    assert chloe.faults == []


def answered(walk, address: str, language: str) -> None:
    """A stranger's telephone: no cookie, no script and one answer."""
    phone = walk("", language=language, width=390, script=False)
    phone.page.context.clear_cookies()
    phone.page.goto(address)
    phone.click(phone.page.locator("[name=q-K1][value=true]"))
    phone.click(phone.page.locator("[name=q-A1][value='4']"))
    phone.fill(phone.page.locator("[name=code]"), "ab 12 c")
    phone.click(phone.page.locator(".hv-btn--go"))
    phone.page.wait_for_url("**/thanks/**how=kept")
    assert phone.page.context.cookies() == []
    seen = walk("", language=language, width=390)
    seen.page.goto(address)
    seen.check()
