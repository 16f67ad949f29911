"""A girl of fifteen goes home with somebody beside her: every block is tried, her age is doubted, nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from playwright.sync_api import Locator, expect

from havre.cases.people import actions as people
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from tests.journeys.conftest import Walker
from tests.journeys.steps import (
    NEXT,
    SAVE,
    boxes,
    field,
    fields,
    go,
    opens,
    pick,
    refused,
    said,
    save,
    shows,
    tab,
    to_file,
)

NAME = "آمنة بنت يوسف الإدريسي"
VIEWS = "خالتي تنتظرني. أريد أن أعود إلى المدرسة."
CARER = "خديجة الإدريسي"
BODY = "Association Tremplin pour l’enfance et la jeunesse, Lagos"
MOST = 260
PARIS, LAGOS = "Europe/Paris", "Africa/Lagos"
NO_PANEL = "No panel has determined that the return is best for the child."
ALONE = "An unaccompanied child never travels alone: on leg %(number)s nobody travels along."
ADULT = "By the age as it is recorded, the rules for children do not hold today."
EARLY = (
    "The person has not arrived yet. Follow-up can be planned once the arrival is written down,"
    " which is expected on %(day)s."
)
OVER = (
    "The instalments come to %(sum)s %(currency)s, and the grant is %(grant)s %(currency)s."
    " Lower an instalment, or raise the grant."
)


def comes(walker: Walker) -> str:
    """First contact: a child, alone. The address of her file."""
    walker.check()
    go(walker, "a[href='/people/new/']")
    boxes(walker, "in_danger=no", "gender=Feminine")
    field(walker, "called", NAME)
    save(walker)
    tab(walker, "about")
    fields(walker, age="15")
    pick(walker, "citizenships_0", "NG")
    save(walker)
    if not walker.page.locator(".hv-tabs").count():
        to_file(walker)
    return f"/people/{walker.page.url.split('/people/')[1].split('/')[0]}/"


def agrees(walker: Walker) -> None:
    """A guardian consents, and the girl is asked too."""
    go(walker, NEXT)
    boxes(walker, "all_points", *(f"{scope}=given" for scope in ("interview", "data", "assistance", "follow_up")))
    refused(walker, "Say whether the child agrees too.")
    boxes(walker, "given_by=both", "assent=yes")
    save(walker)


def is_identified(register, login: str, case: str) -> None:
    """The screening and the decision, which another journey walks."""
    by = getattr(register, login)
    with transaction.atomic(), acting_as(by):
        row = Case.objects.get(reference=case.split("/")[2])
        for state in ("S4", "S5", "S6"):
            people.move(row, by=by, to=state)


def is_accompanied(walker: Walker) -> None:
    """The page of the child: who is with her, and a guardian by name."""
    tab(walker, "child")
    shows(walker, "No guardian is named.")
    go(walker, "a[href$='/child/circumstances/']")
    boxes(walker, "accompanied=no", "family_contact=yes", "contact_safe=yes", "school=waiting")
    save(walker)
    go(walker, "main a.hv-btn[href$='/child/guardian/']")
    fields(walker, name="Maître Anne-Sophie de La Rochefoucauld-Montbel", body="Tribunal pour enfants de Lyon")
    field(walker, "appointed_on", localdate().isoformat())
    save(walker)
    shows(walker, "A guardian is named, since %(day)s.")


def brings_in(walker: Walker, name: str, purpose: str) -> None:
    tab(walker, "circle")
    boxes(walker, f"purpose={purpose}")
    choose = walker.page.locator("label:has(input[name=colleague])", has_text=name)
    if choose.count():
        walker.click(choose)
    else:
        key = walker.page.locator("select[name=colleague] option", has_text=name).get_attribute("value")
        pick(walker, "colleague", str(key))
    save(walker)
    expect(walker.page.locator("main .hv-circle")).to_contain_text(name)


def is_heard(noor: Walker) -> None:
    """The child specialist weighs what is best, with the girl's own words first."""
    tab(noor, "child")
    go(noor, ".hv-head__end a[href$='/child/assessment/']")
    boxes(noor, "about=return")
    field(noor, "views", VIEWS)
    save(noor)
    expect(noor.page.locator("main")).to_contain_text(VIEWS)


def tells_of_health(hana: Walker) -> None:
    """A condition before, during and now."""
    tab(hana, "health")
    for phase, condition in (("before", "headache"), ("during", "burn"), ("after", "fatigue")):
        go(hana, "main a[href*='/health/add/']")
        boxes(hana, f"phase={phase}", f"is_{condition}")
        save(hana)
    expect(hana.page.locator(".hv-phases__list")).to_have_count(3)


def chooses(walker: Walker) -> None:
    tab(walker, "return")
    go(walker, "main a[href$='/return/option/']")
    boxes(walker, "points=FREE", "points=TAKE_BACK", "points=HOME_RISKS", "option=return")
    pick(walker, "destination", "NG")
    save(walker)


