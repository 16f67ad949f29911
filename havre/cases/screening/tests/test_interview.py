"""An interview begins in a safe place and with consent; it stops without blame and goes on another day."""

import pytest

from havre.cases.people import actions as people
from havre.cases.screening import actions
from havre.cases.screening.models import Interview
from havre.cases.screening.rules.interview import Said, settled, stop_at_start
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditSubject

from .conftest import ON


def sittings(personas, case):
    with acting_as(personas.amina):
        return list(Interview.objects.filter(case=case).order_by("began").values_list("stopped_because", flat=True))


@pytest.mark.parametrize(
    ("place", "emergency", "reason"),
    [("yes", "no", ""), ("no", "no", "setting"), ("yes", "yes", "emergency"), ("no", "yes", "emergency")],
)
def test_the_setting_and_an_emergency_stop_it_before_it_begins(place, emergency, reason):
    assert stop_at_start(place, emergency) == reason


@pytest.mark.parametrize(
    ("sent", "before", "state"),
    [
        (Said("not_asked", ("M6",)), "not_asked", "answered"),
        (Said("not_asked", (), "Her words"), "declined", "answered"),
        (Said("not_asked", ("M6",)), "answered", "not_asked"),
        (Said("declined", ("M6",)), "answered", "declined"),
        (Said("answered"), "not_asked", "answered"),
        (Said("not_asked"), "not_asked", "not_asked"),
    ],
)
def test_choosing_is_answering_and_taking_back_is_not(sent, before, state):
    kept = settled(sent, before)
    assert kept.state == state and kept.has_content == (state == "answered" and sent.has_content)


@pytest.mark.parametrize(
    ("place", "emergency", "sentence"), [("no", "no", "Find a place"), ("yes", "yes", "Call the emergency number")]
)
def test_a_stop_rule_says_what_to_do(pages, personas, case, place, emergency, sentence):
    mine = pages("amina")
    answer = mine.begin(private_and_safe=place, emergency=emergency)
    assert answer.headers["Location"] == f"/people/{case.reference}/screening/"
    assert sentence in mine.get("screening/").content.decode()
    assert sittings(personas, case) == ["setting" if place == "no" else "emergency"]


def test_nothing_is_written_while_it_is_stopped(pages, kept):
    mine = pages("amina")
    mine.begin(private_and_safe="no")
    answer = mine.answer("D", D07=["M6"])
    assert answer.status_code == 422 and "was stopped" in answer.content.decode()
    assert kept("D07") is None


def test_both_questions_of_the_start_are_asked(pages, personas, case):
    answer = pages("amina").post("screening/", private_and_safe="yes")
    assert answer.status_code == 422 and "Say so first" in answer.content.decode()
    assert sittings(personas, case) == []


def test_without_consent_it_sends_to_the_consent(pages, personas, case):
    with acting_as(personas.amina):
        other = people.open_contact(people.Arrival(on=ON), by=personas.amina)
    mine = pages("amina")
    answer = mine.client.get(f"/people/{other.reference}/screening/")
    assert answer.status_code == 302 and answer.headers["Location"].endswith(f"{other.reference}/consent/")
    with acting_as(personas.amina), pytest.raises(Refused):
        actions.begin(other, by=personas.amina, private_and_safe="yes", emergency="no")


def test_once_consent_is_taken_back_nothing_more_is_written_and_what_was_said_stays(amina, personas, case, kept):
    amina.answer("D", D07=["M6"])
    with acting_as(personas.amina):
        talk = people.Talk(on=ON)
        people.record_consent(case, by=personas.amina, talk=talk, decisions=[people.Decision("interview", "withdrawn")])
    assert amina.answer("D", version=1, D06=["none"]).status_code == 422
    assert kept("D06") is None and kept("D07") == ("answered", "M6", "")


def test_a_child_is_a_reminder_and_not_a_lock(pages, personas, case):
    with acting_as(personas.amina):
        about = people.about.read(case.person)
        about.presumed_minor = True
        people.about.save_about(case, by=personas.amina, about=about, version=case.person.version)
    mine = pages("amina")
    assert "A guardian or a specialist for children" in mine.get("screening/").content.decode()
    assert mine.begin().headers["Location"].endswith("/screening/A/")


def test_it_stops_for_a_reason_and_keeps_what_was_typed(amina, personas, case, kept):
    answer = amina.answer("D", D07=["M6"], go="stop", because="tired")
    assert answer.headers["Location"].endswith("/screening/")
    assert sittings(personas, case) == ["tired"] and kept("D07") == ("answered", "M6", "")
    assert "Offer quiet" in amina.get("screening/").content.decode()


def test_another_sitting_goes_on_and_the_earlier_stays(amina, personas, case, kept):
    amina.answer("D", D07=["M6"], go="stop", because="time")
    amina.begin()
    assert amina.answer("D", version=1, D07=["M6", "M8"]).status_code == 302
    with acting_as(personas.amina):
        rows = Interview.objects.filter(case=case).order_by("began").values_list("answers__codes", "answers__item")
        assert [codes for codes, item in rows if item == "D07"] == ["M6", "M6;M8"]
    assert sittings(personas, case) == ["time", ""] and kept("D07")[1] == "M6;M8"


def test_pause_keeps_and_leads_back_to_the_file(amina, case, kept):
    answer = amina.answer("D", D07=["M6"], go="pause")
    assert answer.headers["Location"] == f"/people/{case.reference}/" and kept("D07")[0] == "answered"


def test_after_the_last_subject_the_case_goes_on_to_the_decision(amina, state):
    assert state() == "S3"
    assert amina.answer("G", G01=["papers"]).headers["Location"].endswith("/finding/")
    assert state() == "S4"


def test_the_ten_principles_are_there_to_read(pages):
    text = pages("amina").get("screening/").content.decode()
    assert "Do not traumatise again" in text and "<details" in text


@pytest.mark.parametrize("path", ["screening/", "screening/D/", "finding/"])
def test_it_is_not_found_for_another_agency_and_closed_to_those_without_cases(pages, amina, path):
    assert pages("boris").get(path).status_code == 404
    assert pages("boris").post(path).status_code == 404
    assert pages("dao").get(path).status_code == 403


@pytest.mark.parametrize(("letter", "status"), [("B", 302), ("H", 302), ("X", 404), ("BH", 404), ("d", 404)])
def test_only_the_subjects_have_a_page(amina, letter, status):
    assert amina.get(f"screening/{letter}/").status_code == status


def test_it_is_recorded(amina, personas, case):
    amina.answer("D", D07=["M6"])
    with acting_as(personas.amina):
        acts = set(AuditSubject.objects.filter(case_id=case.pk).values_list("act", flat=True))
    assert {"interview.begin", "answers.save"} <= acts
