"""Each thing that can be wrong with a register is one line: row, column, what to do; never what stands there."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from havre.exchange.formats import htcds
from havre.kernel.vocabularies import names

TODAY = date(2026, 3, 12)
SHARED = Path(__file__).resolve().parents[5] / "shared"


@pytest.fixture
def check():
    """Checks a file with this content; gives the faults as lines."""
    return lambda content: [fault.at("register.csv") for fault in whole(content).faults]


def whole(content, today=TODAY):
    """A reading that has come to its end."""
    reading = htcds.Reading(io.BytesIO(content if isinstance(content, bytes) else content.encode()), today)
    reading.read = list(reading)
    return reading


@pytest.fixture
def record():
    """The values of the one row of a file."""

    def read(content):
        (one,) = whole(content).read
        return one.values

    return read


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "register.csv: the file is empty"),
        (b"\xef\xbb\xbf\r\n", "register.csv: the file is empty"),
        (b"PK\x03\x04\x14\0", "register.csv: this is a workbook"),
        (b"\xff\xfep\0r\0", "register.csv: the text is UTF-16"),
        (b"prs_FirstName\0\n", "register.csv: this is not text"),
        ("prs_FirstName\nAna\nDésirée\n".encode("latin-1"), "register.csv:3: not UTF-8 (Latin-1, perhaps)"),
        ('prs_FirstName\n"Ana"x\n', "register.csv:2: not CSV"),
        ("prs_FirstName\n", "register.csv: no person stands below the header"),
        (",,\n", "register.csv:1: no column of HTCDS 2.0"),
        ("name,born\nAna,1998\n", "register.csv:1: no column of HTCDS 2.0"),
        ("reference\nR-1\n", "register.csv:1: no column of HTCDS 2.0"),
        ("prs_Firstname\nAna\n", "register.csv:1: prs_Firstname is no field of HTCDS 2.0; is it prs_FirstName?"),
        ("prs_FirstName,prs_First_Name\nAna,Ana\n", "register.csv:1: the column prs_FirstName stands twice"),
        ("prs_FirstName,prs_Gender\nAna\n", "register.csv:2: 1 cells where the header has 2"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_a_line(check, content, words):
    (line,) = check(content)
    assert line.startswith(words)


@pytest.mark.parametrize(
    "column, cell, words",
    [
        ("prs_FirstName", "=HYPERLINK()", "begins like a formula"),
        ("prs_SecondName", "@Ana", "begins like a formula"),
        ("cco_CaseComment", "-1+1", "begins like a formula"),
        ("prs_MailingCity", "\tLyon", "begins like a formula"),
        ("prs_MailingCity", "  =1", "begins like a formula after a blank"),
        ("prs_Email", "+ana@example.org", "begins like a formula"),
        ("reference", "=R", "begins like a formula"),
        ("prs_FirstName", "A" * 301, "longer than the 300"),
        ("reference", "A" * 81, "longer than 80"),
        ("prs_FirstName", "A\x0bB", "holds a sign that cannot be shown"),
        ("prs_Birthdate", "2019-02-30", "there is no such day"),
        ("prs_Birthdate", "2099-01-01", "this day has not come yet"),
        ("prs_Birthdate", "43567x", "not a date"),
        ("cas_IncomingReferralDate", "2018", "the whole day is needed"),
        ("prs_MobilePhone", "0041227179111", "in place of the zeros"),
        ("prs_MobilePhone", "022 717 91 11", "no telephone number"),
        ("prs_Email", "ana at example.org", "no complete email"),
        ("prs_Citizenship", "MD;ZZZ", "no country"),
        ("prs_PrimaryLanguage", "zzz", "no language"),
        ("prs_Gender", "Femenine", "is it Feminine?"),
        ("cas_Status", "Qwerty", "write one of Active, FollowUp, Closed, ClosedReferred"),
        ("vic_TypeOfExploitation", "ForcedLabour;Qwerty", "no code of the list vic_TypeOfExploitation"),
        ("vic_AgeWhenTrafficked", "121", "not a whole number from 0 to 120"),
        ("prs_NumberOfChildren", "two", "not a whole number"),
        ("con_Consent", "perhaps", "neither true nor false"),
        ("prs_MailingLatitude", "north", "not a number of degrees"),
    ],
)
def test_a_wrong_cell_is_named_and_not_repeated(check, column, cell, words):
    (line,) = check(f'{column},prs_Title\n"{cell}",x\n')
    assert line.startswith(f"register.csv:2: {column}: ") and words in line and "\n" not in line
    assert cell not in line


def test_a_reference_that_stands_twice_is_named_with_its_first_row(check):
    assert check("reference,prs_FirstName\nR-1,Ana\nR-2,Ion\nR-1,Oxana\n") == [
        "register.csv:4: reference: the same as in row 2; each person has one of their own"
    ]


def test_a_thousand_faults_are_listed_and_the_rest_counted():
    found = whole("prs_Gender\n" + "x\n" * 1005)
    assert (len(found.faults), found.more) == (1000, 5)


def test_traps_of_the_standard_are_read(record):
    assert record(
        "\ufeffprs_First_Name,prs_Citizenship,prs_MailingCountry,vic_Methods_of_Control,vic_RelationshipToTrafficker\n"
        "Ana,NA; XK,NAM,DebtBondage ;Threats;UsesChildren,Unaquainted\n"
    ) == {
        "prs_FirstName": "Ana",
        "prs_Citizenship": ["NA", "XK"],
        "prs_MailingCountry": "NA",
        "vic_MethodsOfControl": ["DebtBondage", "PhysicalThreats", "ThreatensChildrenFamily"],
        "vic_RelationshipToTrafficker": "Unaquainted",
    }


def test_semicolons_between_cells_are_read_where_a_spreadsheet_writes_them(record):
    assert record('prs_FirstName;prs_Citizenship;con_Consent\n"Ana";"MD;RO";VRAI\n') == {
        "prs_FirstName": "Ana", "prs_Citizenship": ["MD", "RO"], "con_Consent": True,
    }  # fmt: skip


def test_a_phone_may_begin_with_its_plus(record):
    assert record("prs_MobilePhone\n+373 79 555 010\n") == {"prs_MobilePhone": "+37379555010"}


def test_names_of_every_script_come_through(record):
    names_ = "Ẹ̀fẹ̀ ሰላም فاطمة সুমী 王丽 សុភា !Gaeb N'Diaye 𝓤"
    assert record(f'prs_FirstName\n"{names_}"\n') == {"prs_FirstName": names_}


def test_each_coded_field_has_its_list():
    assert {each.name for each in htcds.fields().values() if each.kind in ("code", "codes")} <= set(names())


if SHARED.is_dir():  # the reference texts stand beside the checkout where Havre is written

    def test_the_fields_are_those_of_the_standard():
        import csv

        with (SHARED / "domain" / "htcds.csv").open(encoding="utf-8") as file:
            standard = [row for row in csv.DictReader(file) if row["field_code"]]
        assert {row["field_code"] for row in standard} == htcds.fields().keys()
        deprecated = {row["field_code"] for row in standard if row["status"] == "DEPRECATED"}
        assert deprecated == {each.name for each in htcds.fields().values() if each.kept == htcds.DEPRECATED}

    @pytest.mark.parametrize("faults", [0, 20])
    def test_a_sample_register_is_read_and_its_spoilt_rows_are_exactly_those_named(tmp_path, faults):
        path, script = tmp_path / "register.csv", SHARED / "bench" / "htcds" / "sample.py"
        command = [sys.executable, str(script), "2000", str(path), "--faults", str(faults)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spoilt = {int(line.split()[1].rstrip(":")) for line in said.splitlines()}
        found = whole(path.read_bytes(), TODAY.replace(month=11))
        assert {fault.row for fault in found.faults} == spoilt and len(spoilt) == faults
        assert found.records == 2000
