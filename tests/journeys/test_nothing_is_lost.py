"""The line is cut, the screen locks, the script is off, somebody must leave: nothing typed is lost, nothing stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from playwright.sync_api import expect

from havre.cases.assistance.models import Need
from havre.cases.followup import actions as followup
from havre.cases.people import actions as people
from havre.cases.people.models import Case, CaseMove, CaseNote, Consent
from havre.cases.screening.models import Interview
from havre.cases.screening.questionnaire import version
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from tests.personas import PASSWORD, with_app

WORDS = "Elle dit : « ça reste » – سلام 🙂"
SAVE = ".hv-savebar .hv-btn--go"
# Page, state of the file, ticks the form cannot do without, and the field somebody types in.
FORMS = [
    ("/people/new/", "S3", [], "[name=called]"),
    ("about/", "S3", [], "[name=called]"),
    ("reach/", "S3", [], "[name=safe_times]"),
    ("consent/", "S3", ["research=given"], "[name=recipient]"),
    ("note/", "S3", [], "[name=text]"),
    ("task/", "S3", [], "[name=text]"),
    ("step/", "S6", ["to=S5"], "[name=reason]"),
    ("screening/D/", "S3", [], "[name$=text], main textarea, main input[type=text]"),
    ("finding/", "S4", ["result=PossibleVictimOfTrafficking", "body=NGO"], "[name=reason]"),
    ("needs/", "S6", ["need_other"], "[name=goal_other]"),
    ("service/", "S6", ["code=SHELTER_EMERG"], "[name=provider]"),
    ("follow-up/M1/", "S12", ["means=call", "result=reached"], "[name=words]"),
]


@pytest.fixture
def case(register):
    """A file of Amina's that has a bit of everything, so that each form can be opened."""
    amina = register.amina
    with acting_as(amina):
        case = people.open_contact(people.Arrival(on=localdate(), called="Salam", in_danger="no"), by=amina)
        with at_work():
            Consent(
                case=case, person=case.person, by=amina, scope="interview", decision="given", decided_on=localdate()
            ).save()
            Interview(
                case=case,
                kind="screening",
                questionnaire="screening",
                questionnaire_version=version(),
                interviewer=amina,
                began=case.moves.first().at,
            ).save()
            Need(case=case, by=amina, code="legal").save()
            CaseMove(case=case, by=amina, from_state="S6", to_state="S12", kind="forward").save()
        followup.plan_calls(case, by=amina, days={"M1": localdate()})
    return case


def stand(register, case: Case, state: str) -> None:
    with acting_as(register.amina):
        Case.objects.filter(pk=case.pk).update(state=state)


def tick(page, choice: str) -> None:
    name, _, value = choice.partition("=")
    page.locator(f"label:has(input[name='{name}']" + (f"[value='{value}'])" if value else ")")).first.click()


@pytest.mark.parametrize(("path", "state", "ticks", "field"), FORMS, ids=[form[0] for form in FORMS])
def test_a_line_cut_while_sending_loses_nothing(walk, register, case, path, state, ticks, field):
    stand(register, case, state)
    page = walk("amina").page
    address = path if path.startswith("/") else f"/people/{case.reference}/{path}"
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for choice in ticks:
        tick(page, choice)
    typed = page.locator(field).and_(page.locator("main :not([type=hidden])")).first
    typed.fill(WORDS)
    page.context.set_offline(True)
    page.locator(SAVE).last.click()
    expect(page.locator("[data-told]")).to_be_visible()
    assert typed.input_value() == WORDS
    with page.expect_response(lambda answer: answer.request.method == "POST" and address in answer.url) as sent:
        page.context.set_offline(False)
    assert sent.value.status in (204, 422)
    if sent.value.status == 422:  # a sentence says what is still missing, and what was typed stands beside it
        expect(page.locator(field).first).to_have_value(WORDS)


def test_a_form_sent_twice_over_a_bad_line_is_saved_once(walk, register, case):
    page = walk("amina").page
    page.goto(f"/people/{case.reference}/note/")
    page.fill("[name=text]", "Only once.")
    page.route(
        "**/note/",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    page.click(SAVE)
    expect(page.locator("[data-told]")).to_be_visible()
    page.unroute("**/note/")
    with page.expect_navigation():
        page.click(SAVE)
    with acting_as(register.amina):
        assert [note.text for note in CaseNote.objects.filter(case=case)] == ["Only once."]


def test_a_locked_page_opens_again_on_the_same_field(walk, register, case):
    page, app = walk("amina").page, with_app(register.amina)
    page.goto(f"/people/{case.reference}/note/")
    page.fill("[name=text]", WORDS)
    with page.expect_response(lambda answer: "/draft/" in answer.url):
        page.locator("[name=text]").blur()
        page.locator("[name=text]").focus()
    with transaction.atomic():
        sleep(register.amina)
    page.reload()
    expect(page.locator("[name=password]")).to_be_focused()
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", app.code())
    page.keyboard.press("Enter")
    expect(page.locator("[name=text]")).to_have_value(WORDS)
    expect(page.locator("[name=text]")).to_be_focused()


def sleep(user) -> None:
    """As if nobody had touched the keys for twenty minutes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            "update accounts_session set seen = seen - %s where user_id = %s", [timedelta(minutes=20), user.pk]
        )
        cursor.execute("set local role havre_app")


def test_what_is_sent_from_a_locked_page_goes_through_the_password(walk, register, case):
    page, app = walk("amina", script=False).page, with_app(register.amina)
    page.goto(f"/people/{case.reference}/note/")
    page.fill("[name=text]", WORDS)
    with transaction.atomic():
        sleep(register.amina)
    page.click(SAVE)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", app.code())
    page.keyboard.press("Enter")
    page.locator("main button[type=submit], main button:not([type])").last.click()
    page.wait_for_url(f"**/people/{case.reference}/**")
    with acting_as(register.amina):
        assert WORDS in [note.text for note in CaseNote.objects.filter(case=case)]


def test_the_journey_begins_without_script_too(walk):
    page = walk("amina", script=False).page
    page.click("a[href='/people/new/']")
    tick(page, "in_danger=no")
    page.fill("[name=called]", "Salam")
    page.click(SAVE)
    expect(page.locator("main")).to_contain_text("Salam")


def test_it_is_walked_by_keyboard_alone(walk):
    page = walk("amina").page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    reach(page, "a[href='/people/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/new/")
    reach(page, "[name=called]")
    page.keyboard.type("Salam")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/people/" in url and "new" not in url)


def reach(page, what: str) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(80):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is out of reach of the keyboard")


def test_no_page_breaks_the_content_security_policy(walk, case):
    walker = walk("amina", csp=True)
    for path in ("", "people/", f"people/{case.reference}/", f"people/{case.reference}/screening/D/", "people/new/"):
        walker.page.goto(f"/{path}")
        walker.page.wait_for_load_state("networkidle")
    assert walker.faults == []
