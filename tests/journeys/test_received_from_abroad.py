"""A returnee received at the airport: reception, money, an enterprise, how life goes, and a sign of new danger."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.followup import actions as followup
from havre.cases.followup.rules import plan
from havre.cases.intake.actions import Elsewhere, Handover, receive
from havre.cases.people import actions as people
from havre.cases.people.actions import Arrival
from havre.cases.reintegration import actions as reintegration
from havre.cases.screening.answers import Said
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from tests.journeys.conftest import Walker
from tests.journeys.steps import NEXT, SAVE, box, go, save

HOME = 200  # days since the arrival: the file is written up later, and the sixth month has come
ECONOMIC = ("dissatisfied", "often", "no", "sometimes", "debt_larger", "poor", "no", "no", "no")
BETTER = ("satisfied", "rarely", "yes", "rarely", "no_debt", "good", "yes", "yes", "no")
SAMI, GITA = ("sami", "en", 1280), ("gita", "fr", 390)
LONG = pytest.mark.long


def tab(walker: Walker, what: str) -> None:
    """Follows a tab of the file, from its overview."""
    if not walker.page.locator(".hv-tabs").count():
        go(walker, ".hv-eyebrow a[href^='/people/']")
    go(walker, f".hv-tabs a[href$='/{what}/']")


def day(walker: Walker, name: str, on: date) -> None:
    walker.fill(walker.page.locator(f"[name={name}]"), on.isoformat())


def received(walker: Walker, arrived: date) -> None:
    """The door from abroad, then what the person agrees to."""
    go(walker, "a[href='/people/new/']")
    go(walker, "a[href='/people/from-abroad/']")
    walker.fill(walker.page.locator("[name=sending_body]"), "Casa Luce, Italia")
    day(walker, "arrived_on", arrived)
    walker.fill(walker.page.locator("[name=port]"), "Lagos, Murtala Muhammed")
    walker.fill(walker.page.locator("[name=called]"), "بليسينغ أديمي")
    walker.fill(walker.page.locator("[name=value]"), "+234 803 123 4567")
    walker.click(box(walker, "in_danger", "no"))
    walker.click(box(walker, "result", "ActualVictimOfTrafficking"))
    walker.click(box(walker, "body", "Police"))
    save(walker)
    walker.click(box(walker, "all_points"))
    for scope in ("interview", "data", "assistance", "follow_up"):
        walker.click(box(walker, scope, "given"))
    save(walker)


def handed_over(walker: Walker) -> None:
    """At reception, not screened again; the handover leads on to reintegration."""
    expect(walker.page.locator("#finding")).to_contain_text("olice")
    go(walker, NEXT)
    walker.fill(walker.page.locator("[name=handover_to]"), "NAPTIP, Lagos")
    save(walker)
    go(walker, NEXT)


def granted(walker: Walker, arrived: date) -> None:
    """Three instalments; the first is paid, its receipt comes."""
    page = walker.page
    go(walker, "#grants a[href$='/grant/']")
    walker.click(box(walker, "kind", "RI_ALLOW"))
    walker.fill(page.locator("[name=amount]"), "900")
    for number in (1, 2, 3):
        walker.fill(page.locator(f"[name=amount_{number}]"), "300")
        day(walker, f"due_{number}", arrived + timedelta(days=90 * number))
    save(walker)
    for act in ("paid", "receipt"):
        with page.expect_navigation():
            walker.click(page.locator(f"form[action$='/{act}/'] button").first)
        walker.check()
    expect(page.locator("#grants tfoot")).to_contain_text("300")


def begun(walker: Walker, arrived: date) -> None:
    """A small enterprise, seen after three months."""
    go(walker, "a[href$='/enterprise/']")
    walker.click(box(walker, "sector", "sewing"))
    day(walker, "started_on", arrived + timedelta(days=30))
    walker.fill(walker.page.locator("[name=capital]"), "250")
    save(walker)
    go(walker, "a[href$='/3/']")
    walker.click(box(walker, "status", "open"))
    walker.click(box(walker, "turnover_band", "100_200"))
    walker.click(box(walker, "profit_band", "to_50"))
    save(walker)


def surveyed(walker: Walker, contact: str, economic: tuple[str, ...], on: date | None = None) -> None:
    """Every question of the first subject, and one answer to each of the others."""
    page = walker.page
    assert page.locator(f"[name=contact][value={contact}]").is_checked()
    if on:
        day(walker, "on", on)
    save(walker)
    for dimension in load("reintegration_dimensions"):
        rows = [row for row in load("reintegration_survey").rows if row["dimension"] == dimension]
        told = economic if dimension == "economic" else ()
        for number, row in enumerate(each for each in rows if not each["only_if"]):
            last = page.locator(f"#{row['code']} .hv-q__body label.hv-opt")
            name = f"{row['code']}_codes"
            walker.click(box(walker, name, told[number]) if told else last.nth(1))
        save(walker)
    assert page.url.endswith("/reintegration/")


def followed(walker: Walker, arrived: date) -> None:
    """The calls are counted from the arrival; nobody answers, then the person does."""
    page = walker.page
    go(walker, ".hv-eyebrow a[href^='/people/']")
    go(walker, "a[href$='/step/']")
    walker.click(box(walker, "to", "S12"))
    save(walker)
    go(walker, NEXT)
    expect(page.locator("[name=M0]")).to_have_value(arrived.isoformat())
    save(walker)
    go(walker, "a[href$='/follow-up/M0/']")
    for means, result in (("sms", "no_answer"), ("call", "reached")):
        walker.click(box(walker, "means", means))
        walker.click(box(walker, "result", result))
        if result == "reached":
            walker.click(box(walker, "safe", "yes"))
            walker.click(box(walker, "re_trafficking_sign", "no"))
        save(walker)
    expect(page.locator("aside .hv-mini li")).not_to_have_count(0)


def judged(walker: Walker) -> None:
    """From Today to the visit of the third month, and what the person says of each service."""
    go(walker, "main a[href$='/follow-up/M3/']")
    go(walker, "aside a[href$='/satisfaction/']")
    walker.click(walker.page.locator("fieldset label.hv-opt").nth(3))
    save(walker)


def asked_again(walker: Walker) -> None:
    """The survey of the sixth month shows what has changed."""
    to_call(walker, "M6")
    go(walker, "aside a[href*='/survey/?contact=M6']")
    surveyed(walker, "M6", BETTER)
    expect(walker.page.locator(".hv-fig h3").nth(1)).to_contain_text("+")
    expect(walker.page.locator(".hv-key .hv-badge--sand")).to_be_visible()


def to_call(walker: Walker, code: str) -> None:
    go(walker, ".hv-eyebrow a[href^='/people/']")
    go(walker, f"main a[href$='/follow-up/{code}/']")


def in_danger_again(walker: Walker) -> None:
    """A sign in the call opens a new story and brings the file to safety; afterwards it is resumed."""
    to_call(walker, "M6")
    for name, value in (("means", "call"), ("result", "reached"), ("safe", "no"), ("re_trafficking_sign", "yes")):
        walker.click(box(walker, name, value))
    save(walker)
    go(walker, ".hv-notice--flare .hv-btn--go")
    go(walker, NEXT)
    assert walker.page.url.endswith("/safety/")
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(SAVE))
    walker.check()
    tab(walker, "story")
    again = load("episode_reasons").label("re_trafficking", walker.page.locator("html").get_attribute("lang") or "en")
    expect(walker.page.locator("main")).to_contain_text(again)


def summed_up(walker: Walker, language: str) -> None:
    """One page, in the other language."""
    tab(walker, "papers")
    go(walker, "a[href$='/papers/summary/']")
    walker.click(box(walker, "reason", "meeting"))
    walker.click(box(walker, "language", language))
    save(walker)
    expect(walker.page.locator(f".hv-paper[lang={language}]").first).to_be_visible()


@pytest.fixture
def home(register, request):
    """Somebody who came home months ago, as the walker of this test wrote it down then."""
    by, arrived = getattr(register, request.node.callspec.params["login"]), localdate() - timedelta(days=HOME)
    found = Elsewhere("ActualVictimOfTrafficking", "Police")
    with acting_as(by):
        told = Handover(Arrival(localdate(), called="بليسينغ أديمي"), "Casa Luce, Italia", arrived, finding=found)
        case = receive(told, by=by)
        for state in ("S11", "S12"):
            people.move(case, by=by, to=state)
        followup.plan_calls(case, by=by, days={each.code: each.on for each in plan(arrived) if not each.optional})
        with at_work():
            ServiceDelivery(case=case, by=by, code="RI_ALLOW", status="active", worker=by).save()
        survey = reintegration.begin_survey(case, by=by, contact="M0", on=arrived)
        said = {f"RI{n:02}": Said("answered", (code,)) for n, code in enumerate(ECONOMIC, 1)}
        reintegration.save_survey(survey, by=by, dimension="economic", sent=said, version=0)
    return case


@pytest.mark.parametrize(("login", "language", "width"), [SAMI, pytest.param(*GITA, marks=LONG)])
def test_a_returnee_received_at_the_airport_rebuilds(walk, login, language, width):
    walker, arrived = walk(login, language=language, width=width), localdate() - timedelta(days=HOME)
    received(walker, arrived)
    handed_over(walker)
    granted(walker, arrived)
    begun(walker, arrived)
    go(walker, ".hv-head__end a[href$='/survey/']")
    surveyed(walker, "M0", ECONOMIC, arrived + timedelta(days=3))
    followed(walker, arrived)
    print(f"{walker.presses} presses from the door to the first call")
    assert walker.presses <= 95
    assert walker.faults == []


@pytest.mark.parametrize(("login", "language", "width"), [pytest.param(*SAMI, marks=LONG), GITA])
def test_a_sign_of_new_trafficking_brings_the_file_to_safety_first(walk, home, login, language, width):
    walker = walk(login, language=language, width=width)
    judged(walker)
    asked_again(walker)
    in_danger_again(walker)
    summed_up(walker, "fr" if language == "en" else "en")
    print(f"{walker.presses} presses from the visit to the paper")
    assert walker.presses <= 60
    assert walker.faults == []


def test_who_came_home_and_what_was_promised_stand_on_the_page_of_the_day(walk, register):
    sami, today = register.sami, localdate()
    with acting_as(sami):
        found = Elsewhere("ActualVictimOfTrafficking", "Police")
        told = Handover(Arrival(today, called="Blessing"), "Casa Luce, Italia", today, finding=found)
        case = receive(told, by=sami)
        people.move(case, by=sami, to="S11")
        followup.plan_calls(case, by=sami, days={"M0": today})
        values = {"kind": "RI_ALLOW", "title": "", "amount": Decimal(900), "currency": "EUR"}
        parts = [{"seq": 1, "purpose": "", "amount": Decimal(300), "due": today}]
        more = {"provider": "", "decided_on": None, "condition": ""}
        reintegration.add_grant(case, by=sami, values=values | more, parts=parts)
    walker = walk("sami")
    walker.check()
    for card in ("home", "visits", "money"):
        expect(walker.page.locator(f"#{card}")).to_contain_text("Blessing")
    go(walker, "#money a[href*='#grants']")
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("form[action$='/paid/'] button"))
    go(walker, ".hv-eyebrow a[href^='/people/']")
    go(walker, "#together a[href$='/linked/']")
    assert walker.faults == []
