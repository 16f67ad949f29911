"""Answered, declined, unknown and not asked stay four things; two editors are both heard; nothing is typed in vain."""

import pytest
from django.db import connection

from havre.cases.people import actions as people
from havre.cases.people.models import Person
from havre.cases.screening import questionnaire
from havre.cases.screening.models import Answer
from havre.platform.accounts.claims import acting_as


@pytest.mark.parametrize("letter", list("ACDEFG"))
def test_every_subject_has_its_page(amina, letter):
    text = amina.get(f"screening/{letter}/").content.decode()
    for item in questionnaire.items(letter):
        assert f'id="{item.code}"' in text


def test_the_four_states_are_four_different_things(amina, kept):
    amina.answer("D", D05=["study"], D06_state="declined", D07_state="unknown", D08_state="not_asked")
    assert kept("D05") == ("answered", "study", "")
    assert kept("D06") == ("declined", "", "")
    assert kept("D07") == ("unknown", "", "")
    assert kept("D08") is None


def test_choosing_without_saying_so_is_answering_and_can_be_taken_back(amina, kept):
    amina.answer("D", D07=["M6"], D07_state="not_asked")
    amina.answer("D", version=1, D07=["M6"])
    assert kept("D07") == ("answered", "M6", "")
    amina.answer("D", version=1, D07=["M6"], D07_state="not_asked")
    assert kept("D07") == ("not_asked", "", "")


def test_each_kind_of_answer_is_kept_and_shown_again(amina, kept):
    amina.answer("D", D01_text="06/2025", D05B_text="1 200,50 usd", D07=["M6", "M8"], D07_text="They lied.")
    amina.answer("F", F04=9, F03_codes_0="LB", F03_codes_1="SY", F03_text="Beirut")
    amina.answer("A", version=1, A06="am", A02_text="Room 2")
    expected = [("D01", "", "2025-06"), ("D05B", "", "1200.50 USD"), ("D07", "M6;M8", "They lied.")]
    expected += [("F04", "9", ""), ("F03", "LB;SY", "Beirut"), ("A06", "am", ""), ("A02", "", "Room 2")]
    assert [(code, *kept(code)[1:]) for code, _, _ in expected] == expected
    assert 'value="06/2025"' in amina.get("screening/D/").content.decode()
    assert '<option value="LB" selected>' in amina.get("screening/F/").content.decode()


@pytest.mark.parametrize(
    ("letter", "values", "sentence"),
    [
        ("D", {"D01_text": "31/02/2024"}, "no such day"),
        ("D", {"D01_text": "2999"}, "not come yet"),
        ("D", {"D05B_text": "much"}, "Write an amount"),
        ("F", {"F04": "-3"}, "whole number"),
        ("D", {"D07": ["nothing-of-the-list"]}, "no longer in the list"),
        ("F", {"F03_codes_0": "QQ"}, "no longer in the list"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_typed_is_lost(amina, kept, letter, values, sentence):
    answer = amina.answer(letter, **values, **{"D07_text" if letter == "D" else "F07_text": "كلام 🕊 words"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "كلام 🕊 words" in answer.content.decode()
    assert kept("D07") is None and kept("F07") is None


def test_all_ways_of_control_together_are_kept(amina, kept):
    codes = [option.code for option in questionnaire.item("F07").options]
    assert amina.answer("F", F07=codes).status_code == 302
    assert kept("F07")[1].split(";") == codes


def test_words_are_sealed_in_the_table(amina, personas, case):
    amina.answer("D", D07_text="The lady said school in the evening")
    with acting_as(personas.amina), connection.cursor() as cursor:
        cursor.execute("select text from screening_answer where item = 'D07'")
        assert b"school" not in bytes(cursor.fetchone()[0])


def test_an_older_version_shows_both_values(amina, pages, kept):
    amina.answer("D", D07=["M6"], D06=["none"])
    answer = pages("chloe").answer("D", version=0, D07=["M2"], D06_state="not_asked", D05=["study"])
    text = answer.content.decode()
    assert answer.status_code == 409 and "Amina D. saved this page at" in text
    assert "They used force" in text and "They lied about the work" in text
    assert 'name="version" value="2"' in text and kept("D07") == ("answered", "M6", "")


def test_silence_of_the_later_editor_leaves_what_the_earlier_one_saved(amina, pages, kept):
    amina.answer("D", D07=["M6"])
    assert pages("chloe").answer("D", version=0, D07_state="not_asked", D05=["study"]).status_code == 302
    assert kept("D07") == ("answered", "M6", "") and kept("D05") == ("answered", "study", "")


def test_after_both_were_shown_the_choice_is_kept(amina, pages, kept):
    amina.answer("D", D07=["M6"])
    amina.answer("D", version=0, D07=["M2"])
    assert pages("chloe").answer("D", version=1, D07=["M2", "M6"]).status_code == 302
    assert kept("D07")[1] == "M2;M6"


def test_a_form_of_an_older_questionnaire_leaves_newer_questions_alone(amina, kept):
    amina.answer("D", D07=["M6"], D08=["yes"])
    amina.answer("D", version=2, D07=["M6", "M2"])
    assert kept("D08") == ("answered", "yes", "")


def test_a_form_sent_twice_is_saved_once(amina, personas, case):
    values = {
        "form_token": "3f0d4a0e-93b6-4d43-9d5b-0d2e2a6d8f11",
        "version": 0,
        "D07_state": "answered",
        "D07_codes": ["M6"],
    }
    for _ in range(2):
        assert amina.client.post(f"{amina.at}screening/D/", values).status_code == 302
    with acting_as(personas.amina):
        assert Answer.objects.get(case=case, item="D07").version == 1


def test_what_belongs_to_the_person_is_kept_there_too(amina, personas, case):
    amina.answer("C", C06C=2, C06_state="declined")
    with acting_as(personas.amina):
        person = Person.objects.get(pk=case.person_id)
        assert person.number_of_children == 2 and person.marital_status == ""


def test_what_the_person_told_elsewhere_is_not_asked_again(amina, personas, case):
    with acting_as(personas.amina):
        known = people.about.read(case.person)
        known.number_of_children = 3
        people.about.save_about(case, by=personas.amina, about=known, version=case.person.version)
    assert 'name="C06C_codes" value="3"' in amina.get("screening/C/").content.decode()


def test_what_is_known_already_is_shown_and_not_asked_again(amina):
    text = amina.get("screening/C/").content.decode()
    assert "Tigist Abebe" in text and "C01_state" not in text and "/about/" in text


def test_the_line_of_subjects_says_how_many_were_asked(amina):
    amina.answer("D", D07=["M6"], D06_state="declined")
    total = sum(item.kind != "elsewhere" for item in questionnaire.items("D"))
    assert f"2 of {total}" in amina.get("screening/D/").content.decode()


def test_the_reading_aid_names_the_answers_it_rests_on(amina, case):
    amina.answer("D", D07=["M6"])
    text = amina.get("screening/D/").content.decode()
    assert f'<a href="/people/{case.reference}/screening/D/#D07">D07</a>' in text
    assert "A reading aid. A person decides" in text and "Possible victim of trafficking" in text
