"""What the person agrees to: decisions apart from each other, none overwritten, a refusal that is meant."""

import pytest
from django.db import connection

from havre.cases.people.models import Case, CaseNote, Consent, PersonContact, PersonLanguage, PersonName
from havre.platform.accounts.claims import acting_as
from havre.platform.crypto.models import SubjectKey

from .conftest import field, text, token

ALL = {"all_points": "on", "language": "ar", "method": "spoken", "given_by": "self"}


@pytest.fixture
def send(amina, url):
    def send(**values):
        version = field(amina.get(url("consent")), "version")
        return amina.post(url("consent"), {"version": version, "form_token": token(), **values})

    return send


def standing(personas):
    with acting_as(personas.amina):
        return {(each.scope, each.recipient): each.decision for each in Consent.objects.standing()}


def test_each_use_is_decided_apart_and_the_points_go_with_it(send, personas):
    send(**ALL, interview="given", data="given", media="refused", share="given", recipient="Dar Al-Mina")
    expected = {
        ("interview", ""): "given",
        ("data", ""): "given",
        ("media", ""): "refused",
        ("share", "Dar Al-Mina"): "given",
    }
    assert standing(personas) == expected
    with acting_as(personas.amina):
        assert len(Consent.objects.first().points.split(";")) == 7 and Case.objects.get().state == "S3"


def test_nothing_decided_is_not_sent_on_in_silence(send):
    answer = send(**ALL)
    assert answer.status_code == 422 and "No decision is noted yet." in text(answer)


def test_withdrawing_keeps_everything(send, personas, case):
    send(**ALL, interview="given", share="given", recipient="Dar Al-Mina")
    with acting_as(personas.amina):
        share = Consent.objects.get(scope="share").pk.hex
    send(interview="withdrawn", **{f"share_{share}": "withdrawn"})
    assert set(standing(personas).values()) == {"withdrawn"}
    with acting_as(personas.amina):
        assert Consent.objects.count() == 4 and PersonName.objects.filter(person=case.person_id).exists()


def test_no_to_what_was_given_is_a_withdrawal_whatever_the_form_says(personas, case):
    from havre.cases.people import actions

    with acting_as(personas.amina):
        talk = actions.Talk(on=case.opened_on)
        actions.record_consent(case, by=personas.amina, talk=talk, decisions=[actions.Decision("interview", "given")])
        actions.record_consent(case, by=personas.amina, talk=talk, decisions=[actions.Decision("interview", "refused")])
        assert not case.anonymous and PersonName.objects.exists()
        assert Consent.objects.standing().get().decision == "withdrawn"


def test_a_refused_interview_is_asked_about_before_anything_goes(send, personas):
    answer = send(interview="refused")
    assert (
        answer.status_code == 422
        and "emptied for good" in text(answer)
        and 'name="confirmed"' in answer.content.decode()
    )
    with acting_as(personas.amina):
        assert PersonName.objects.exists() and not Consent.objects.exists()


def test_a_refused_interview_leaves_a_contact_that_names_nobody(send, personas, case):
    answer = send(**ALL, interview="refused", confirmed="1", referral="1")
    assert answer.headers["Location"] == f"/people/{case.reference}/"
    with acting_as(personas.amina):
        for model in (PersonName, PersonContact, PersonLanguage):
            assert not model.objects.filter(person=case.person_id).exists()
        assert [each.text for each in CaseNote.objects.all()] == ["A referral was offered."]
        assert Case.objects.get().anonymous and Consent.objects.get().decision == "refused"


def test_the_key_that_sealed_who_it_was_is_destroyed(send, personas, case):
    send(interview="refused", confirmed="1")
    with acting_as(personas.amina):
        old = SubjectKey.objects.filter(subject_id__in=[case.pk, case.person_id], generation=1)
        assert [key.wrapped for key in old] == [None, None]


def test_a_refusal_in_a_file_under_way_empties_nothing(personas, case, send):
    with acting_as(personas.amina):
        from havre.cases.people import actions

        actions.move(case, by=personas.amina, to="S2")
        actions.move(case, by=personas.amina, to="S3")
    assert send(interview="refused").status_code == 302
    with acting_as(personas.amina):
        assert PersonName.objects.exists() and not Case.objects.get().anonymous


def test_who_is_in_danger_is_not_sent_on_to_the_interview(personas, case, send):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("update people_case set in_danger = 'yes'")
        cursor.execute("set local role havre_app")
    send(interview="given")
    with acting_as(personas.amina):
        assert Case.objects.get().state == "S1"


def test_for_a_child_a_guardian_agrees_and_the_child_is_asked(amina, url, send, personas):
    amina.post(url("about"), {"version": field(amina.get(url("about")), "version"), "presumed_minor": "on"})
    answer = send(**ALL, interview="given")
    assert "For a child a guardian agrees as well." in text(answer) and "Say whether the child agrees too." in text(
        answer
    )
    assert "Without the child’s own yes" in text(send(interview="given", given_by="guardian", assent="no"))
    assert send(interview="given", given_by="guardian", assent="yes").status_code == 302
    with acting_as(personas.amina):
        consent = Consent.objects.get()
        assert (consent.given_by, consent.assent) == ("guardian", True)


def test_a_share_names_the_body(send):
    assert "Name the body it may be shared with." in text(send(share="given"))


def test_of_two_editors_the_later_sees_both_decisions(amina, url, personas, case, send):
    version = field(amina.get(url("consent")), "version")
    send(media="refused")
    answer = amina.post(url("consent"), {"version": version, "media": "given", "form_token": token()})
    assert answer.status_code == 409 and "Amina D. saved this page at" in text(answer)
    assert standing(personas) == {("media", ""): "refused"}
