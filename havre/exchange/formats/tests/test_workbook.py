"""A workbook as an office keeps it is read as a person sees it; what cannot be is a line that says what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from .reading import lines, values, whole, workbook

HEADER = ["reference", "prs_FirstName", "prs_Birthdate", "prs_MobilePhone", "con_Consent", "prs_NumberOfChildren"]


def untidy(book, notes, register, codes):
    """Does to a workbook what people do."""
    day, month, year = (book.add_format({"num_format": each}) for each in ("dd/mm/yyyy", "mmm-yy", "yyyy"))
    register.merge_range(0, 0, 0, 5, "Register of our house, 2026", book.add_format({"bold": True, "align": "center"}))
    register.write_datetime(4, 2, datetime(1998, 3, 9), day)
    register.write_datetime(6, 2, datetime(2001, 5, 1), month)
    register.write_datetime(7, 2, datetime(1980, 1, 1), year)
    register.write_boolean(4, 4, True)
    register.write_blank(9, 20, None, day)
    register.set_row(6, None, None, {"hidden": True})
    register.freeze_panes(3, 1)
    register.autofilter(2, 0, 7, 5)
    register.write_comment(4, 1, "A note of mine")
    register.write_url(4, 9, "https://example.org/", string="our page")
    register.write_rich_string(7, 1, "Ma", book.add_format({"bold": True}), "ría")
    register.data_validation(4, 4, 20, 4, {"validate": "list", "source": ["true", "false"]})
    register.conditional_format(4, 0, 9, 5, {"type": "blanks", "format": day})
    codes.hide()


HANDMADE = workbook(
    [["How to fill this in"], ["Write one person in a row."]],
    [
        [],
        ["Filled in by the caseworker"],
        [*HEADER, None, "Room"],
        [],
        [1042, "Ana ", None, 41227179111, None, 2.0, None, 12],
        [],
        ["R-2", "Ion", None, "+373 79 555 010", "FALSE", 0],
        ["R-3", None, None, None, "yes", None, None, None],
    ],
    [["field", "code"], ["prs_Gender", "Feminine"], ["prs_Gender", "Masculine"]],
    fill=untidy,
)


def test_what_an_office_makes_by_hand_is_read():
    reading = whole(HANDMADE)
    assert [fault.at("f") for fault in reading.faults] == []
    assert [(each.row, each.reference) for each in reading.read] == [(5, "1042"), (7, "R-2"), (8, "R-3")]
    first, second, third = ({name: str(value) for name, value in each.values.items()} for each in reading.read)
    assert first == {
        "prs_FirstName": "Ana",
        "prs_Birthdate": "1998-03-09",
        "prs_MobilePhone": "41227179111",
        "con_Consent": "True",
        "prs_NumberOfChildren": "2",
    }
    assert (second["con_Consent"], second["prs_NumberOfChildren"], third["prs_FirstName"]) == ("False", "0", "María")
    assert (second["prs_Birthdate"], third["prs_Birthdate"]) == ("2001-05", "1980")


def test_what_stands_beside_the_standard_is_kept_and_named():
    reading = whole(HANDMADE)
    assert reading.read[0].outside == {"Room": "12", "(J)": "our page"}
    assert reading.outside == ["Room", "(J)"]


@pytest.mark.parametrize(
    "number, pattern, seen",
    [
        (41227179111, "General", "41227179111"),
        (17.0, "0.00", "17"),
        (0.1 + 0.2, "General", "0.3"),
        (0.00001, "General", "0.00001"),
        (-12.5, "General", "-12.5"),
        (4512, "000000", "004512"),
        (43536, "yyyy-mm-dd", "2019-03-12"),
        (43536, "[$-40C]d mmmm yyyy;@", "2019-03-12"),
        (43536, '"am" dd\\.mm\\.yyyy', "2019-03-12"),
        (43536.0, "d-mmm", "2019-03-12"),
        (43536.6, "dd/mm/yyyy", "2019-03-12"),
        (43536.625, "dd/mm/yyyy hh:mm", "2019-03-12 15:00"),
        (43536.0, "dd/mm/yyyy hh:mm", "2019-03-12"),
        (43536, "mmmm yyyy", "2019-03"),
        (0.625, "hh:mm", "15:00"),
        (1, "dd/mm/yyyy", "1900-01-01"),
        (12, "#,##0.00 [$MDL]", "12"),
        (12, '0 "days"', "12"),
    ],
)
def test_a_number_is_read_as_it_is_seen(number, pattern, seen):
    def fill(book, sheet):
        sheet.write_number(1, 0, number, book.add_format({"num_format": pattern}))

    content = workbook([["prs_IdentityNumber", "prs_FirstName"], [None, "Ana"]], fill=fill)
    assert values(content)["prs_IdentityNumber"] == seen


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    def fill(book, sheet):
        sheet.write_datetime(1, 0, datetime(2019, 3, 12), book.add_format({"num_format": 14}))

    content = workbook([["prs_Birthdate"], [None]], fill=fill, date_1904=True)
    assert values(content)["prs_Birthdate"].value == date(2019, 3, 12)


@pytest.mark.parametrize(
    "spoil, fault",
    [
        (
            lambda sheet: sheet.write_formula(2, 0, '="R-"&ROW()', None, "R-3"),
            "3: reference: a formula; paste its value",
        ),
        (lambda sheet: sheet.write_formula(2, 1, "=NA()", None, "#N/A"), "3: prs_FirstName: a formula"),
        (lambda sheet: sheet.write_array_formula(2, 1, 2, 1, "{=A1}"), "3: prs_FirstName: a formula"),
        (lambda sheet: sheet.write_string(2, 1, "=1+1"), "3: prs_FirstName: begins like a formula"),
        (lambda sheet: sheet.write_number(2, 2, 9_000_000), "3: prs_Birthdate: not a date"),
        (lambda sheet: sheet.write_number(2, 0, 1234567890123456), "3: reference: a number of more than 15 digits"),
        (lambda sheet: sheet.write_string(2, 1, "A" * 32_767), "3: prs_FirstName: longer than the 300"),
        (lambda sheet: sheet.write_string(2, 3, "0041 22 717 91 11"), "3: prs_MobilePhone: no telephone number"),
        (lambda sheet: sheet.merge_range(2, 1, 3, 1, "Ion"), "3: prs_FirstName: cells are merged here"),
        (lambda sheet: sheet.merge_range(9, 0, 9, 3, "Total: 2 people"), "10: reference: cells are merged here"),
        (lambda sheet: sheet.write_string(0, 6, "prs_FirstName"), "1: prs_FirstName: this column stands twice"),
        (lambda sheet: sheet.write_string(0, 6, "prs_Firstname"), "1: prs_Firstname: no field of HTCDS 2.0; is it"),
        (lambda sheet: sheet.write_string(2, 0, "R-1"), "3: reference: the same as in row 2"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_named(spoil, fault):
    content = workbook([HEADER, ["R-1", "Ana"], ["R-2", "Ion"]], fill=lambda book, sheet: spoil(sheet))
    (line,) = lines(content)
    assert line.startswith(f"register:{fault}")


def test_a_moment_outside_the_calendar_and_an_error_are_named():
    def fill(book, sheet):
        sheet.write_number(1, 1, 9_000_000, book.add_format({"num_format": 14}))

    content = workbook([["prs_FirstName", "prs_Birthdate"], ["Ana", None]], fill=fill)
    assert lines(content) == ["register:2: prs_Birthdate: no day of a calendar; write it as 2019-03-12"]
    error = changed(
        content, "xl/worksheets/sheet1.xml", b'<c r="B2" s="1"><v>9000000</v>', b'<c r="B2" t="e"><v>#REF!</v>'
    )
    assert lines(error)[0].startswith("register:2: prs_Birthdate: the spreadsheet shows an error here")


@pytest.mark.parametrize(
    "sheets, words",
    [
        (
            [[["Name"], ["Ana"]], [["x"]]],
            "register: no sheet holds columns of HTCDS 2.0 in its first rows (looked at: Sh",
        ),
        ([[["reference"], ["R-1"]]], "register: no sheet holds columns"),
        ([[]], "register: no sheet holds columns"),
        ([[HEADER, ["R-1"]], [HEADER, ["R-2"]]], "register: several sheets hold columns of HTCDS 2.0 (Sheet1, Sheet2)"),
        ([[HEADER]], "register: no person stands below the header"),
        (
            [[["vic_TypeOfExploitation", "cas_Status"], [None, "Active"]]],
            "register:1: no column says who a row is about",
        ),
    ],
)
def test_a_workbook_without_its_register_is_refused(sheets, words):
    (line,) = lines(workbook(*sheets))
    assert line.startswith(words)


def changed(content, part, old=b"", new=b"", **more):
    """The archive with something else in one of its parts, and with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            data = read.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new, 1)
            written.writestr(name, data)
        for name, data in more.items():
            written.writestr(name.replace("__", "/"), data)
    return out.getvalue()


