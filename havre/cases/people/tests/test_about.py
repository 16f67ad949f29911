"""Who the person is: dates as they are remembered, names as they are written, two editors."""

import pytest

from havre.cases.people.models import CaseNote, Person, PersonCountry, PersonIdentity, PersonLanguage, PersonName
from havre.platform.accounts.claims import acting_as

from .conftest import field, text, token


@pytest.fixture
def send(amina, url):
    def send(client=amina, **values):
        version = values.pop("version", None) or field(client.get(url("about")), "version")
        return client.post(url("about"), {"version": version, "form_token": token(), **values})

    return send


def person(personas, case):
    with acting_as(personas.amina):
        return Person.objects.get(pk=case.person_id)


@pytest.mark.parametrize(
    ("typed", "kept", "year", "precision"),
    [("12/03/1998", "1998-03-12", 1998, "day"), ("03/1998", "1998-03", 1998, "month"), ("1998", "1998", 1998, "year")],
)
def test_half_a_date_is_kept_as_half_a_date(send, personas, case, typed, kept, year, precision):
    send(born=typed)
    about = person(personas, case)
    assert (about.birth_year, about.birth_precision) == (year, precision)
    with acting_as(personas.amina):
        assert PersonIdentity.objects.get(person=about).born_on == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/1998", "There is no such day in the calendar."),
        ("yesterday", "This could not be read as a date."),
        ("12/03/2962", "This day has not come yet."),
        ("12/03/1798", "This lies before 1900."),
        ("x" * 5000, "This is longer than the 60 characters kept here."),
    ],
)
def test_a_date_that_cannot_be_is_answered_in_one_sentence(send, personas, case, typed, sentence):
    answer = send(born=typed, called="Salam H.")
    shown = answer.content.decode()
    assert answer.status_code == 422 and sentence in text(answer) and typed in shown and "Salam H." in shown
    assert person(personas, case).birth_year is None


def test_an_estimated_age_becomes_a_year_and_says_so(send, personas, case):
    send(age="20")
    about = person(personas, case)
    assert about.birth_precision == "year" and about.age_basis == "estimated"
    assert "not both" in text(send(age="20", born="1998")) and "whole number" in text(send(age="-1", born=""))


@pytest.mark.parametrize(
    "name",
    [
        "ن" * 300,
        "\u200fسلام\u200e",
        "Zoë 🌊🏳️‍🌈",
        "O’Hara-Đặng",
        "<b>Salam</b>",
        "'; drop table people_case; --",
        "=1+1",
    ],
)
def test_a_name_is_kept_as_it_is_written(send, personas, case, name):
    assert send(called=name).status_code == 302
    with acting_as(personas.amina):
        assert PersonName.objects.get(person=case.person_id, kind="known_as").full == name


def test_a_name_beyond_three_hundred_signs_is_answered_and_stays_on_the_page(send):
    answer = send(called="n" * 301)
    assert (
        answer.status_code == 422
        and "longer than the 300 characters" in text(answer)
        and "n" * 301 in answer.content.decode()
    )


def test_a_sign_that_cannot_be_shown_is_left_out(send, personas, case):
    send(called="Sa\x00lam\x07")
    with acting_as(personas.amina):
        assert PersonName.objects.get(person=case.person_id).full == "Salam"


def test_names_countries_and_languages_come_and_go(send, personas, case):
    send(
        called="Salam",
        full_name="Salam Haddad",
        other_names="Sally\nSoso",
        citizenships_0="SY",
        citizenships_1="NA",
        residence="LB",
        language="ar",
        other_languages_0="fr",
        other_languages_1="ku",
    )
    send(
        called="Salam", other_names="Soso", citizenships_0="NA", citizenships_1="", language="fr", other_languages_0=""
    )
    with acting_as(personas.amina):
        names = {(name.kind, name.full) for name in PersonName.objects.all()}
        assert names == {("known_as", "Salam"), ("legal", "Salam Haddad"), ("alias", "Soso")}
        assert {(each.kind, each.country) for each in PersonCountry.objects.all()} == {
            ("citizenship", "NA"),
            ("residence", "LB"),
        }
        assert {(each.language, each.preferred) for each in PersonLanguage.objects.all()} == {("fr", True)}


def test_a_field_the_form_did_not_have_keeps_what_stands(send, personas, case):
    send(full_name="Salam Haddad", education="PrimaryEducation")
    send(called="Salam")
    with acting_as(personas.amina):
        assert PersonName.objects.get(kind="legal").full == "Salam Haddad"
    assert person(personas, case).education == "PrimaryEducation"


def test_of_two_editors_the_later_sees_both_values(send, amina, sign_in, url, personas, case):
    chloe = sign_in("chloe")
    version = field(chloe.get(url("about")), "version")
    send(called="Salam", marital_status="Married")
    late = send(chloe, version=version, called="Selma", marital_status="Single")
    assert late.status_code == 409
    for words in ("Amina D. saved this page at", "Selma", "Salam", "Single", "Married"):
        assert words in text(late) or words in late.content.decode()
    again = send(chloe, version=field(late, "version"), called="Selma", marital_status="Single")
    assert again.status_code == 302 and person(personas, case).marital_status == "Single"


def notes(personas, case):
    with acting_as(personas.amina):
        return [note.text for note in CaseNote.objects.filter(case=case).order_by("at")]


def test_a_corrected_age_says_which_rules_hold_now_and_takes_nothing_away(send, personas, case):
    before = notes(personas, case)
    send(born="2012")
    assert notes(personas, case) == before  # known for the first time: nothing was corrected
    send(born="1998")
    send(born="2012", called="Salam H.")
    adult, minor = notes(personas, case)[len(before) :]
    assert "rules for adults hold now" in adult and "Name a guardian" in minor
