"""Sent from abroad: the file begins at the arrival, with its journey, its referral and its finding."""

import pytest
from django.utils.timezone import localdate

from havre.cases.assistance.models import Referral
from havre.cases.people.models import CaseMove, CaseNote, PersonContact
from havre.cases.returns.models import ReturnJourney
from havre.cases.returns.standing import arrived_on
from havre.cases.screening.models import Finding
from havre.platform.accounts.claims import acting_as

from .conftest import text, token

PAGE = "/people/from-abroad/"
SENT = {
    "called": "Blessing",
    "language": "en",
    "value": "+234 803 123 4567",
    "sending_body": "Casa Luce, Italy",
    "contact_there": "Dr Rossi",
    "arrived_on": "2026-11-20",
    "port": "Lagos airport",
    "result": "ActualVictimOfTrafficking",
    "body": "CourtOrProsecution",
    "decided_on": "2026-06-01",
}


def send(browser, **more):
    return browser.post(PAGE, {**SENT, "form_token": token(), **more})


@pytest.fixture
def received(amina, opened):
    """Blessing, as she was received, and where the browser was led."""
    answer = send(amina)
    return opened()["Blessing"], answer.headers["Location"]


def test_the_file_stands_at_reception_and_consent_is_asked_next(received):
    case, where = received
    assert case.state == "S10" and where == f"/people/{case.reference}/consent/"


def test_the_journey_the_referral_and_the_finding_are_on_file(received, personas):
    case, _where = received
    with acting_as(personas.amina):
        assert str(arrived_on(case)) == "2026-11-20" and ReturnJourney.objects.get().sending == "Casa Luce, Italy"
        referral = Referral.objects.get()
        assert (referral.direction, referral.organisation, referral.contact) == ("in", "Casa Luce, Italy", "Dr Rossi")
        assert Finding.objects.get().imported and PersonContact.objects.get().value == "+2348031234567"
        assert CaseNote.objects.get().text == "Arrived at Lagos airport."
        assert CaseMove.objects.get(to_state="S10").kind == "arrival"


def test_without_a_finding_it_begins_like_a_first_contact(amina, opened, personas):
    send(amina, result="", in_danger="no")
    assert opened()["Blessing"].state == "S1"
    with acting_as(personas.amina):
        assert ReturnJourney.objects.exists() and not Finding.objects.exists()


def test_danger_on_arrival_comes_first_and_reception_is_resumed(amina, opened):
    send(amina, in_danger="yes")
    case = opened()["Blessing"]
    assert (case.state, case.before_safety, case.in_danger) == ("S1", "S10", "yes")


def test_the_day_is_today_when_nothing_is_said(amina, opened, personas):
    send(amina, arrived_on="")
    case = opened()["Blessing"]
    with acting_as(personas.amina):
        assert arrived_on(case) == localdate()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sending_body": ""}, "Write which body sent the person."),
        ({"arrived_on": "2027-01-01"}, "This day has not come yet."),
        ({"value": "0041 22"}, "Begin with +"),
        ({"born": "old"}, "Write the age in years"),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_lost(amina, opened, wrong, sentence):
    answer = send(amina, **wrong)
    assert answer.status_code == 422 and sentence in text(answer) and not opened()
    assert "Blessing" in answer.content.decode() and "Lagos airport" in answer.content.decode()


def test_sent_twice_it_is_received_once(amina, personas):
    sent = {**SENT, "form_token": token()}
    assert len({amina.post(PAGE, sent).headers["Location"] for _ in range(2)}) == 1
    with acting_as(personas.amina):
        assert ReturnJourney.objects.count() == 1


def test_an_auditor_receives_nobody(sign_in, refusals):
    assert send(sign_in("dao")).status_code == 403
