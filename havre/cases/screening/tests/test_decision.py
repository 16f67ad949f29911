"""A person decides, a second one reads; nothing is overwritten, and help never waits."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from havre.cases.people import actions as people
from havre.cases.people.actions.move import PROOFS
from havre.cases.people.models import CaseMove, CaseNote, Task
from havre.cases.people.rules import moves
from havre.cases.screening.models import Finding
from havre.cases.screening.rules.decision import Decision, Reading, needs_reason
from havre.kernel.dates import parse
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work

ACTUAL, POSSIBLE, NOT = "ActualVictimOfTrafficking", "PossibleVictimOfTrafficking", "NotAVictimOfTrafficking"
YES = {"act": "yes", "means": "yes", "purpose": "yes"}


@pytest.fixture
def told(amina):
    """An interview that shows all three elements."""
    amina.answer("D", D07=["M6"])
    amina.answer("E", E06=["A4"])
    amina.answer("F", F11=["P3"])
    amina.answer("G", G01=["papers"])
    return amina


def findings(personas, case):
    with acting_as(personas.amina):
        found = list(
            Finding.objects.filter(case=case).select_related("by", "second_reader", "supersedes").order_by("at")
        )
        return [each for each in found if each.reason is not None]  # opened here, where the keys are


def reading(pages, login, personas, case, **values):
    standing = str(findings(personas, case)[-1].pk)
    return pages(login).post("finding/confirm/", finding=standing, **values)


@pytest.mark.parametrize(
    ("means", "result", "needed"),
    [("yes", ACTUAL, False), ("yes", POSSIBLE, True), ("no", NOT, True), ("unknown", POSSIBLE, True)],
)
def test_whoever_departs_from_the_answers_says_why(means, result, needed):
    shown = Reading("adult", "yes", "yes", "yes")
    assert needs_reason(shown, Decision("yes", means, "yes", result, "NGO", "palermo")) is needed


def test_the_page_shows_the_answers_each_element_rests_on(told, case):
    text = told.get("finding/").content.decode()
    for code, section in (("D07", "D"), ("E06", "E"), ("F11", "F")):
        assert f'href="/people/{case.reference}/screening/{section}/#{code}">{code}</a>' in text
    assert "Work or services I could not freely refuse" in text


def test_age_not_known_still_leads_to_a_finding_when_both_rules_agree(told):
    text = told.get("finding/").content.decode()
    assert "Age not known" in text and "So far, with the age not known" in text and "<b>Actual victim" in text


def test_a_child_needs_no_means(amina, personas, case):
    with acting_as(personas.amina):
        about = people.about.read(case.person)
        about.presumed_minor = True
        people.about.save_about(case, by=personas.amina, about=about, version=case.person.version)
    amina.answer("E", E06=["A4"])
    amina.answer("F", F11=["P3"], F06=["none"])
    text = amina.get("finding/").content.decode()
    assert "Means (not needed for a child)" in text and "So far, for a child" in text
    assert amina.decide(act="yes", purpose="yes", result=ACTUAL).status_code == 302
    assert findings(personas, case)[0].computed == ACTUAL and findings(personas, case)[0].age_group == "child"


def test_a_child_when_it_began_is_judged_as_a_child(amina, personas, case):
    with acting_as(personas.amina):
        about = people.about.read(case.person)
        about.born = parse("2005")
        people.about.save_about(case, by=personas.amina, about=about, version=case.person.version)
    assert "So far, for an adult" in amina.get("finding/").content.decode()
    amina.answer("D", D01_text="2020")
    assert "The age when it began counts: 2020." in amina.get("finding/").content.decode()


def test_a_decision_waits_for_a_second_reader(told, personas, case, state):
    assert told.decide(**YES, result=ACTUAL).status_code == 302
    (made,) = findings(personas, case)
    assert (made.result, made.computed, made.by, made.confirmed_on) == (ACTUAL, ACTUAL, personas.amina, None)
    assert state() == "S4" and "Waits for a second reader" in told.get("finding/").content.decode()


def test_a_difference_without_a_reason_is_asked_for(told, personas, case):
    answer = told.decide(**YES, result=NOT)
    assert answer.status_code == 422 and "Say in one sentence why you decide otherwise" in answer.content.decode()
    assert findings(personas, case) == []
    assert told.decide(**YES, result=NOT, reason="The account is of another person.").status_code == 302
    assert findings(personas, case)[0].reason == "The account is of another person."


def test_a_later_decision_supersedes_and_nothing_is_overwritten(told, personas, case):
    told.decide(**YES, result=ACTUAL)
    before = findings(personas, case)[0]
    told.decide(**YES, result=POSSIBLE, reason="A paper is missing.", version=1)
    first, second = findings(personas, case)
    assert (first.result, first.at, first.reason) == (before.result, before.at, before.reason)
    assert second.supersedes == first and second.result == POSSIBLE
    assert "(earlier)" in told.get("finding/").content.decode()


def test_two_who_decide_are_both_heard(told, pages, personas, case):
    told.decide(**YES, result=ACTUAL)
    answer = pages("chloe").decide(**YES, result=POSSIBLE, reason="A paper is missing.", version=0)
    text = answer.content.decode()
    assert answer.status_code == 409 and "Amina D. saved this page at" in text and "A paper is missing." in text
    assert len(findings(personas, case)) == 1


def test_a_second_reader_agrees_and_the_case_goes_on(told, pages, personas, case, state):
    told.decide(**YES, result=ACTUAL)
    assert reading(pages, "chloe", personas, case, reading="agrees").status_code == 302
    (read,) = findings(personas, case)
    assert read.second_reader == personas.chloe and read.confirmed_on is not None and state() == "S5"
    assert reading(pages, "chloe", personas, case, reading="agrees").status_code == 422


def test_a_not_a_victim_stays_and_is_offered_other_protection(told, pages, personas, case, state):
    told.decide(**YES, result=NOT, reason="It was smuggling.")
    reading(pages, "chloe", personas, case, reading="agrees")
    assert state() == "S4" and "Other protection" in told.get("finding/").content.decode()


def test_the_author_cannot_confirm(told, pages, personas, case, state):
    pages("chloe").decide(**YES, result=ACTUAL)
    answer = reading(pages, "chloe", personas, case, reading="agrees")
    assert answer.status_code == 422 and "another person" in answer.content.decode() and state() == "S4"
    made = findings(personas, case)[0]
    made.second_reader, made.confirmed_on = personas.chloe, timezone.now()
    with acting_as(personas.chloe), pytest.raises(IntegrityError), transaction.atomic(), at_work():
        made.save()


def test_a_caseworker_cannot_read_a_second_time(told, pages, personas, case):
    told.decide(**YES, result=ACTUAL)
    assert reading(pages, "amina", personas, case, reading="agrees").status_code == 403
    assert reading(pages, "boris", personas, case, reading="agrees").status_code == 404


def test_a_reader_who_sees_it_otherwise_writes_back_and_the_finding_stands(told, pages, personas, case, state):
    told.decide(**YES, result=ACTUAL)
    assert reading(pages, "chloe", personas, case, reading="disagrees").status_code == 422
    reading(pages, "chloe", personas, case, reading="disagrees", note="Ask about the debt.")
    with acting_as(personas.amina):
        task = Task.objects.get(case=case)
        assert task.assignee == personas.amina
        assert task.text == "Second reading by Chloé R.: Sees it otherwise. Ask about the debt."
    assert findings(personas, case)[0].confirmed_on is None and state() == "S4"


def test_a_decision_that_was_superseded_is_not_confirmed(told, pages, personas, case):
    told.decide(**YES, result=ACTUAL)
    old = findings(personas, case)[0]
    told.decide(**YES, result=ACTUAL, version=1)
    answer = pages("chloe").post("finding/confirm/", finding=str(old.pk), reading="agrees")
    assert answer.status_code == 422 and "later decision" in answer.content.decode()


@pytest.mark.parametrize("finding", ["", "no-id", "3f0d4a0e-93b6-4d43-9d5b-0d2e2a6d8f11"])
def test_a_finding_that_is_not_there_is_not_found(told, pages, finding):
    assert pages("chloe").post("finding/confirm/", finding=finding, reading="agrees").status_code == 404


@pytest.mark.parametrize("at", [code for code in load("case_states").codes if code != moves.CLOSED])
def test_help_is_recorded_in_every_open_state_while_the_finding_waits(told, personas, case, at):
    told.decide(**YES, result=ACTUAL)
    with acting_as(personas.amina):
        case.refresh_from_db()
        case.state = at
        with at_work():
            case.save(update_fields=["state"])
        people.add_note(case, by=personas.amina, text="A bed for tonight.")
        people.add_task(case, by=personas.amina, text="Ring the clinic.", due=case.opened_on)
        assert CaseNote.objects.filter(case=case).exists() and moves.may_record(at)


def test_each_step_is_recorded_with_who(told, pages, personas, case):
    told.decide(**YES, result=ACTUAL)
    reading(pages, "chloe", personas, case, reading="agrees")
    with acting_as(personas.amina):
        made = CaseMove.objects.filter(case=case, to_state__in=("S4", "S5")).order_by("at")
        assert [(m.to_state, m.by.login) for m in made] == [("S4", "amina"), ("S5", "chloe")]


def test_a_closed_file_takes_no_decision(told, personas, case):
    with acting_as(personas.amina):
        case.refresh_from_db()
        people.move(case, by=personas.amina, to="S13", closure_reason="moved")
    assert told.decide(**YES, result=ACTUAL).status_code == 422 and findings(personas, case) == []


def test_a_move_that_needs_a_finding_waits_for_the_second_reader(told, pages, personas, case):
    told.decide(**YES, result=ACTUAL)
    with acting_as(personas.amina):
        assert not PROOFS["finding"](case)
    reading(pages, "chloe", personas, case, reading="agrees")
    with acting_as(personas.amina):
        assert PROOFS["finding"](case)
