"""The steps that journeys share: each is walked as a newcomer would, and each page passes axe on the way."""

from __future__ import annotations

from django.utils import translation
from playwright.sync_api import Locator, expect

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


def said(walker: Walker, sentence: str, **values: object) -> str:
    """The sentence in the language of the page; without values, as far as the first of them."""
    with translation.override(str(walker.page.locator("html").get_attribute("lang"))):
        told = translation.gettext(sentence)
    return told % values if values else told.partition("%")[0]


def shows(walker: Walker, sentence: str, where: str = "main", **values: object) -> None:
    expect(walker.page.locator(where).first).to_contain_text(said(walker, sentence, **values))


def field(walker: Walker, name: str, text: str) -> None:
    """One field filled in."""
    walker.fill(walker.page.locator(f"main [name='{name}']"), text)


def fields(walker: Walker, **values: str) -> None:
    for name, text in values.items():
        field(walker, name, text)


def pick(walker: Walker, name: str, value: str) -> None:
    """One list opened, one line of it chosen."""
    walker.presses += 2
    walker.page.locator(f"main select[name='{name}']").select_option(value)


def boxes(walker: Walker, *choices: str) -> None:
    """Boxes pressed one after the other: `name=value`, or a name alone for a tick."""
    for choice in choices:
        name, _, value = choice.partition("=")
        walker.click(box(walker, name, value))


def refused(walker: Walker, sentence: str, **values: object) -> None:
    """Sends the form, which comes back with a sentence and with what was typed."""
    walker.click(walker.page.locator(SAVE))
    shows(walker, sentence, "[data-errors]", **values)
    walker.check()


def to_file(walker: Walker) -> None:
    """Back to the file, by the name at the head of the page."""
    go(walker, ".hv-eyebrow a[href^='/people/']:has(.hv-ref)")


def tab(walker: Walker, page: str) -> None:
    """A tab of the file, from any page of it."""
    if walker.page.locator(f".hv-tabs a[href$='/{page}/']").count() == 0:
        to_file(walker)
    go(walker, f".hv-tabs a[href$='/{page}/']")


def opens(walker: Walker, case: str) -> None:
    """A colleague finds the file among what is theirs."""
    go(walker, f"main a[href^='{case}']")
    if not walker.page.locator(".hv-tabs").count():
        to_file(walker)
