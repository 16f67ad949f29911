"""Answers given on paper come in by a spreadsheet: all of them, or none and what is wrong with each row."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from havre.platform.accounts.claims import acting_as
from havre.prevention.surveys import actions
from havre.prevention.surveys.models import Answer

pytestmark = pytest.mark.django_db
GOOD = """wave,group,sex,age,code,day,K1,K2,A1,P1
pre,exposed,female,17,FA07K,2026-03-12,false,unknown,2,yes
post,,,,,,true,,,
"""


def sent(browser, asked, body, name="answers.csv"):
    file = SimpleUploadedFile(name, body if isinstance(body, bytes) else body.encode())
    return browser.post(f"/prevention/surveys/{asked.survey.pk}/load/", {"file": file})


def test_a_text_is_loaded_once_and_taken_out_again(asked, sign_in):
    browser = sign_in("chloe")
    assert sent(browser, asked, GOOD).status_code == 302
    post, pre = asked.answers()
    assert (pre.age_group, pre.answers) == ("15", {"K1": False, "K2": "unknown", "A1": 2, "P1": True})
    assert str(pre.on) == "2026-03-12" and (post.group, post.answers) == ("exposed", {"K1": True})
    assert b"loaded already" in sent(browser, asked, GOOD).content
    browser.post(f"/prevention/surveys/loads/{pre.load_id}/out/")
    assert not asked.answers()


def test_a_workbook_is_loaded_with_words_in_place_of_codes(asked, sign_in):
    book = Workbook()
    for row in (["Vague", "Sexe", "k1", "P1", "A1"], ["Avant", "Un homme ou un garçon", "Je ne sais pas", True, 5]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    assert sent(sign_in("chloe"), asked, file.getvalue(), "answers.xlsx").status_code == 302
    (one,) = asked.answers()
    assert (one.wave, one.sex, one.answers) == ("pre", "male", {"K1": "unknown", "P1": True, "A1": 5})


def test_every_fault_is_named_by_its_row_and_nothing_is_loaded(asked, sign_in):
    asked.send(code="FA07K")
    rows = ["later,,,,K1,,true,,,", "pre,,,x,,31.2.2026,maybe,,,", "pre,,,,fa07k,,true,,,", "pre,,,,,,,,,"]
    page = sent(sign_in("chloe"), asked, GOOD + "\n".join(rows))
    assert page.status_code == 422
    found = {(fault.row, fault.column) for fault in page.context["reading"].faults}
    assert found == {(2, "code"), (4, "wave"), (4, "code"), (5, "age"), (5, "day"), (5, "K1"), (6, "code"), (7, "")} | {
        (5, "")
    } - {(5, "")}
    assert len(asked.answers()) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 rest", "no table"),
        (b"name,K1\nx,true\n", "one called"),
        (b"wave,other\npre,x\n", "such as K1"),
        (b"wave,K1,K1\npre,true,true\n", "stands twice"),
        (b"wave,K1\n", "No answers stand"),
        ("wave,K1\npré,true\n".encode("latin-1"), "not UTF-8"),
        (b"PK\x03\x04broken", "no table"),
    ],
)
def test_what_is_no_sheet_of_answers_gets_one_sentence(asked, sign_in, body, said):
    page = sent(sign_in("chloe"), asked, body)
    assert page.status_code == 422 and said in page.content.decode()


def test_a_draft_is_not_loaded_and_the_empty_sheet_names_its_columns(asked, sign_in):
    with acting_as(asked.by):
        actions.redraft(asked.survey, by=asked.by)
    browser = sign_in("chloe")
    assert b"Open the survey first" in sent(browser, asked, GOOD).content
    sheet = browser.get(f"/prevention/surveys/{asked.survey.pk}/load/sheet.csv").content.decode("utf-8-sig")
    assert sheet.strip() == "wave,group,sex,age,code,day,K1,K2,A1,P1"


def test_only_the_keeper_loads(asked, sign_in):
    assert sent(sign_in("boris"), asked, GOOD).status_code == 404
    assert sent(sign_in("amina"), asked, GOOD).status_code == 403
    assert sent(Client(), asked, GOOD).status_code in (302, 401)
    assert not Answer.objects.exists()