def waits_for_a_panel(walker: Walker) -> None:
    """The preparation does not begin before a panel found the return to be best."""
    shows(walker, NO_PANEL)
    to_file(walker)
    go(walker, ".hv-head__end a[href$='/step/']")
    boxes(walker, "to=S8")
    refused(walker, NO_PANEL)


def is_determined(noor: Walker) -> None:
    """Two are no panel; three find the return to be best, the family looked at and a carer sure."""
    tab(noor, "child")
    go(noor, ".hv-head__end a[href*='/child/determination/']")
    boxes(noor, "about=return", "family_assessment=yes", "carer_confirmed=yes", "outcome=in_interest")
    fields(noor, views=VIEWS, carer=CARER, reasons="Her aunt has a home and a school for her.")
    field(noor, "panel", "Noor B.\nMe C. Okoye")
    refused(noor, "A panel has three members at least. Name each on a line of their own.")
    expect(noor.page.locator("[name=carer]")).to_have_value(CARER)
    field(noor, "panel", "Noor B.\nMe C. Okoye\nL. Ferrand")
    save(noor)


def begins(walker: Walker) -> None:
    tab(walker, "return")
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(".hv-head__end button.hv-btn--go"))
    walker.check()


def at_departure(walker: Walker, sentence: str, **values: object) -> Locator:
    """The page of the departure: it lets nobody leave, and says why."""
    if not walker.page.url.endswith("/return/"):
        tab(walker, "return")
    go(walker, "a[href$='/return/depart/']")
    expect(walker.page.locator(SAVE)).to_have_count(0)
    found = walker.page.locator(".hv-cond li.is-no", has_text=said(walker, sentence, **values))
    expect(found).to_have_count(1)
    return found


def mend(walker: Walker, sentence: str, **values: object) -> None:
    """Follows the remedy that stands beside what is missing."""
    found = at_departure(walker, sentence, **values)
    with walker.page.expect_navigation():
        walker.click(found.locator("a"))
    walker.check()


def is_wanted(walker: Walker) -> None:
    """The guardian's consent, the girl's own yes, and the risk of the way back."""
    mend(walker, "The guardian’s consent is missing.")
    field(walker, "guardian_on", localdate().isoformat())
    save(walker)
    mend(walker, "The child’s own agreement is missing.")
    boxes(walker, "assent=yes")
    save(walker)
    mend(walker, "The risk of the return is not assessed.")
    go(walker, "main a[href*='/risks/new/']")
    boxes(walker, "about=return", "likelihood=2", "impact=3")
    field(walker, "threat", "The man who took her knows the road to the station.")
    save(walker)


def is_received(walker: Walker) -> None:
    """Named, asked, and told only with her agreement."""
    mend(walker, "No receiving body is named.")
    field(walker, "receiving", BODY)
    save(walker)
    mend(walker, "The receiving body has not confirmed yet.")
    field(walker, "receiving_confirmed_on", localdate().isoformat())
    save(walker)
    mend(walker, "The person’s agreement to tell the receiving body is missing.")
    named = walker.page.get_by_role("group", name=BODY)
    walker.click(named.locator("label:has(input[value=given])"))
    boxes(walker, "given_by=both", "assent=yes")
    save(walker)


def has_papers(walker: Walker) -> None:
    """A paper that ends before the arrival is none."""
    until = localdate() - timedelta(days=1)
    for day in (until, localdate() + timedelta(days=90)):
        mend(walker, "No paper in hand holds through the arrival.")
        boxes(walker, "kind=laissez_passer", "state=held")
        fields(walker, number="LP 0042", valid_until=day.isoformat())
        save(walker)


def is_fit(walker: Walker, hana: Walker) -> None:
    """Only a health worker says so, until a day."""
    at_departure(walker, "Fitness to travel is not confirmed through the arrival.")
    tab(hana, "health")
    go(hana, "main a[href$='/health/travel/']")
    boxes(hana, "fit=conditions")
    field(hana, "conditions", "A seat by the aisle; water and a pause every two hours.")
    refused(hana, "Say until which day this holds.")
    field(hana, "valid_until", (localdate() + timedelta(days=14)).isoformat())
    save(hana)


