"""An office brings its register in: its slips are shown, the mended file is shown, and then the people are there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Locator, expect

from tests import working
from tests.journeys import register as office
from tests.journeys.conftest import Walker
from tests.journeys.steps import go, shows

AGREE, CHOOSE = "form[action$='/agree/'] button", "form[enctype] button[type=submit]"
SLOW = 60_000  # a worker that has just begun, on a machine that does other things too


@pytest.fixture
def worker(transactional_db, settings) -> Iterator[None]:
    """The worker of an installation; it looks for files where this process leaves them."""
    begun = working.start()
    yield
    begun.kill()
    begun.wait()


def choose(walker: Walker, data: bytes, name: str = "Registre 2026 (copie).xlsx") -> None:
    """Chooses the file as one does in the window of the machine, and has it checked."""
    walker.presses += 1
    walker.page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(CHOOSE))
    walker.check()


def main(walker: Walker) -> Locator:
    return walker.page.locator("main")


def ended(walker: Walker) -> None:
    """The page has looked again by itself until the work was over."""
    expect(walker.page.locator("[data-look]")).to_have_count(0, timeout=SLOW)
    walker.check()


@pytest.mark.parametrize(
    ("login", "language", "width"), [pytest.param("amina", "en", 1280, marks=pytest.mark.long), ("gita", "fr", 390)]
)
def test_a_register_comes_in(walk, worker, login, language, width):
    walker = walk(login, language=language, width=width)
    walker.page.goto("/people/")
    go(walker, "main a[href='/people/import/']")
    choose(walker, office.workbook(mended=False))
    ended(walker)
    shows(walker, "To mend first")
    for told in ("prs_Gender", "Feminine", "5", "prs_MobilePhone", "7"):
        expect(main(walker)).to_contain_text(told)
    assert "Femenine" not in main(walker).inner_text() and "0639980012" not in main(walker).inner_text()
    go(walker, "main a.hv-btn--go[href='/people/import/']")
    choose(walker, office.workbook(mended=True))
    ended(walker)
    shows(walker, "Is this what should come in?")
    for told in ("Irina Rusu", "سلام حدّاد", "1996-04-02", "M-001", "Remarques"):
        expect(main(walker)).to_contain_text(told)
    with translation.override(language):
        expect(walker.page.locator(AGREE)).to_contain_text(str(office.PEOPLE))
    walker.click(walker.page.locator(AGREE))
    shows(walker, "The people are here", where="h1")
    ended(walker)
    go(walker, "main a.hv-btn--go[href='/people/']")
    expect(main(walker)).to_contain_text("Irina Rusu")
    assert walker.presses <= 8 and not walker.faults


def test_it_is_done_without_script_and_under_the_full_policy(walk, worker):
    walker = walk(script=False, csp=True)
    walker.page.goto("/people/import/")
    walker.page.set_input_files(
        "#file", {"name": "r.xlsx", "mimeType": "application/octet-stream", "buffer": office.workbook(mended=True)}
    )
    walker.page.click(CHOOSE)
    for button in (AGREE, "main a[href='/people/'].hv-btn--go"):
        for _look in range(60):
            if walker.page.locator(button).count():
                break
            walker.page.wait_for_timeout(500)
            walker.page.click("[data-look] a[href*='/people/import/']")
        walker.page.click(button)
    expect(main(walker)).to_contain_text("Irina Rusu")
    assert not walker.faults
