"""Twelve women after a raid, one of them with her daughter: one page, a file each, few presses; axe on each page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walker
from tests.journeys.steps import box, go, save

NAMES = (
    "Mariam",
    "Rim",
    "Awa",
    "سلام حدّاد",
    "Nguyễn Thị Hoa",
    "Blessing",
    "Joy",
    "Faith",
    "Oksana",
    "Ірина",
    "Lan",
    "Esi",
)
AGES = (34, 6, 22, 19, 25, 31, 28, 17, 40, 37, 23, 20)
MOST = 60


def field(walker: Walker, name: str, text: str) -> None:
    """One field entered."""
    walker.fill(walker.page.locator(f"[name={name}]"), text)


def choose(walker: Walker, name: str, value: str) -> None:
    """One list opened, one line of it chosen."""
    walker.presses += 2
    walker.page.locator(f"select[name={name}]").select_option(value)


def what_they_share(walker: Walker) -> None:
    choose(walker, "country", "FR")
    field(walker, "place", "Rue des Lilas, Lyon")
    choose(walker, "referred_by", "law_enforcement")
    walker.click(box(walker, "in_danger", "no"))
    for need in ("food", "shelter"):
        walker.click(box(walker, "needs", need))
    walker.click(box(walker, "gender", "Feminine"))
    choose(walker, "language", "en")
    choose(walker, "recruitment_country", "NG")
    choose(walker, "transit_country", "LY")
    choose(walker, "exploitation_country", "FR")
    field(walker, "exploitation_when", "03/2026")


def who_they_are(walker: Walker) -> None:
    field(walker, "names", "\n".join(NAMES))
    walker.click(walker.page.locator("button[name=fill]"))
    expect(walker.page.locator("[name=called_12]")).to_have_value("Esi")
    expect(walker.page.locator("[name=place]")).to_have_value("Rue des Lilas, Lyon")
    walker.check()
    for number, age in enumerate(AGES, start=1):
        field(walker, f"born_{number}", str(age))
    choose(walker, "tie_2", "child")
    field(walker, "to_2", "1")
    field(walker, "note", "Kept in one room. Windows nailed shut.")


@pytest.mark.parametrize(
    ("login", "language", "width"), [pytest.param("amina", "en", 1280, marks=pytest.mark.long), ("gita", "fr", 390)]
)
def test_twelve_women_after_a_raid(walk, login, language, width):
    walker = walk(login, language=language, width=width)
    go(walker, "a[href='/people/new/']")
    go(walker, "a[href='/people/group/']")
    what_they_share(walker)
    who_they_are(walker)
    save(walker)
    print(f"{walker.presses} clicks and key presses for twelve people, names apart")
    assert walker.presses <= MOST
    expect(walker.page.locator(".hv-list > li")).to_have_count(12)
    told = {"en": ("child of Mariam", "Ask for consent"), "fr": ("enfant de Mariam", "Demander le consentement")}
    for words in told[language]:
        expect(walker.page.locator("main")).to_contain_text(words)
    go(walker, "a[href$='/consent/']")
    assert walker.faults == []


def test_a_wrong_row_is_shown_and_nothing_is_lost_without_script(walk):
    walker = walk("amina", script=False)
    walker.page.goto("/people/group/")
    field(walker, "called_1", "Mariam")
    walker.click(walker.page.locator("button[name=more]"))
    field(walker, "called_8", "Esi")
    field(walker, "born_8", "young")
    walker.click(walker.page.locator(".hv-savebar .hv-btn--go"))
    expect(walker.page.locator("[data-errors]")).to_be_visible()
    expect(walker.page.locator("[name=called_1]")).to_have_value("Mariam")
    field(walker, "born_8", "20")
    walker.click(walker.page.locator(".hv-savebar .hv-btn--go"))
    expect(walker.page.locator(".hv-list > li")).to_have_count(2)


def test_enter_sends_the_form_and_presses_no_other_button(walk):
    walker = walk("amina", script=False)
    walker.page.goto("/people/group/")
    field(walker, "called_1", "Mariam")
    walker.page.press("[name=called_1]", "Enter")
    expect(walker.page.locator(".hv-list > li")).to_have_count(1)