SOUND = workbook([HEADER, ["R-1", "Ana"]])
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet '


def flagged(content, place, byte):
    """The archive with another byte in its list of parts: at 8 whether a part is encrypted, at 41 whether a link."""
    first = content.index(b"PK\x01\x02") + place
    return content[:first] + bytes([byte]) + content[first + 1 :]


def archive(**parts):
    """An archive with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in parts.items():
            written.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    "content, words",
    [
        (b"PK\x03\x04\x14\0", "the workbook is damaged or was cut off"),
        (SOUND[: len(SOUND) // 2], "the workbook is damaged or was cut off"),
        (SOUND[:-30], "the workbook is damaged or was cut off"),
        (SOUND[:400] + bytes(40) + SOUND[440:], "the workbook is damaged or was cut off"),
        (changed(SOUND, SHEET, b"<worksheet ", LAUGHS), "the workbook is damaged or was cut off"),
        (
            changed(SOUND, STRINGS, b"<sst ", LAUGHS.replace(b"worksheet", b"sst")),
            "the workbook is damaged or was cut off",
        ),
        (changed(SOUND, "xl/workbook.xml", b"<workbook ", LAUGHS), "the workbook is damaged or was cut off"),
        (changed(SOUND, SHEET, b'"UTF-8"', b'"windows-1251"'), "the workbook is damaged or was cut off"),
        (changed(SOUND, SHEET, b"</sheetData>"), "the workbook is damaged or was cut off"),
        (flagged(SOUND, 8, 1), "the workbook is protected by a password"),
        (flagged(SOUND, 41, 0xA0), "the workbook is damaged or was cut off"),
        (changed(SOUND, SHEET, b'r="1"', b'r="x"'), "the workbook is damaged or was cut off"),
        (changed(SOUND, SHEET, b"<v>0</v>", b"<v>99</v>"), "the workbook is damaged or was cut off"),
        (changed(SOUND, SHEET, b'r="A1"', b'r="ZZZZ1"'), "the workbook is damaged or was cut off"),
        (changed(SOUND, "", xl__embeddings__a_xlsx=b"x"), "the workbook holds another file within it"),
        (archive(**{"register.csv": "prs_FirstName"}), "this is an archive"),
        (
            archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "this is a workbook of LibreOffice (.ods)",
        ),
        (archive(**{"[Content_Types].xml": "<x/>", "word__document.xml": "<x/>"}), "this is a text document"),
        (archive(**{"[Content_Types].xml": "<x/>", "xl__workbook.bin": "x"}), "this is a binary workbook"),
        (
            changed(SOUND, "", xl__media__a=b"\0" * 30_000_000),
            "the workbook unpacks to far more than a register can be",
        ),
        (
            changed(SOUND, "", **{f"xl__{number}": b"" for number in range(10_001)}),
            "the workbook has more than 10000 parts",
        ),
        (SOUND + b"\0" * 20_000_000, "the file is larger than 20 MB"),
    ],
    ids=lambda each: each[:30] if isinstance(each, str) else "",
)
def test_a_workbook_that_is_none_is_refused_in_a_line(content, words):
    (line,) = lines(content)
    assert line.startswith(f"register: {words}")


def test_a_workbook_that_says_it_unpacks_to_more_than_a_machine_holds_is_not_unpacked():
    parts = {f"xl__media__{number}": bytes(range(256)) * 40_000 for number in range(20)}
    out = io.BytesIO(archive(**{"[Content_Types].xml": "<x/>"}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as written:
        for name, data in parts.items():
            written.writestr(name, data[:900_000])
    directory = out.getvalue().replace(
        (900_000).to_bytes(4, "little") * 2, (900_000).to_bytes(4, "little") + (90_000_000).to_bytes(4, "little")
    )
    (line,) = lines(directory)
    assert line.startswith("register: the workbook unpacks to more than 200 MB")


def test_text_that_xml_cannot_hold_is_read_as_it_was():
    content = workbook([["prs_FirstName", "cco_CaseComment"], ["_x0041_", "first\r\nsecond"]])
    assert values(content) == {"prs_FirstName": "_x0041_", "cco_CaseComment": "first\nsecond"}


def test_cells_without_references_and_words_with_readings_are_read():
    reference = b'<c r="B2" t="inlineStr"><is><t xml:space="preserve">Ana </t></is></c>'
    reading = b'<c t="inlineStr"><is><r><t>An</t></r><r><t>a</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
    content = workbook([["reference", "prs_FirstName"], ["R-1", "Ana "]], in_memory=False, constant_memory=True)
    assert values(changed(content, SHEET, reference, reading)) == {"prs_FirstName": "Ana"}


def test_a_workbook_of_another_program_is_read():
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADER)
    book.active.append(["R-1", "Ana", date(1998, 3, 9), None, False, 2])
    book.save(out)
    found = values(out.getvalue())
    assert (str(found["prs_Birthdate"]), found["con_Consent"], found["prs_NumberOfChildren"]) == (
        "1998-03-09",
        False,
        2,
    )


def test_twenty_thousand_rows_with_blank_ones_below_are_read():
    content = workbook([["prs_FirstName", "prs_Gender"], *[["Ana", "Feminine"]] * 3, *[[]] * 20_000, ["Ion", None]])
    assert [each.row for each in whole(content).read] == [2, 3, 4, 20_005]
