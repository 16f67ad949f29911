"""A law is recorded, what it lacks is seen, its draft is laid beside the next, and a stranger reads what is public."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from havre.platform.accounts.claims import acting_as
from havre.prevention.law.models import Help, NationalLaw

from .conftest import Walker, at_both_widths
from .steps import shows

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language, width", [("en", 1280), pytest.param("fr", 390, marks=pytest.mark.long)])
SAVE, LAW = ".hv-savebar .hv-btn--go", "/prevention/law/"
TITLE = "Act on trafficking · قانون"
DRAFT = "Article 1\nNobody pays a fee.\nArticle 2\nA fine is paid."


def written(walker: Walker, path: str, values: dict[str, str], *ticks: str) -> None:
    """A form, filled in and saved."""
    walker.page.goto(path)
    for name, value in values.items():
        field = walker.page.locator(f"[name='{name}']").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            walker.fill(field, value)
    for box in ticks:
        walker.page.locator(box).check()
    walker.check()
    walker.click(walker.page.locator(SAVE))
    walker.page.wait_for_url(lambda address: not address.endswith(path))


def only(register, model):
    with acting_as(register.chloe):
        return model.objects.get()


@BOTH
def test_a_law_from_its_record_to_everybodys_page(walk, register, language, width):
    walker = walk("chloe", language=language, width=width)
    told = {"country": "TN", "title": TITLE, "law_type": "specific_act", "stage": "in_force"}
    written(walker, f"{LAW}new/", told, "[name=visibility][value='0']")
    law = only(register, NationalLaw)
    written(
        walker, f"{LAW}{law.pk}/covers/ACT/", {"A1_article": "art. 2"}, "[name=A1][value=yes]", "[name=A2][value=no]"
    )
    shows(walker, "Not covered: %(what)s.")
    written(walker, f"{LAW}in/TN/treaty/PALERMO/", {"on": "2003-07-14"}, "[name=status][value=ratified]")
    score = {"country": "TN", "year": "2012", "source": "A report"}
    marks = [f"[name={part}][value='3']" for part in ("prosecution", "protection", "prevention")]
    written(walker, f"{LAW}scores/new/", score, *marks)
    shows(walker, "In %(year)s the sum is %(total)s of 15.", year="2012", total=9)
    for path in ("", "treaties/", "compare/", "scores/", "bring/", "in/TN/")[:: 1 if language == "en" else 3]:
        walker.page.goto(LAW + path)
        at_both_widths(walker)
    stranger = walk("", language=language, width=width)
    stranger.page.context.clear_cookies()  # of the door, where every walk begins
    stranger.page.goto(f"/law/{law.pk}/")
    at_both_widths(stranger)
    expect(stranger.page.locator("h1")).to_have_text(TITLE)
    assert stranger.page.context.cookies() == [] and walker.faults == stranger.faults == []


@BOTH
def test_a_draft_and_the_next_side_by_side(walk, register, language, width):
    walker = walk("chloe", language=language, width=width)
    written(walker, f"{LAW}help/new/", {"country": "TN", "title": "A new act"}, "[name=about][value=law]")
    help = only(register, Help)
    here = f"{LAW}help/{help.pk}/"
    for body in (DRAFT, DRAFT.replace("A fine", "Prison follows, and a fine")):
        written(walker, f"{here}texts/new/", {"body": body})
    written(walker, f"{here}log/meeting/", {"title": "First reading", "who": "Leïla M."})
    written(walker, f"{here}texts/2/comment/?article=2", {"said": "How long?"})
    walker.page.goto(f"{here}compare/")
    at_both_widths(walker)
    expect(walker.page.locator("main .hv-law__sides ins")).to_have_count(1)
    for path in (here, f"{here}texts/2/", f"{LAW}help/")[:: 1 if language == "en" else 3]:
        walker.page.goto(path)
        at_both_widths(walker)
    assert walker.faults == []
