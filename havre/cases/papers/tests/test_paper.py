"""A paper says for whom and why it was printed, and never where somebody is or how to reach them."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from havre.cases.papers.models import PrintedCopy
from havre.cases.people.models import PersonPlace
from havre.platform.accounts.claims import acting_as
from havre.platform.audit import actions as audit
from havre.platform.audit.models import AuditSubject

from .conftest import BED, SECRETS, STREET, text

KINDS = ("consent", "plan", "summary")


@pytest.fixture(autouse=True)
def _hidden(personas, case):
    """Where she sleeps, sealed in her file."""
    with acting_as(personas.amina), audit.at_work():
        PersonPlace(person=case.person, kind="present", country="FR", address=STREET, city=BED).save()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_says_where_somebody_is_or_how_to_reach_them(paper, kind, language):
    said = paper(kind, language=language)
    assert [secret for secret in SECRETS if secret in said] == [] and "سلام حدّاد" in said
    assert ("Ask the caseworker: Amina D." in said) == (language == "en")


def test_its_first_line_says_who_printed_it_when_why_and_which_copy(paper, case):
    said = paper("summary", purpose="court of Lyon")
    assert said.startswith("Confidential. Printed by Amina D. on ")
    assert "purpose: a hearing or an authority ( court of Lyon )" in said
    assert f"Copy 1 of 1, number {case.reference}/1 . Destroy after use; the printing is recorded." in said


def test_it_is_in_the_language_that_was_chosen_whoever_reads(paper):
    assert paper("summary", language="fr").startswith("Confidentiel. Imprimé par Amina D. le ")


def test_each_copy_has_a_number_of_its_own(paper, case, personas):
    said = paper("consent", copies="3")
    assert all(f"Copy {each} of 3, number {case.reference}/{each}" in said for each in (1, 2, 3))
    assert f"number {case.reference}/4" in paper("plan")
    with acting_as(personas.amina):
        assert sorted(each.number for each in PrintedCopy.objects.filter(case=case)) == [1, 2, 3, 4]


def test_without_the_name_it_has_the_reference_alone(paper, case):
    said = paper("summary", named=None)
    assert "سلام" not in said and case.reference in said


def test_other_eyes_read_health_care_and_the_person_reads_which(paper):
    assert "Infectious" not in paper("summary") and "Infectious disease care" in paper("plan")


def test_the_consent_says_what_was_explained_and_what_was_decided(paper):
    said = paper("consent")
    assert "I ask these questions to see what help you need." in said and "explained on 12 March 2026" in said
    assert "not noted as explained" in said
    assert "Interview Given , 12 March 2026 The person Arabic, with an interpreter, spoken" in said
    assert "Research, without identity Refused" in said and "The interpreter" in said


def test_the_plan_has_the_goal_in_her_words_and_no_bed(paper):
    said = paper("plan")
    assert "A door that locks" in said and "Transitional shelter ask the caseworker review on 1 December 2026" in said


def test_the_printing_is_recorded(ask, amina, personas, case):
    ask("summary")
    with acting_as(personas.amina):
        assert AuditSubject.objects.filter(case_id=case.pk, act="paper.print").count() == 1


def test_it_is_listed_with_its_purpose(ask, amina, case):
    ask("summary", reason="", purpose="For her sister <b>")
    shown = text(amina.get(f"/people/{case.reference}/papers/"))
    assert "One-page summary number 1" in shown and "For her sister &lt;b&gt;" in shown


def test_a_colleague_or_a_later_day_gets_no_old_copy(ask, sign_in, amina, personas, case, monkeypatch):
    at = ask("summary").headers["Location"]
    assert "This copy was printed." in text(sign_in("chloe").get(at))
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("havre.cases.papers.views.timezone.now", lambda: later)
    assert "This copy was printed." in text(amina.get(at))


def test_a_closed_file_prints_nothing(ask, stand, amina, case, refusals):
    stand("S13")
    answer = ask("plan")
    assert answer.status_code == 422 and "This file is closed." in text(answer)
    assert "data-draft" not in amina.get(f"/people/{case.reference}/papers/plan/").content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": ""}, "Choose what the paper is for"),
        ({"reason": "other"}, "Write in a few words what the paper is for."),
        ({"reason": "bribe"}, "This choice is no longer in the list."),
        ({"language": "ar"}, "This choice is no longer in the list."),
        ({"language": ""}, "Choose one."),
        ({"copies": "0"}, "This choice is no longer in the list."),
        ({"copies": "400"}, "This choice is no longer in the list."),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_loses_nothing(ask, personas, case, sent, sentence):
    answer = ask("summary", purpose="for the judge" if "reason" not in sent else "", **sent)
    assert answer.status_code == 422 and sentence in text(answer)
    assert "reason" in sent or 'value="for the judge"' in answer.content.decode()
    with acting_as(personas.amina):
        assert not PrintedCopy.objects.filter(case=case).exists()


def test_there_is_no_other_paper(amina, case):
    assert amina.get(f"/people/{case.reference}/papers/diary/").status_code == 404


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, ask, case, login):
    at = ask("summary").headers["Location"]
    other = sign_in(login)
    assert [other.get(each).status_code for each in (at, f"/people/{case.reference}/papers/")] == [404, 404]
    assert ask("summary", browser=other).status_code == 404


def test_the_database_keeps_one_number_for_one_copy(personas, case):
    rows = [PrintedCopy(case=case, by=personas.amina, number=1, first=1, reason="hearing") for _ in range(2)]
    with acting_as(personas.amina), pytest.raises(IntegrityError), transaction.atomic():
        PrintedCopy.objects.bulk_create(rows)
