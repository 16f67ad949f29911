"""A letter goes only to a body the person agreed to share with, and says nothing else of the file."""

from datetime import date

import pytest

from havre.cases.assistance import actions as assistance
from havre.cases.papers.actions import print_paper
from havre.cases.people import actions as people
from havre.cases.people.actions import Decision, Talk
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

from .conftest import SECRETS, text

BODY = "Le Relais d’Invention"


@pytest.fixture
def decide(personas, case):
    """The person's word about sharing with that body."""

    def said(decision):
        with acting_as(personas.amina):
            talk = Talk(on=date(2026, 4, 2), language="ar", method="signed")
            people.record_consent(case, by=personas.amina, talk=talk, decisions=[Decision("share", decision, BODY)])

    return said


@pytest.fixture
def sent(personas, case, decide):
    """A referral to that body, on a yes."""
    decide("given")
    with acting_as(personas.amina):
        asked = {"services": ["LEGAL_COUNSEL"], "contact": "Mr Kofi", "details": "She wants to claim her wages."}
        return assistance.send_referral(
            case,
            by=personas.amina,
            organisation=BODY,
            on=date(2026, 4, 3),
            reason="AdditionalServicesRequired",
            **asked,
        )


def test_it_says_to_whom_why_what_is_asked_and_what_it_rests_on(paper, sent, case):
    said = paper("referral", about=str(sent.pk))
    for part in (f"To {BODY}", "Mr Kofi", "Additional services required", "She wants to claim her wages."):
        assert part in said
    assert "Legal counsel and representation" in said and "On 2 April 2026 it was agreed" in said
    assert f"number {case.reference}/1 alone" in said


def test_it_says_nothing_else_of_the_file(paper, sent):
    said = paper("referral", about=str(sent.pk), language="fr")
    others = ("A door that locks", "Infectious", "Escale Santé", "infectieuse", "Présélection", "Femme", *SECRETS)
    assert [other for other in others if other in said] == [] and "سلام حدّاد" in said


def test_without_a_referral_the_page_says_what_to_do_first(amina, case):
    answer = amina.get(f"/people/{case.reference}/papers/referral/")
    assert "No referral to another body stands." in text(answer) and "Make the paper" not in text(answer)


def test_a_consent_that_was_taken_back_stops_it_with_the_condition(amina, ask, case, sent, decide, refusals):
    decide("withdrawn")
    shown = text(amina.get(f"/people/{case.reference}/papers/referral/"))
    assert f"No yes to share with {BODY} stands." in shown and "Make the paper" not in shown
    assert ask("referral", about=str(sent.pk)).status_code == 422


def test_the_action_refuses_it_too(personas, case, sent, decide):
    decide("withdrawn")
    values = {"about": sent.pk, "reason": "to_body", "language": "en", "copies": 1}
    with acting_as(personas.amina), pytest.raises(Refused, match=BODY):
        print_paper(case, by=personas.amina, kind="referral", values=values)


def test_a_copy_on_the_screen_is_gone_once_the_consent_is(amina, ask, sent, decide):
    at = ask("referral", about=str(sent.pk)).headers["Location"]
    decide("withdrawn")
    answer = amina.get(at)
    assert answer.status_code == 409 and "She wants to claim" not in text(answer)
    assert "find the sheet and destroy it" in text(answer)


@pytest.mark.parametrize("about", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_it_goes_to_one_of_those_that_were_written_down(ask, sent, about):
    answer = ask("referral", about=about, purpose="kept")
    assert answer.status_code == 422 and 'value="kept"' in answer.content.decode()


def test_a_referral_of_another_file_is_no_choice(personas, amina, sent, ask, case):
    with acting_as(personas.amina):
        other = people.open_contact(people.Arrival(on=date(2026, 3, 12)), by=personas.amina)
    sent_to = {"reason": "to_body", "language": "en", "about": str(sent.pk)}
    assert amina.post(f"/people/{other.reference}/papers/referral/", sent_to).status_code == 422
