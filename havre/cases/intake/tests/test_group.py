"""A group on one page: a case each, joined by a mark; all of them or none, and nothing typed is lost."""

import re

import pytest
from django.utils.timezone import localdate

from havre.cases.people.models import Case, CaseGroup, CaseNote
from havre.cases.people.panels import together
from havre.cases.people.shown import child
from havre.cases.story.models import Leg
from havre.platform.accounts.claims import acting_as

from .conftest import field, text, token

PAGE = "/people/group/"
ROWS = {
    "rows": "4",
    "called_1": "Mariam",
    "born_1": "34",
    "called_2": "Rim",
    "born_2": "6",
    "tie_2": "child",
    "to_2": "1",
    "called_4": "سلام",
    "gender_4": "Masculine",
}


def send(browser, **more):
    return browser.post(PAGE, {**ROWS, "form_token": token(), **more})


def test_each_person_has_a_case_and_what_they_share(amina, opened, personas):
    shared = {"gender": "Feminine", "language": "ar", "referred_by": "law_enforcement", "needs": ["food", "shelter"]}
    answer = send(amina, in_danger="no", place="Rue des Lilas", country="FR", note="A raid at dawn.", **shared)
    files = opened()
    assert sorted(files) == ["Mariam", "Rim", "سلام"] and re.fullmatch(rf"{PAGE}[\w-]+/", answer.headers["Location"])
    assert {(each.state, each.immediate_needs, each.referred_by) for each in files.values()} == {
        ("S1", "food;shelter", "law_enforcement")
    }
    assert (files["Mariam"].person.gender, files["سلام"].person.gender) == ("Feminine", "Masculine")
    with acting_as(personas.amina):
        assert len({row.group for row in CaseGroup.objects.all()}) == 1
        notes = [each.text for each in CaseNote.objects.all()]
    assert len(notes) == 3 and all("Rue des Lilas, France." in each and "A raid at dawn." in each for each in notes)


def test_mother_and_child_are_linked_and_the_child_is_one(amina, opened, personas):
    send(amina)
    files = opened()
    with acting_as(personas.amina):
        family = [(each.called, each.kind) for each in together(files["Mariam"])["companions"]]
    assert family == [("Rim", "child"), ("سلام", "same_event")]
    assert files["Rim"].person.birth_year == localdate().year - 6 and child(files["Rim"].person, localdate())
    assert not child(files["Mariam"].person, localdate())


def test_a_child_of_unknown_age_is_presumed_to_be_one(amina, opened):
    send(amina, born_2="")
    assert opened()["Rim"].person.presumed_minor and not opened()["Mariam"].person.presumed_minor


def test_the_way_is_told_once_and_stands_in_each_file(amina, personas):
    send(amina, transit_country="LY", transit_place="Sabha", exploitation_country="FR", exploitation_when="03/2026")
    with acting_as(personas.amina):
        legs = list(Leg.objects.order_by("case", "seq"))
        assert [(leg.stage, leg.country) for leg in legs] == [("transit", "LY"), ("exploitation", "FR")] * 3
        assert legs[0].place == "Sabha"


def test_a_list_of_names_becomes_rows_or_files(amina, opened):
    page = amina.post(PAGE, {"rows": "4", "names": "1. Awa, 17\n2. Binta\n\nلينا, 2001\nDia\nEsi", "fill": "1"})
    assert page.status_code == 200 and field(page, "rows") == "5" and field(page, "called_5") == "Esi"
    assert (field(page, "called_1"), field(page, "born_1"), field(page, "born_3")) == ("Awa", "17", "2001")
    amina.post(PAGE, {"rows": "1", "names": "Awa, 17\nBinta", "form_token": token()})
    assert sorted(opened()) == ["Awa", "Binta"] and opened()["Awa"].person.birth_year == localdate().year - 17


def test_more_rows_lose_nothing_and_open_nothing(amina, opened):
    page = send(amina, more="1", note="At dawn.", in_danger="yes", exploitation_place="Lyon")
    assert page.status_code == 200 and field(page, "rows") == "8" and not opened()
    assert field(page, "called_1") == "Mariam" and "At dawn." in text(page)
    assert (
        field(page, "to_2") == "1"
        and field(page, "exploitation_place") == "Lyon"
        and "needs another look" not in text(page)
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"born_2": "six"}, "Write the age in years"),
        ({"to_2": ""}, "Say to whom"),
        ({"tie_2": ""}, "Say what they are to each other"),
        ({"to_2": "2"}, "This is the row itself"),
        ({"to_2": "3"}, "Nobody stands in that row"),
        ({"to_2": "one"}, "Write the number of a row"),
        ({"tie_1": "child", "to_1": "2"}, "their own child"),
    ],
)
def test_one_wrong_row_says_so_and_opens_nothing(amina, opened, wrong, sentence):
    answer = send(amina, **wrong)
    assert answer.status_code == 422 and sentence in text(answer) and not opened()
    assert field(answer, "called_4") == "سلام" and field(answer, "born_1") == "34"


def test_nobody_at_all_is_asked_again(amina):
    assert "Write at least one name" in text(amina.post(PAGE, {"form_token": token()}))


def test_a_way_in_the_wrong_order_is_refused_and_opens_nothing(amina, opened, refusals):
    answer = send(amina, recruitment_when="2026", exploitation_when="2024")
    assert answer.status_code == 422 and refusals and not opened() and field(answer, "called_1") == "Mariam"


def test_sent_twice_it_opens_once(amina, personas):
    sent = {**ROWS, "form_token": token()}
    answers = {amina.post(PAGE, sent).headers["Location"] for _ in range(2)}
    with acting_as(personas.amina):
        assert len(answers) == 1 and Case.objects.count() == 3


def test_then_each_of_them_is_asked_for_consent(amina, sign_in):
    where = send(amina).headers["Location"]
    shown = text(amina.get(where))
    assert shown.count("Ask for consent") == 3 and "child of Mariam" in shown
    assert sign_in("boris").get(where).status_code == 404


def test_a_draft_is_there_again_with_all_its_rows(amina, personas):
    kept = {**ROWS, "rows": "7", "called_7": "Esi", "note": "At dawn."}
    amina.post(f"/draft/group/{personas.amina.pk}/", kept)
    page = amina.get(PAGE)
    assert field(page, "rows") == "7" and field(page, "called_7") == "Esi" and "At dawn." in text(page)


@pytest.mark.parametrize("rows", ["", "x", "-3", "99999999999", "0"])
def test_a_count_that_cannot_be_is_a_page_with_rows(amina, rows):
    assert amina.post(PAGE, {"rows": rows, "more": "1", "form_token": token()}).status_code == 200
