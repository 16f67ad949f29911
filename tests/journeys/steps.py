"""The steps that journeys share: each is walked as a newcomer would, and each page passes axe on the way."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.journeys.conftest import Walker

NEXT = ".hv-head__end .hv-btn--go"
SAVE = ".hv-savebar .hv-btn--go"


def box(walker: Walker, name: str, value: str = "") -> Locator:
    """The box with words that stands for one value of a field, or for a tick."""
    which = f"[value='{value}']" if value else ""
    return walker.page.locator(f"label:has(input[name='{name}']{which})").first


def save(walker: Walker) -> None:
    """Sends the form and waits for the page it leads to."""
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(SAVE))
    walker.check()


def go(walker: Walker, what: str) -> None:
    """Follows a link."""
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(what).first)
    walker.check()


def first_contact(walker: Walker) -> None:
    walker.check()
    go(walker, "a[href='/people/new/']")
    walker.click(box(walker, "in_danger", "no"))
    walker.fill(walker.page.locator("[name=value]"), "+33 6 39 98 00 01")
    walker.fill(walker.page.locator("[name=called]"), "سلام حدّاد")
    walker.click(box(walker, "gender", "Feminine"))
    save(walker)


def consent(walker: Walker) -> None:
    go(walker, NEXT)
    walker.click(box(walker, "all_points"))
    for scope in ("interview", "data", "assistance"):
        walker.click(box(walker, scope, "given"))
    save(walker)


def screening(walker: Walker) -> None:
    go(walker, NEXT)
    walker.click(box(walker, "private_and_safe", "yes"))
    walker.click(box(walker, "emergency", "no"))
    save(walker)
    for letter, answers in (("A", []), ("C", []), ("D", [("D02", 0)]), ("E", []), ("F", [("F07", 3)]), ("G", [])):
        assert f"/screening/{letter}/" in walker.page.url
        for item, option in answers:
            walker.click(walker.page.locator(f"#{item} .hv-q__body label.hv-opt").nth(option))
        save(walker)


def finding(walker: Walker) -> None:
    walker.click(box(walker, "result", "PossibleVictimOfTrafficking"))
    walker.click(box(walker, "body", "NGO"))
    save(walker)


def need_and_service(walker: Walker) -> None:
    go(walker, "main a[href$='/needs/']")
    walker.click(box(walker, "need_accommodation"))
    save(walker)
    go(walker, "a[href*='/service/']")
    walker.click(box(walker, "code", "SHELTER_EMERG"))
    walker.click(box(walker, "status", "active"))
    save(walker)


def reading(walker: Walker, case: str) -> None:
    """The second reader agrees."""
    walker.page.goto(case)
    walker.click(box(walker, "reading", "agrees"))
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("form[action$='/finding/confirm/'] button"))
    walker.check()


def to_follow_up(walker: Walker, case: str) -> None:
    walker.page.goto(f"{case}plan/")
    walker.check()
    save(walker)
    walker.page.goto(f"{case}step/")
    walker.check()
    walker.click(box(walker, "to", "S12"))
    save(walker)


def call(walker: Walker, case: str) -> None:
    walker.page.goto(f"{case}follow-up/")
    walker.check()
    save(walker)
    walker.page.goto(f"{case}follow-up/M0/")
    walker.check()
    walker.click(box(walker, "means", "call"))
    walker.click(box(walker, "result", "reached"))
    walker.click(box(walker, "safe", "yes"))
    walker.click(box(walker, "re_trafficking_sign", "no"))
    save(walker)
