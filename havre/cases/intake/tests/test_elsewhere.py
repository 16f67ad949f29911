"""Identified by another body: the finding is kept as it was made, and nobody is screened again."""

import pytest
from django.utils.timezone import localdate

from havre.cases.people import actions
from havre.cases.people.models import Case, CaseMove, Consent
from havre.cases.people.shown import called
from havre.cases.screening.models import Finding
from havre.cases.screening.rules.decision import Decision
from havre.platform.accounts.claims import acting_as

from .conftest import text, token

FOUND = {"result": "ActualVictimOfTrafficking", "body": "Police", "decided_on": "2026-10-02", "paper": "PV 77/26"}


@pytest.fixture
def tell(amina, case):
    """Sends the finding of the other body."""
    return lambda **more: amina.post(
        f"/people/{case.reference}/identified-elsewhere/", {**FOUND, "form_token": token(), **more}
    )


def state(personas, case):
    with acting_as(personas.amina):
        return Case.objects.get(pk=case.pk).state


def agree(case, personas, scope="interview"):
    with acting_as(personas.amina):
        talk = actions.Talk(on=localdate())
        fresh = Case.objects.get(pk=case.pk)
        actions.record_consent(fresh, by=personas.amina, talk=talk, decisions=[actions.Decision(scope, "given")])


def test_the_finding_is_kept_as_it_was_made(tell, personas):
    assert tell(paper_seen="on").status_code == 302
    with acting_as(personas.amina):
        found = Finding.objects.get()
        assert (found.imported, found.result, found.body) == (True, "ActualVictimOfTrafficking", "Police")
        assert str(localdate(found.at)) == "2026-10-02" and found.reason == "PV 77/26. The paper was seen."


@pytest.mark.parametrize("scope", ["interview", "assistance"])
def test_consent_leads_to_the_plan_past_the_screening(tell, personas, case, scope):
    tell()
    agree(case, personas, scope)
    assert state(personas, case) == "S5"
    with acting_as(personas.amina):
        assert not CaseMove.objects.filter(to_state="S3").exists()


def test_help_without_the_interview_empties_nothing(tell, amina, personas, case):
    tell()
    sent = {"interview": "refused", "assistance": "given", "all_points": "on", "version": "0", "form_token": token()}
    assert amina.post(f"/people/{case.reference}/consent/", sent).status_code == 302
    with acting_as(personas.amina):
        fresh = Case.objects.get(pk=case.pk)
        assert (fresh.state, fresh.anonymous) == ("S5", False) and called(fresh) == "Salam"


def test_who_refuses_all_of_it_is_let_go_without_a_name(tell, amina, personas, case):
    tell()
    sent = {"interview": "refused", "assistance": "refused", "version": "0", "confirmed": "1", "form_token": token()}
    amina.post(f"/people/{case.reference}/consent/", sent)
    with acting_as(personas.amina):
        assert Case.objects.get(pk=case.pk).anonymous


def test_who_agreed_before_goes_on_at_once(tell, personas, case):
    agree(case, personas)
    assert state(personas, case) == "S3"
    tell()
    assert state(personas, case) == "S5"


def test_not_identified_leads_nowhere(tell, personas, case):
    tell(result="NotAVictimOfTrafficking")
    agree(case, personas)
    assert state(personas, case) == "S3"


def test_a_later_paper_supersedes_an_earlier_one(tell, personas):
    tell()
    tell(result="PossibleVictimOfTrafficking")
    with acting_as(personas.amina):
        assert Finding.objects.count() == 2
        assert Finding.objects.standing().get().result == "PossibleVictimOfTrafficking"


def test_a_decision_made_here_is_not_set_aside(tell, personas, case, refusals):
    from havre.cases.screening.actions import decide

    decision = Decision("yes", "yes", "yes", "ActualVictimOfTrafficking", "Told.", "NGO", "palermo")
    with acting_as(personas.amina):
        decide(case, by=personas.amina, decision=decision, version=0, today=localdate())
    answer = tell()
    assert answer.status_code == 422 and "A decision made here stands already." in text(answer)
    assert "PV 77/26" in answer.content.decode() and len(refusals) == 1


def test_what_is_missing_is_said_and_nothing_is_lost(tell):
    answer = tell(result="", body="", decided_on="2099-01-01")
    assert answer.status_code == 422 and "PV 77/26" in answer.content.decode()
    for sentence in ("Choose what the other body found.", "Say which kind of body found it.", "Check the year"):
        assert sentence in text(answer)


def test_somebody_new_comes_with_a_finding(amina, opened, personas):
    sent = {**FOUND, "called": "Awa", "born": "31", "language": "fr", "in_danger": "no", "form_token": token()}
    answer = amina.post("/people/identified-elsewhere/", sent)
    case = opened()["Awa"]
    assert answer.headers["Location"] == f"/people/{case.reference}/consent/"
    agree(case, personas)
    assert state(personas, case) == "S5" and case.person.birth_year == localdate().year - 31


def test_somebody_in_danger_is_brought_to_safety_first(amina, opened, personas):
    sent = {**FOUND, "called": "Awa", "in_danger": "yes", "form_token": token()}
    assert amina.post("/people/identified-elsewhere/", sent).headers["Location"].endswith("/safety/")
    case = opened()["Awa"]
    agree(case, personas, "assistance")
    assert state(personas, case) == "S1"
    with acting_as(personas.amina):
        assert Consent.objects.exists()


def test_another_agency_finds_no_such_page(sign_in, case):
    assert sign_in("boris").post(f"/people/{case.reference}/identified-elsewhere/", FOUND).status_code == 404


def test_a_closed_file_takes_no_finding(tell, personas, case, refusals):
    with acting_as(personas.amina):
        actions.move(case, by=personas.amina, to="S13", closure_reason="moved")
    assert tell().status_code == 422 and "This file is closed." in refusals[0]
