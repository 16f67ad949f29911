"""What is written is read again as it was: every code, every field, and every text whatever its first sign is."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.exchange.formats.htcds import Record, fields, texts, write
from havre.exchange.formats.writing import LONGEST, TooLong
from havre.kernel import guards, places
from havre.kernel.dates import PartialDate
from havre.kernel.vocabularies import load

from .reading import whole

DAYS = [date(2025, 1, 2), date(2025, 3, 4)]
WRITTEN = [each for each in fields().values() if not each.deprecated]
VALUES = {
    "line": ["Ndapewa !Gaeb", "'t Hooft", "=1+1", "'=1", "@home", "-12", "+37379555010", 'a;b,c "d"', "NA", "#N/A"],
    "words": ["- called\n- wrote", "=SUM(A1)", "أول\n\nثان", "_x0041_ 𝓤", "1" * 20_000, "'", "''-"],
    "born": [
        PartialDate(date(1998, 3, 9)),
        PartialDate(date(1998, 3, 1), "month"),
        PartialDate(date(1998, 1, 1), "year"),
    ],
    "day": DAYS,
    "days": [[DAYS[0]], [*DAYS, None, DAYS[0]]],
    "number": [0, 12],
    "age": [0, 120],
    "decimal": [-12.5, 0.1 + 0.2, 1e-07, 180.0],
    "tick": [True, False],
    "country": ["NA", "XK", "MD"],
    "countries": [list(places.countries), ["NA"]],
    "language": list(places.languages),
    "phone": ["+37379555010", "37379555010"],
    "email": ["ana@example.org"],
}


def all_values(field):
    """Values for a field, every code of its list among them."""
    if field.kind not in ("code", "codes", "reasons"):
        return VALUES[field.kind]
    codes = list(load(field.name).codes)
    return codes if field.kind == "code" else [codes, [None, codes[0]] if field.kind == "reasons" else codes[:1]]


def again(records, kind, columns=None):
    """The records after they were written and read."""
    out = io.BytesIO()
    names = columns or ["reference", *(each.name for each in WRITTEN)]
    assert write((texts(each) for each in records), names, out, kind) == len(records)
    reading = whole(out.getvalue(), date(2026, 11, 26))
    assert [fault.at("f") for fault in reading.faults] == []
    return [Record(0, each.reference, each.values) for each in reading.read]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_code_and_every_field_comes_back(kind):
    many = max(len(all_values(field)) for field in WRITTEN)
    records = [
        Record(0, f"R-{row}", {each.name: (found := all_values(each))[row % len(found)] for each in WRITTEN})
        for row in range(many)
    ]
    assert again(records, kind) == records


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_records_without_a_reference_and_with_little_come_back(kind):
    records = [Record(0, "", {"prs_FirstName": "Ana"}), Record(0, "'R-1", {"con_Consent": False})]
    assert again(records, kind) == records


def test_languages_go_out_by_three_letters_and_countries_by_two():
    said = texts(Record(0, "", {"prs_PrimaryLanguage": "ro", "prs_Citizenship": ["NA", "MD"]}))
    assert said == {"prs_PrimaryLanguage": "ron", "prs_Citizenship": "NA;MD"}
    assert {each for each in places.languages if len(places.iso_639_2(each)) == 2} == {"sh", "tl"}


def test_deprecated_fields_are_read_and_not_written():
    (record,) = whole("prs_FirstName,vic_Vulnerabilities,vic_DetailsOfVulnerabilities\nAna,Poverty,x\n").read
    assert "vic_Vulnerabilities" in record.values and texts(record) == {"prs_FirstName": "Ana"}


def test_a_local_code_goes_out_as_other_to_those_who_know_the_standard_only():
    record = Record(
        0, "", {"vic_MethodsOfControl": ["RestrictsMovement", "DebtBondage", "Other"], "prs_Gender": "Other"}
    )
    assert texts(record)["vic_MethodsOfControl"] == "RestrictsMovement;DebtBondage;Other"
    assert texts(record, strict=True) == {"vic_MethodsOfControl": "Other;DebtBondage", "prs_Gender": "Other"}


SIGNS = st.text(alphabet=st.sampled_from("'=+-@\t\r\n\0 ＝1a,.;\"xé"), max_size=8) | st.text(max_size=8)


@given(SIGNS)
@settings(max_examples=2000)
def test_a_guard_is_taken_away_exactly_and_what_is_guarded_does_not_run(text):
    assert guards.unguarded(guards.guarded(text)) == text
    assert not guards.runs(guards.guarded(text))


@given(
    st.lists(SIGNS.map(str.strip).filter(lambda text: "\r" not in text and text.isprintable()), min_size=1, max_size=20)
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_any_text_comes_back(kind, texts_):
    lines = [" ".join(each.split()) for each in texts_]
    records = [Record(0, f"R-{n}", {"prs_FirstName": line} if line else {}) for n, line in enumerate(lines)]
    assert again(records, kind, ["reference", "prs_FirstName"]) == records


def test_nothing_in_a_written_file_runs():
    out = io.BytesIO()
    cells = ["=1+1", " =1", "+1+1", "-1-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "+373 79 555 010", "- called"]
    write([{"prs_FirstName": cell} for cell in cells], ["prs_FirstName"], out, "csv")
    rows = [row[0] for row in csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))][1:]
    assert rows == [f"'{cell}" for cell in cells]


def test_a_written_workbook_is_strings_below_a_header_that_stays():
    import openpyxl

    out = io.BytesIO()
    write([{"prs_FirstName": "=1", "prs_Birthdate": "1998"}], ["prs_FirstName", "prs_Birthdate"], out, "xlsx")
    sheet = openpyxl.load_workbook(out).active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet] == [
        [("prs_FirstName", "s"), ("prs_Birthdate", "s")],
        [("'=1", "s"), ("1998", "s")],
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.column_dimensions["A"].width > 12) == ("HTCDS", "A2", True)
    known = openpyxl.load_workbook(out).properties
    assert (known.creator or "", known.lastModifiedBy or "", known.title or "") == ("", "", "")


def test_a_text_too_long_for_a_workbook_is_not_lost_but_named():
    cells = [{"cco_CaseComment": "x"}, {"cco_CaseComment": "x" * (LONGEST + 1)}]
    with pytest.raises(TooLong) as refused:
        write(cells, ["cco_CaseComment"], io.BytesIO(), "xlsx")
    assert (refused.value.row, refused.value.column) == (3, "cco_CaseComment")
    assert write(cells, ["cco_CaseComment"], io.BytesIO(), "csv") == 2
