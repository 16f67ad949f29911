"""Each thing that can be wrong with a register is one line: row, column, what to do; never what stands there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from havre.exchange.formats import htcds
from havre.exchange.formats.fields import missing
from havre.kernel.vocabularies import names

from .reading import TODAY, lines, values, whole

SHARED = Path(__file__).resolve().parents[5] / "shared"


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "register: the file is empty"),
        (b"\xef\xbb\xbf\r\n", "register: the file is empty"),
        (b"\xff\xfep\0r\0", "register: the text is UTF-16"),
        (b"prs_FirstName\0\n", "register: this is neither a workbook nor text"),
        (b"%PDF-1.7\n", "register: this is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0", "register: this is a picture"),
        (b"Rar!\x1a\x07\0", "register: this is an archive"),
        (b"age-encryption.org/v1\n", "register: this file is encrypted"),
        (b"{\\rtf1 prs_FirstName}", "register: this is a text document"),
        (b" <html><table><tr><td>prs_FirstName", "register: this is a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "register: this is an old workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "register: the workbook is protected by a password",
        ),
        ("prs_FirstName\nAna\nDésirée\n".encode("latin-1"), "register:3: not UTF-8 (Latin-1, perhaps)"),
        (b'prs_FirstName\n"Ana\nIon"\n\nD\xe9\n', "register:4: not UTF-8"),
        ('prs_FirstName\n"Ana"x\n', "register:2: not CSV: signs stand after"),
        ('prs_FirstName\nAna\n"Ion\nOxana\n', "register:3: not CSV: a quotation mark is opened"),
        ("prs_FirstName\rAna\r\rIon\r", ""),
        ("prs_FirstName\n", "register: no person stands below the header"),
        (",,\n", "register: the file is empty"),
        ("name,born\nAna,1998\n", "register:1: no column of HTCDS 2.0"),
        ("\n\nname,born\nAna,1998\n", "register:3: no column of HTCDS 2.0"),
        ("reference\nR-1\n", "register:1: no column of HTCDS 2.0"),
        ("vic_TypeOfExploitation,cas_Status\nForcedLabour,\n", "register:1: no column says who a row is about"),
        ("prs_Firstname\nAna\n", "register:1: prs_Firstname: no field of HTCDS 2.0; is it prs_FirstName?"),
        ("prs_FirstName,prs_Qwertyuiop\nAna,\n", "register:1: prs_Qwertyuiop: no field of HTCDS 2.0; rename"),
        ("prs_FirstName,prs_First_Name\nAna,Ana\n", "register:1: prs_FirstName: this column stands twice"),
        (f"prs_FirstName,{'x' * 301}\nAna,\n", f"register:1: {'x' * 40}: a title is longer than 300"),
        ("prs_FirstName,prs_Gender\nAna\n", "register:2: cells in this row: 1, in the header: 2"),
        ("prs_FirstName,prs_Gender\nAna,,B\n", "register:2: cells in this row: 3, in the header: 2"),
        ("prs_FirstName," + "x," * 1000 + "y\n", "register:1: more than 1000 columns"),
    ],
    ids=lambda each: str(each[:24]),
)
def test_a_file_that_is_no_register_is_refused_in_a_line(content, words):
    assert [line[: len(words)] for line in lines(content)] == [words] * bool(words)


@pytest.mark.parametrize(
    "column, cell, words",
    [
        ("prs_FirstName", "=HYPERLINK()", "begins like a formula"),
        ("prs_SecondName", "@Ana", "begins like a formula"),
        ("cco_CaseComment", "-1+1", "begins like a formula"),
        ("cco_CaseComment", "=1", "begins like a formula"),
        ("cco_CaseComment", "-HYPERLINK()", "begins like a formula"),
        ("prs_FirstName", "＝1", "begins like a formula"),
        ("prs_MailingCity", "-", "only a dash"),
        ("prs_MailingCity", " —", "only a dash"),
        ("prs_MailingCity", "\tLyon", "begins like a formula"),
        ("prs_MailingCity", "  =1", "begins like a formula"),
        ("prs_Email", "+ana@example.org", "begins like a formula"),
        ("reference", "=R", "begins like a formula"),
        ("prs_FirstName", "A" * 301, "longer than the 300"),
        ("reference", "A" * 81, "longer than the 80"),
        ("cco_CaseComment", "A" * 20_001, "longer than the 20000"),
        ("cco_CaseComment", "A" * 1_000_000, "far longer than what is kept"),
        ("cco_CaseComment", "A" + "\r\n" * 30_000 + "B", "far longer"),
        ("cco_CaseComment", "A" + "\r\n" * 20_000 + "B", "longer than the 20000"),
        ("prs_FirstName", "A" * 1_000_000, "far longer"),
        ("prs_MobilePhone", "0" * 1_000_000, "far longer"),
        ("prs_Gender", "F" * 30_000, "no code of the list"),
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
    ids=lambda each: each[:24],
)
def test_a_wrong_cell_is_named_and_not_repeated(column, cell, words):
    (line,) = lines(f'{column},prs_Title\n"{cell}",x\n')
    assert line.startswith(f"register:2: {column}: ") and words in line and "\n" not in line
    assert len(cell) < 3 or cell not in line


def test_a_cell_of_a_megabyte_leaves_the_other_rows_alone():
    reading = whole("prs_FirstName,cco_CaseComment\nAna,x\nIon," + "x" * 1_000_000 + "\nOxana,x\n")
    assert [each.values["prs_FirstName"] for each in reading.read] == ["Ana", "Oxana"]
    assert (reading.records, len(reading.faults)) == (3, 1)


def test_a_row_of_many_long_cells_is_refused_before_it_fills_the_memory():
    titles = ",".join(f"n{number}" for number in range(200))
    (line,) = lines(f"prs_FirstName,{titles}\nAna" + ("," + "x" * 40_000) * 200)
    assert line.startswith("register:2: this row holds more than a person’s record can")


def test_a_reference_that_stands_twice_is_named_with_its_first_row():
    assert lines("reference,prs_FirstName\nR-1,Ana\nR-2,Ion\nR-1,Oxana\n") == [
        "register:4: reference: the same as in row 2; each person has one of their own"
    ]


def test_a_row_with_a_fault_is_not_given():
    reading = whole("reference,prs_Gender\nR-1,Feminine\nR-2,x\nR-1,Feminine\n")
    assert [each.row for each in reading.read] == [2]
    assert [each.row for each in reading.faults] == [3, 4]


def test_a_thousand_faults_are_listed_and_the_rest_counted():
    found = whole("prs_Gender\n" + "x\n" * 1005)
    assert (len(found.faults), found.more) == (1000, 5)


def test_each_wrong_column_is_named_at_once():
    assert len(lines("prs_Firstname,prs_Secondname,prs_Gender\nAna,,\n")) == 2


def test_traps_of_the_standard_are_read():
    assert values(
        "\ufeffprs_First_Name,prs_Citizenship,prs_MailingCountry,vic_Methods_of_Control,vic_RelationshipToTrafficker\n"
        "Ana,NA; XK,NAM,DebtBondage ;Threats;UsesChildren,Unaquainted\n"
    ) == {
        "prs_FirstName": "Ana",
        "prs_Citizenship": ["NA", "XK"],
        "prs_MailingCountry": "NA",
        "vic_MethodsOfControl": ["DebtBondage", "PhysicalThreats", "ThreatensChildrenFamily"],
        "vic_RelationshipToTrafficker": "Unaquainted",
    }


@pytest.mark.parametrize(
    "content",
    [
        'prs_FirstName;prs_Citizenship;con_Consent\n"Ana";"MD;RO";VRAI\n',
        "prs_FirstName\tprs_Citizenship\tcon_Consent\nAna\tMD;RO\toui\n",
        "sep=;\r\nprs_FirstName;prs_Citizenship;con_Consent\r\nAna;MD;TRUE;;\r\n".replace(
            "MD;TRUE", "'MD;RO';TRUE"
        ).replace("'", '"'),
        "Register, of our office, 2026\n\n,,,,\n prs_FirstName ,prs_Citizenship,con_Consent,,\nAna,MD;RO,1,,\n,,,,\n",
        '"prs_FirstName","prs_Citizenship","con_Consent"\r\n"Ana","MD;RO","yes"\r\n'.replace("\r\n", "\r"),
    ],
)
def test_separators_titles_and_blanks_are_as_spreadsheets_write_them(content):
    assert values(content) == {"prs_FirstName": "Ana", "prs_Citizenship": ["MD", "RO"], "con_Consent": True}


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    content = 'Register\n\nprs_FirstName,cco_CaseComment\n;\nAna,"Seen.\n\nCalled."\n,\n\nIon,x\n'.replace(
        "\n;\n", "\n,\n"
    )
    reading = whole(content)
    assert [(each.row, len(each.values)) for each in reading.read] == [(5, 2), (8, 2)]
    assert reading.read[0].values["cco_CaseComment"] == "Seen.\n\nCalled."


def test_ten_million_empty_rows_are_refused_in_a_line():
    assert lines(b"prs_FirstName;prs_Gender\n" + b";\n" * 10_000_000) == [
        "register: no person stands below the header; export the register again"
    ]


def test_columns_of_ones_own_are_kept_under_their_names():
    reading = whole("prs_FirstName,Room,,Room\nAna,12,,13\nIon,,x,-\n")
    assert [each.outside for each in reading.read] == [
        {"Room": "12", "Room (D)": "13"},
        {"(C)": "x", "Room (D)": "-"},
    ]
    assert reading.outside == ["Room", "Room (D)", "(C)"]


def test_core_columns_that_are_not_there_are_told():
    lacking = missing(whole("prs_FirstName,Room\nAna,12\n").columns)
    assert "con_Consent" in lacking and "prs_FirstName" not in lacking and len(lacking) == 37


@pytest.mark.parametrize(
    "column, cell, value",
    [
        ("prs_MobilePhone", "+373 79 555 010", "+37379555010"),
        ("prs_MobilePhone", "37379555010", "37379555010"),
        ("prs_Birthdate", "1998-03", "1998-03"),
        ("prs_Birthdate", "1998-03-01 00:00:00", "1998-03-01"),
        ("cco_CaseComment", "- called\n- wrote", "- called\n- wrote"),
        ("prs_SecondName", "'t Hooft", "'t Hooft"),
        ("prs_SecondName", "'=1", "=1"),
        ("prs_MailingPostalCode", "-12", "-12"),
        (
            "cas_OutgoingReferralDate",
            "2025-01-02;;2025-01-02;",
            "[datetime.date(2025, 1, 2), None, datetime.date(2025, 1, 2)]",
        ),
    ],
)
def test_what_is_sound_is_read(column, cell, value):
    assert str(values(f'{column},prs_Title\n"{cell}",x\n')[column]) == value


def test_names_of_every_script_come_through():
    names_ = "Ẹ̀fẹ̀ ሰላም فاطمة সুমী 王丽 សុភា !Gaeb N'Diaye 𝓤"
    assert values(f'prs_FirstName\n"{names_}"\n') == {"prs_FirstName": names_}


def test_a_fault_is_kept_without_a_language_and_read_in_each():
    from django.utils.translation import override

    (fault,) = whole("prs_Gender\nFemenine\n").faults
    again = htcds.Fault.again(json.loads(json.dumps(fault.stored())))
    assert str(again.sentence) == "no code of the list prs_Gender; is it Feminine?"
    with override("fr"):
        assert (
            again.at("f.csv") == "f.csv:2: prs_Gender: pas un code de la liste prs_Gender\u202f; est-ce Feminine\u202f?"
        )


def test_each_coded_field_has_its_list():
    coded = ("code", "codes", "reasons")
    assert {each.name for each in htcds.fields().values() if each.kind in coded} <= set(names())


if SHARED.is_dir():  # the reference texts stand beside the checkout where Havre is written

    def test_the_fields_are_those_of_the_standard():
        import csv

        with (SHARED / "domain" / "htcds.csv").open(encoding="utf-8") as file:
            standard = [row for row in csv.DictReader(file) if row["field_code"]]
        assert {row["field_code"] for row in standard} == htcds.fields().keys()
        deprecated = {row["field_code"] for row in standard if row["status"] == "DEPRECATED"}
        assert deprecated == {each.name for each in htcds.fields().values() if each.deprecated}
        core = {row["field_code"] for row in standard if row["core"] == "Core"}
        assert core == {each.name for each in htcds.fields().values() if each.core}

    @pytest.mark.parametrize("faults", [0, 20])
    def test_a_sample_register_is_read_and_its_spoilt_rows_are_exactly_those_named(tmp_path, faults):
        path, script = tmp_path / "register.csv", SHARED / "bench" / "htcds" / "sample.py"
        command = [sys.executable, str(script), "2000", str(path), "--faults", str(faults)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spoilt = {int(line.split()[1].rstrip(":")) for line in said.splitlines()}
        found = whole(path.read_bytes(), TODAY.replace(month=11))
        assert {fault.row for fault in found.faults} == spoilt and len(spoilt) == faults
        assert found.records == 2000 and len(found.read) == 2000 - faults
