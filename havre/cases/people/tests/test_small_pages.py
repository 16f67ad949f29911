"""A way to reach somebody, a note, a task, a step."""

import datetime

import pytest
from django.utils.timezone import localdate

from havre.cases.people import actions
from havre.cases.people.models import Case, CaseMove, CaseNote, PersonContact, Task
from havre.platform.accounts.claims import acting_as
from havre.platform.permissions import Compartment

from .conftest import field, text, token


def test_a_way_is_changed_and_the_later_editor_sees_both(amina, sign_in, url, personas):
    version = field(amina.get(url("reach")), "version")
    sent = {"kind": "mobile", "safe": "yes", "form_token": token()}
    assert amina.post(url("reach"), {**sent, "value": "+33611111111", "version": version}).status_code == 302
    late = sign_in("chloe").post(
        url("reach"), {**sent, "value": "+33622222222", "version": version, "form_token": token()}
    )
    assert late.status_code == 409 and "+33611111111" in text(late) and "+33622222222" in late.content.decode()
    with acting_as(personas.amina):
        assert PersonContact.objects.get().value == "+33611111111"


def test_another_way_is_added_and_one_is_no_longer_safe(amina, url, personas):
    amina.post(
        url("reach") + "?way=new", {"kind": "email", "value": "s@example.org", "safe": "no", "form_token": token()}
    )
    with acting_as(personas.amina):
        assert {(way.kind, way.safe) for way in PersonContact.objects.all()} == {("mobile", True), ("email", False)}


@pytest.mark.parametrize("way", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_way_that_is_not_of_this_person_is_not_found(amina, url, way):
    assert amina.get(url("reach") + f"?way={way}").status_code == 404


def test_a_note_lies_in_the_part_it_was_written_for(amina, url, personas):
    amina.post(url("note"), {"text": "Hearing on Monday.", "kind": "note", "readers": "LEGAL", "form_token": token()})
    with acting_as(personas.amina):
        assert CaseNote.objects.get(compartment=Compartment.LEGAL).text == "Hearing on Monday."


def test_a_task_is_written_and_done(amina, url, personas):
    amina.post(url("task"), {"text": "Ring the clinic", "due": str(localdate()), "form_token": token()})
    with acting_as(personas.amina):
        task = Task.objects.get()
    answer = amina.post(url("task") + f"{task.pk}/done/", {"next": "/", "form_token": token()})
    assert answer.headers["Location"] == "/"
    with acting_as(personas.amina):
        assert Task.objects.get().done_on == localdate()


def test_a_day_that_has_passed_is_no_day_for_a_task(amina, url):
    past = localdate() - datetime.timedelta(days=1)
    answer = amina.post(url("task"), {"text": "Ring", "due": str(past), "form_token": token()})
    assert answer.status_code == 422 and "This day has passed." in text(answer)
    assert "could not be read as a day" in text(
        amina.post(url("task"), {"text": "Ring", "due": "soon", "form_token": token()})
    )


def test_a_file_is_closed_with_its_reason_and_then_only_read(amina, url, refusals):
    assert "Choose why the file is closed." in text(amina.post(url("step"), {"to": "S13", "form_token": token()}))
    amina.post(url("step"), {"to": "S13", "closure_reason": "moved", "form_token": token()})
    assert "This file is closed." in text(amina.get(url("note")))
    answer = amina.post(url("note"), {"text": "Too late.", "form_token": token()})
    assert answer.status_code == 422 and "Too late." in answer.content.decode()
    assert refusals == ["This file is closed. Ask your supervisor to reopen it."]


def test_a_supervisor_opens_it_again(amina, sign_in, url, personas):
    amina.post(url("step"), {"to": "S13", "closure_reason": "moved", "form_token": token()})
    sign_in("chloe").post(url("step"), {"to": "S0", "reason": "She is back.", "form_token": token()})
    with acting_as(personas.amina):
        case = Case.objects.get()
        assert case.state == "S0" and case.closed_on is None
        assert CaseMove.objects.get(kind="reopen").reason == "She is back."


def test_a_step_back_says_why(amina, url, personas, case):
    with acting_as(personas.amina):
        actions.move(case, by=personas.amina, to="S2")
        actions.move(case, by=personas.amina, to="S3")
    assert "Say in a sentence why this step is taken." in text(
        amina.post(url("step"), {"to": "S2", "form_token": token()})
    )
    assert amina.post(url("step"), {"to": "S2", "reason": "New facts.", "form_token": token()}).status_code == 302


def test_a_step_that_does_not_follow_is_refused_in_a_sentence(amina, url):
    answer = amina.post(url("step"), {"to": "S9", "form_token": token()})
    assert answer.status_code == 422 and "no longer in the list" in text(answer)


def test_a_step_that_rests_on_a_finding_waits_for_it(personas, case):
    with acting_as(personas.amina):
        actions.move(case, by=personas.amina, to="S2")
        assert "S5" not in {step.target for step in actions.possible(case, personas.amina)}


def test_agreeing_while_in_danger_is_remembered_when_safety_is_reached(personas):
    with acting_as(personas.amina):
        case = actions.open_contact(actions.Arrival(on=localdate(), in_danger="yes"), by=personas.amina)
        talk = actions.Talk(on=localdate())
        actions.record_consent(case, by=personas.amina, talk=talk, decisions=[actions.Decision("interview", "given")])
        assert case.state == "S1" and actions.move(case, by=personas.amina, to="S2").state == "S3"
