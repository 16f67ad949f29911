"""A first contact: one short page, nothing compulsory, safety first."""

import pytest

from havre.cases.people.models import Case, CaseNote, PersonContact, PersonName
from havre.platform.accounts.claims import acting_as

from .conftest import text, token

NEW = "/people/new/"


def opened(personas):
    with acting_as(personas.amina):
        return Case.objects.get()


def test_an_almost_empty_form_is_accepted(amina, personas):
    answer = amina.post(NEW, {"form_token": token()})
    assert answer.headers["Location"] == f"/people/{opened(personas).reference}/"


def test_what_was_heard_on_the_telephone_is_kept(amina, personas):
    sent = {"in_danger": "no", "called": "Noor", "value": "+41 (0)22 717 91 11", "code_word": "library"}
    amina.post(NEW, {**sent, "needs": ["food", "shelter"], "note": "Rings again on Monday.", "form_token": token()})
    case = opened(personas)
    with acting_as(personas.amina):
        way = PersonContact.objects.get(person=case.person_id)
        assert (way.kind, way.value, way.code_word, way.safe) == ("mobile", "+41227179111", "library", True)
        assert PersonName.objects.get(person=case.person_id).full == "Noor"
        assert CaseNote.objects.get(case=case).text == "Rings again on Monday."
    assert (case.state, case.immediate_needs) == ("S1", "food;shelter")


def test_danger_leads_to_what_comes_first(amina, personas):
    answer = amina.post(NEW, {"in_danger": "yes", "dangers": ["medical"], "form_token": token()}, follow=True)
    assert answer.redirect_chain[0][0] == f"/people/{opened(personas).reference}/safety/"
    assert "Call an ambulance now" in text(answer)


def test_once_urgent_needs_are_met_the_worker_goes_on(amina, personas):
    amina.post(NEW, {"in_danger": "yes", "form_token": token()})
    case = opened(personas)
    amina.post(f"/people/{case.reference}/step/", {"to": "S2", "form_token": token()})
    assert opened(personas).state == "S2"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("0041 22 717 91 11", "Begin with + in place of the two zeros, then the country code: +41227179111."),
        ("06 12 34 56 78", "Begin with + and the country code, for example +33 6 12 34 56 78."),
        ("salam@", "This is not a complete email address. It looks like name@example.org."),
        ("the blue door", "Say what this is: a telephone, an email address, or another way."),
    ],
)
def test_a_number_that_cannot_be_dialled_is_answered_with_what_to_write(amina, number, sentence):
    answer = amina.post(NEW, {"value": number, "called": "Noor", "form_token": token()})
    assert answer.status_code == 422
    assert (
        sentence in text(answer)
        and f'value="{number}"' in answer.content.decode()
        and "Noor" in answer.content.decode()
    )


def test_a_file_seen_by_its_worker_alone_is_hidden_from_the_supervisor(amina, personas):
    amina.post(NEW, {"restricted": "on", "form_token": token()})
    with acting_as(personas.chloe):
        assert not Case.objects.exists()


def test_the_same_form_sent_twice_saves_once_and_is_answered_alike(amina, personas):
    sent = {"called": "Noor", "form_token": token()}
    answers = [amina.post(NEW, sent).headers["Location"] for _ in range(3)]
    assert len(set(answers)) == 1 and answers[0] == f"/people/{opened(personas).reference}/"


def test_a_form_that_needed_another_look_can_be_sent_again(amina, personas):
    sent = {"value": "0041", "form_token": token()}
    assert amina.post(NEW, sent).status_code == 422
    assert amina.post(NEW, {**sent, "value": "+41227179111"}).status_code == 302


def test_an_auditor_opens_no_file(sign_in, refusals):
    assert sign_in("dao").post(NEW, {"form_token": token()}).status_code == 403
    assert refusals == ["needs case.open"]