def clock(hours: int, zone: str) -> str:
    """So many hours from now, by the clocks there."""
    return (datetime.now(ZoneInfo(zone)) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def leg(walker: Walker, mode: str, ends: tuple[str, str], hours: tuple[int, int], zone: str) -> None:
    boxes(walker, f"mode={mode}")
    fields(walker, from_place=ends[0], to_place=ends[1], departs_at=clock(hours[0], PARIS))
    field(walker, "arrives_at", clock(hours[1], zone))
    pick(walker, "departs_zone", PARIS)
    pick(walker, "arrives_zone", zone)


def has_a_way(walker: Walker) -> None:
    """Two legs; the first would arrive before it departs, and goes without anybody beside her."""
    mend(walker, "The way is not written down.")
    leg(walker, "rail", ("Lyon Part-Dieu", "Aéroport Paris-Charles-de-Gaulle"), (-7, -8), PARIS)
    refused(walker, "This leg arrives before it departs. Check the times and the clocks.")
    expect(walker.page.locator("[name=to_place]")).to_have_value("Aéroport Paris-Charles-de-Gaulle")
    field(walker, "arrives_at", clock(-5, PARIS))
    save(walker)
    mend(walker, ALONE, number=1)
    go(walker, "#way a[href$='/return/leg/']")
    leg(walker, "air", ("Paris", "Lagos"), (-4, -1), LAGOS)
    boxes(walker, "escort=social")
    field(walker, "escort_name", "Rita V.")
    save(walker)


def has_an_escort(walker: Walker) -> None:
    mend(walker, ALONE, number=1)
    go(walker, "#way .hv-list a")
    boxes(walker, "escort=social")
    save(walker)


def grows_and_is_a_child_again(walker: Walker) -> None:
    """An adult signs for herself; what a child needs is kept, and counts again with the age."""
    corrects(walker, "2006")
    at_departure(walker, "The declaration is not signed.")
    tab(walker, "child")
    shows(walker, ADULT)
    expect(walker.page.locator("main")).to_contain_text(VIEWS)
    corrects(walker, "2011")
    tab(walker, "child")
    expect(walker.page.locator("main .hv-cond li:not(.is-yes)")).to_have_count(0)
    expect(walker.page.locator("main")).to_contain_text("Rochefoucauld")


def corrects(walker: Walker, year: str) -> None:
    tab(walker, "about")
    fields(walker, born=year)
    save(walker)


def leaves(walker: Walker) -> None:
    tab(walker, "return")
    go(walker, ".hv-head__end a.hv-btn--go[href$='/return/depart/']")
    save(walker)
    tab(walker, "follow-up")
    refused(walker, EARLY)
    tab(walker, "return")


def arrives(walker: Walker) -> None:
    go(walker, ".hv-head__end a[href$='/return/arrival/']")
    boxes(walker, "confirmed_by=receiving", "confirmed_how=call")
    save(walker)
    go(walker, ".hv-head__end a[href$='/return/handover/']")
    field(walker, "handover_to", BODY)
    save(walker)


def goes_to_school(walker: Walker) -> None:
    """A grant for school; two instalments above it are refused, and nothing typed is lost."""
    to_file(walker)
    go(walker, NEXT)
    go(walker, "main a[href$='/grant/']")
    boxes(walker, "kind=RI_EDU")
    fields(walker, title="Fees, books and a uniform", amount="300")
    fields(walker, purpose_1="Fees", amount_1="200", purpose_2="Books", amount_2="150,50")
    refused(walker, OVER)
    expect(walker.page.locator("[name=amount_2]")).to_have_value("150,50")
    field(walker, "amount_2", "100")
    save(walker)
    expect(walker.page.locator("main")).to_contain_text("Fees, books and a uniform")


def answers_half(walker: Walker) -> None:
    """Half of the survey: kept, and what is too little is not scored."""
    go(walker, ".hv-head__end a[href$='/reintegration/survey/']")
    save(walker)
    for _subject in range(3):
        for number in range(4):
            walker.click(walker.page.locator(".hv-q").nth(number).locator(".hv-q__body label").first)
        save(walker)
    shows(walker, "Not scored yet", ".hv-scores")


def is_called(walker: Walker) -> None:
    tab(walker, "follow-up")
    save(walker)
    go(walker, "main a[href$='/follow-up/M0/']")
    boxes(walker, "means=call", "result=reached", "safe=yes", "re_trafficking_sign=no")
    save(walker)
    expect(walker.page.locator("main form[data-draft]")).to_have_count(0)


@pytest.mark.django_db(transaction=True, databases=["default", "refusals"])  # a refusal is written down apart
@pytest.mark.parametrize(
    ("login", "language", "width"), [("amina", "en", 1280), pytest.param("gita", "fr", 390, marks=pytest.mark.long)]
)
def test_a_girl_of_fifteen_goes_home_with_an_escort(walk, register, login, language, width):
    walker = walk(login, language=language, width=width)
    case = comes(walker)
    agrees(walker)
    is_identified(register, login, case)
    is_accompanied(walker)
    brings_in(walker, "Noor", "child")
    brings_in(walker, "Hana", "health")
    noor, hana = (walk(each, language=language, width=width) for each in ("noor", "hana"))
    for colleague in (noor, hana):
        opens(colleague, case)
    is_heard(noor)
    tells_of_health(hana)
    chooses(walker)
    waits_for_a_panel(walker)
    is_determined(noor)
    for step in (begins, is_wanted, is_received, has_a_way, has_an_escort, has_papers):
        step(walker)
    is_fit(walker, hana)
    for step in (grows_and_is_a_child_again, leaves, arrives, goes_to_school, answers_half, is_called):
        step(walker)
    at_work = (walker, noor, hana)
    pressed = [each.presses for each in at_work]
    print(f"{pressed} clicks and key presses of caseworker, child specialist and health worker")
    assert sum(pressed) <= MOST
    # A form that comes back with a sentence answers 422, which the browser writes to its console.
    assert not [fault for each in at_work for fault in each.faults if "status of 422" not in fault]
