"""A woman takes the choice to go home back on the eve, chooses anew later and is missed on the way; axe on each page.

Nothing she said, planned or gave up is lost, and whoever expects her is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from havre.cases.assistance import actions as assistance
from havre.cases.people import actions as people
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from tests.journeys.conftest import Walker
from tests.journeys.steps import boxes, field, go, pick, save, tab

CALLED, BODY = "Blessing Osaretin-Omoregie", "Maison Tremplin – Women’s House of Benin City"
SENTENCE = "My sister is ill, أريد أن أبقى معها."
MOST = 125
WORDS = {
    "high": "The risk of the return is high.",
    "holds": "All of it holds",
    "expects": "Somebody still expects the person",
    "gone": "Consent is gone: ask for these back",
    "stopped": "The letter cannot be printed yet",
    "taken": "Taken back on %(day)s.",
    "missed": "Nobody knows where the person is",
    "arrived": "Arrived %(time)s.",
}


def in_words(language: str) -> dict[str, str]:
    """What pages say, as the catalogue of that language has it, up to the first value."""
    with override(language):
        return {key: gettext(said).partition("%")[0].strip() for key, said in WORDS.items()}


@pytest.fixture
def helped(register):
    """A file in assistance, with a plan and a service, that Hana was let into: of Rita or of Gita."""

    def make(login: str) -> str:
        owner, today = getattr(register, login), localdate()
        with acting_as(owner):
            case = people.open_contact(people.Arrival(on=today, called=CALLED, in_danger="no"), by=owner)
            told = [people.Decision(scope, "given") for scope in ("interview", "data", "assistance")]
            people.record_consent(case, by=owner, talk=people.Talk(on=today), decisions=told)
            Case.objects.filter(pk=case.pk).update(state="S5")
            need = assistance.add_need(case, by=owner, code="accommodation")
            given = {"code": "SHELTER_EMERG", "status": "active", "need": need}
            assistance.add_service(case, by=owner, values=given)
            assistance.agree(case, by=owner, on=today)
            people.let_in(case, by=owner, colleague=register.hana, purpose="health")
        return f"/people/{case.reference}/"

    return make


def says(walker: Walker, *sentences: str) -> None:
    """What stands on the page."""
    for each in sentences:
        expect(walker.page.locator("main")).to_contain_text(each)


def press(walker: Walker, what: str) -> None:
    """A button that is a form of its own."""
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(what).first)
    walker.check()


def mend(walker: Walker, page: str) -> None:
    """Follows the way from what is missing to where it is mended."""
    go(walker, f".hv-cond a[href*='/{page}/']")


def chooses(walker: Walker, points: int = 7) -> None:
    go(walker, "main a[href$='/return/option/']")
    for each in range(points):
        walker.click(walker.page.locator("label:has(input[name=points])").nth(each))
    boxes(walker, "option=return")
    pick(walker, "destination", "NG")
    save(walker)


def declares(walker: Walker) -> None:
    mend(walker, "return/declaration")
    field(walker, "declared_on", localdate().isoformat())
    boxes(walker, "declared_how=signed")
    save(walker)


def judges_the_return(walker: Walker) -> None:
    mend(walker, "risks")
    go(walker, "a[href$='/risks/new/?about=return']")
    field(walker, "threat", "The woman who lent the money lives in the same street.")
    boxes(walker, "likelihood=4", "impact=4")
    save(walker)


def decides_in_writing(supervisor: Walker) -> None:
    supervisor.check()
    says(supervisor, "One return waits for your decision.")
    go(supervisor, "#overrides a[href$='/override/']")
    field(supervisor, "reason", "She knows it, and lives with her aunt in another town.")
    save(supervisor)


def papers_in_hand(walker: Walker) -> None:
    mend(walker, "return/paper")
    boxes(walker, "kind=passport", "state=held")
    field(walker, "number", "A0123456")
    field(walker, "valid_until", (localdate() + timedelta(days=400)).isoformat())
    save(walker)


def is_fit(nurse: Walker, case: str) -> None:
    nurse.check()
    go(nurse, f"main a[href='{case}']")
    go(nurse, "a[href$='/health/']")
    go(nurse, "a[href$='/health/travel/']")
    boxes(nurse, "fit=yes")
    field(nurse, "on", (localdate() - timedelta(days=5)).isoformat())
    field(nurse, "valid_until", (localdate() + timedelta(days=60)).isoformat())
    save(nurse)


def way(walker: Walker, leaves: datetime) -> None:
    mend(walker, "return/leg")
    boxes(walker, "mode=air")
    field(walker, "from_place", "Lyon-Saint-Exupéry")
    field(walker, "to_place", "Benin City, par Lagos – مطار")
    field(walker, "departs_at", f"{leaves:%Y-%m-%dT%H:%M}")
    field(walker, "arrives_at", f"{leaves + timedelta(hours=9):%Y-%m-%dT%H:%M}")
    pick(walker, "arrives_zone", "Africa/Lagos")
    save(walker)


def is_expected(walker: Walker, leaves: datetime) -> None:
    mend(walker, "return/receiving")
    field(walker, "receiving", BODY)
    field(walker, "receiving_confirmed_on", localdate().isoformat())
    field(walker, "planned_on", leaves.date().isoformat())
    save(walker)


def lets_them_know(walker: Walker) -> None:
    mend(walker, "consent")
    field(walker, "recipient", BODY)
    boxes(walker, "share=given")
    save(walker)


def refers(walker: Walker) -> None:
    """The body is asked, and the letter printed."""
    tab(walker, "needs")
    go(walker, ".hv-tabs a[href$='/referrals/']")
    go(walker, "main a[href$='/referrals/send/']")
    field(walker, "organisation", BODY)
    save(walker)
    tab(walker, "papers")
    go(walker, "a[href$='/papers/referral/']")
    save(walker)
    expect(walker.page.locator("[data-print]")).to_be_visible()


def to_the_journey(walker: Walker, case: str) -> None:
    """From the page of the day to the journey, as far as a link leads there, else by the file."""
    go(walker, ".hv-top a[href='/'], a.hv-brand, a[href='/']")
    straight = walker.page.locator("#travels a[href$='/return/'], #arrivals a[href$='/arrival/']")
    if straight.count():
        return go(walker, "#travels a[href$='/return/'], #arrivals a[href$='/arrival/']")
    go(walker, f"main a[href='{case}']")
    return go(walker, ".hv-tabs a[href$='/return/']")


def takes_it_back(walker: Walker, case: str, words: dict[str, str]) -> None:
    """One click, and a sentence because she wishes it."""
    to_the_journey(walker, case)
    says(walker, words["holds"])
    walker.fill(walker.page.locator("main [name=reason]"), SENTENCE)
    press(walker, "form[action$='/return/end/'] button")
    says(walker, words["expects"], BODY, words["taken"], SENTENCE, "Benin City, par Lagos", "A0123456")


def the_others_are_told(walker: Walker) -> None:
    press(walker, "form[action$='/told/'] button")
    expect(walker.page.locator("form[action$='/told/']")).to_have_count(0)


def takes_back_the_consent(walker: Walker, words: dict[str, str]) -> None:
    tab(walker, "consent")
    walker.click(walker.page.locator("label:has(input[name^=share_][value=withdrawn])"))
    save(walker)
    go(walker, ".hv-notice--flare a[href$='/referrals/']")
    says(walker, words["gone"], BODY)
    tab(walker, "papers")
    go(walker, "a[href$='/papers/referral/']")
    says(walker, words["stopped"])
    expect(walker.page.locator("main form .hv-btn--go")).to_have_count(0)
    printed = walker.page.request.get(walker.page.url.replace("/referral/", "/copy/1/"))
    assert printed.status == 409 and "data-print" not in printed.text()


class Woman:
    """The way of one woman, in the hands of those who act."""

    def __init__(self, walk: Callable[..., Walker], case: str, login: str, **how: object) -> None:
        self.case, self.words = case, in_words(str(how["language"]))
        self.walker, self.enter = walk(login, **how), lambda login: walk(login, **(how | {"language": "en"}))

    def prepared(self) -> None:
        """From the choice to the eve of travel."""
        walker, words = self.walker, self.words
        leaves = localtime().replace(hour=10, minute=0) + timedelta(days=1)
        go(walker, f"main a[href='{self.case}']")
        go(walker, ".hv-tabs a[href$='/return/']")
        chooses(walker)
        for step in (declares, judges_the_return):
            step(walker)
        tab(walker, "return")
        says(walker, words["high"])
        decides_in_writing(self.enter("chloe"))
        is_fit(self.enter("hana"), self.case)
        papers_in_hand(walker)
        is_expected(walker, leaves)
        lets_them_know(walker)
        tab(walker, "return")
        way(walker, leaves)
        says(walker, words["holds"])
        refers(walker)

    def withdrawn(self) -> None:
        """On the eve: taken back, the others told, what was shared asked back."""
        takes_it_back(self.walker, self.case, self.words)
        the_others_are_told(self.walker)
        takes_back_the_consent(self.walker, self.words)

    def again(self) -> None:
        """A second journey, chosen later; nobody hears of the arrival for a day and more."""
        walker, words, left = self.walker, self.words, localtime() - timedelta(hours=48)
        tab(walker, "return")
        chooses(walker)
        declares(walker)
        is_expected(walker, left)
        lets_them_know(walker)
        tab(walker, "return")
        way(walker, left)
        says(walker, words["holds"])
        go(walker, ".hv-head__end a[href$='/depart/']")
        save(walker)
        says(walker, words["missed"])

    def found(self) -> None:
        """The day says that nobody knows; then somebody does."""
        to_the_journey(self.walker, self.case)
        says(self.walker, self.words["missed"])
        if not self.walker.page.url.endswith("/arrival/"):
            go(self.walker, ".hv-head__end a[href$='/arrival/']")
        boxes(self.walker, "confirmed_by=receiving", "confirmed_how=call")
        save(self.walker)
        says(self.walker, self.words["arrived"])


@pytest.mark.long
@pytest.mark.parametrize(("login", "language", "width"), [("rita", "en", 1280), ("gita", "fr", 390)])
def test_a_woman_who_withdraws_on_the_eve_of_travel(walk, helped, login, language, width):
    woman = Woman(walk, helped(login), login, language=language, width=width)
    woman.prepared()
    ready = woman.walker.presses
    woman.withdrawn()
    back = woman.walker.presses
    woman.again()
    woman.found()
    print(f"{ready} clicks and key presses to the eve, {back - ready} back, {woman.walker.presses} in all")
    assert woman.walker.presses <= MOST and woman.walker.faults == []
