"""A register is chosen, checked, shown, agreed to and written, or its faults are shown; nothing waits in the open."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from .page import BAD, GOOD, Office, count, people, staged, work

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "refusals"])


def test_it_is_shown_before_it_comes_in_and_then_the_people_are_there(amina, house):
    amina.choose(GOOD)
    assert "Waits for its turn" in amina.page()
    work()
    shown = amina.page()
    assert "2 people" in shown and "سلام حدّاد" in shown and "Maria Ionescu" in shown and people() == 0
    amina.press("agree")
    assert "The people are coming in" in amina.page()
    work()
    assert "2 people came in" in amina.page() and people() == 2
    assert count("select count(*) from people_case where owner_id = %s", house.amina.pk) == 2


def test_what_it_says_of_consent_and_of_care_is_said_before(amina):
    amina.choose(GOOD)
    work()
    shown = amina.page()
    assert "Given 1" in shown and "Refused 1" in shown and "Not recorded 0" in shown
    assert "You, Amina D." in shown and "Screening 2" in shown


def test_core_columns_that_are_not_in_the_file_are_named_before(amina):
    amina.choose(GOOD)
    work()
    missing = amina.page().partition("Core columns of the standard that the file does not have")[2]
    assert "cas_Status" in missing and "con_Consent" not in missing


def test_the_file_waits_sealed_and_goes_with_the_import(amina):
    amina.choose(GOOD)
    (file,) = staged()
    assert file.read_bytes().startswith(b"age-encryption.org") and b"Ionescu" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    work()
    assert staged() == [file]
    amina.press("agree")
    work()
    assert staged() == []
    assert count("select count(*) from exchange_registerimport where secret <> ''::bytea") == 0


def test_the_queue_carries_numbers_only(amina, house):
    amina.choose(GOOD, name="Ionescu.csv")
    found = count("select count(*) from procrastinate_jobs where args::text like %s", f"%{house.amina.pk}%")
    assert found == 1 == count("select count(*) from procrastinate_jobs where length(args::text) < 120")
    assert count("select count(*) from exchange_registerimport r where r::text like '%%Ionescu%%'") == 0


def test_faults_are_grouped_with_their_rows_and_nothing_is_written(amina):
    amina.choose(BAD)
    work()
    shown = amina.page()
    assert "prs_Gender Gender" in shown and "Rows 2, 3" in shown
    assert "prs_Birthdate Date of birth" in shown and "17 mai" not in shown and "Femme" not in shown
    assert people() == 0 and staged() == []


def test_faults_can_be_taken_along_as_a_table_without_a_cell_of_the_register(amina):
    amina.choose(BAD)
    work()
    answer = amina.client.get(f"{amina.at}faults.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Row", "Column", "Meaning", "What to do"]
    assert ["2", "prs_Gender", "Gender"] in [row[:3] for row in rows] and "Femme" not in str(rows)


def test_whoever_comes_back_finds_what_is_under_way_and_what_is_to_be_mended(amina):
    amina.choose(BAD)
    answer = amina.client.get("/people/import/")
    assert answer.status_code == 302 and answer.headers["Location"] == amina.at
    work()
    assert "things to mend" in amina.page("/people/import/")
    amina.choose(GOOD)
    work()
    assert "2 people" in amina.page()


def test_references_that_are_here_already_are_told_by_row(amina):
    for _time in range(2):
        amina.choose(GOOD)
        work()
        shown = amina.page()
        amina.press("agree")
        work()
    assert "already holds a person with this reference" in shown and "Rows 2, 3" in shown
    assert people() == 2


def test_a_colleague_and_another_agency_do_not_find_it(amina):
    amina.choose(BAD)
    work()
    for login in ("chloe", "gita", "boris"):
        other = Office(login).client
        assert other.get(amina.at).status_code == other.get(f"{amina.at}faults.csv").status_code == 404
        for button in ("agree", "again", "cancel"):
            assert other.post(f"{amina.at}{button}/").status_code == 404


def test_it_speaks_french_to_somebody_who_reads_french(house):
    gita = Office("gita", "fr")
    gita.choose(GOOD)
    work()
    assert "2 personnes, chacune avec son dossier" in gita.page()


def test_the_empty_workbook_says_what_each_column_means_and_which_codes_it_takes(amina):
    book = openpyxl.load_workbook(io.BytesIO(amina.client.get("/people/import/htcds.xlsx").content), read_only=True)
    head = next(book["HTCDS"].iter_rows(values_only=True))
    assert head[0] == "reference" and "prs_FirstName" in head and "con_Consent" in head
    meanings = {row[0]: row for row in book["Columns"].iter_rows(values_only=True)}
    assert set(head) <= set(meanings) and meanings["prs_Birthdate"][3] == "Date de naissance"
    codes = {row[:4] for row in book["Codes"].iter_rows(values_only=True)}
    assert ("prs_Gender", "Feminine", "Feminine", "Féminin") in codes


def test_the_empty_workbook_filled_in_comes_in(amina):
    book = openpyxl.load_workbook(io.BytesIO(amina.client.get("/people/import/htcds.xlsx").content))
    sheet = book["HTCDS"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for name, value in {"reference": "B-7", "prs_FirstName": "Maria", "prs_Birthdate": date(1998, 5, 17)}.items():
        sheet.cell(2, places[name]).value = value
    out = io.BytesIO()
    book.save(out)
    amina.choose(out.getvalue(), name="register.xlsx")
    work()
    assert "1 person" in amina.page() and "1998-05-17" in amina.page()
