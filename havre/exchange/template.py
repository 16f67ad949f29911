"""The empty workbook of a register: its columns, what each means, and the codes it takes, in English and French."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from havre.exchange.formats.htcds import REFERENCE, Field, fields
from havre.kernel.vocabularies import load

ROOM = 2000  # rows in which a cell of one code offers its list
TEXT = "@"  # so that a spreadsheet makes no number of a telephone and no day of a month
HOW = {
    "line": ("text", "texte"),
    "words": ("text", "texte"),
    "born": ("1998-05-17, or 1998-05, or 1998", "1998-05-17, ou 1998-05, ou 1998"),
    "day": ("2026-03-12", "2026-03-12"),
    "days": ("2026-03-12;2026-04-02", "2026-03-12;2026-04-02"),
    "number": ("a whole number", "un nombre entier"),
    "age": ("a whole number", "un nombre entier"),
    "decimal": ("degrees, such as 45.764", "des degrés, par exemple 45.764"),
    "tick": ("true or false", "true (oui) ou false (non)"),
    "code": ("one code of the sheet Codes", "un code de la feuille Codes"),
    "codes": ("codes of the sheet Codes, joined by ;", "des codes de la feuille Codes, joints par ;"),
    "reasons": ("codes of the sheet Codes, joined by ;", "des codes de la feuille Codes, joints par ;"),
    "country": ("a country code of two letters, such as MD", "un code de pays à deux lettres, par exemple MD"),
    "countries": ("country codes joined by ;", "des codes de pays joints par ;"),
    "language": ("a language code, such as ron", "un code de langue, par exemple ron"),
    "phone": ("with + and the country code", "avec + et l’indicatif du pays"),
    "email": ("name@example.org", "nom@example.org"),
}


def columns() -> list[Field]:
    """The columns of the workbook: the office's own number, then the fields of the standard that are still written."""
    written = [each for each in fields().values() if not each.deprecated and not each.name.startswith("org_")]
    return [Field(REFERENCE, "line"), *written]


@cache
def workbook() -> bytes:
    """The file; its first sheet is the register."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        text, head = book.add_format({"num_format": TEXT}), book.add_format({"bold": True})
        register, meanings, codes = (book.add_worksheet(each) for each in ("HTCDS", "Columns", "Codes"))
        _meanings(meanings, head)
        _register(register, _codes(codes, head), text, head)
    return out.getvalue()


def _register(sheet: Worksheet, lists: dict[str, str], text: Format, head: Format) -> None:
    sheet.freeze_panes(1, 1)
    for place, each in enumerate(columns()):
        sheet.set_column(place, place, max(12, len(each.name) + 2), text)
        sheet.write_string(0, place, each.name, head)
        if each.kind == "code":
            rule = {"validate": "list", "source": lists[each.name], "error_type": "warning"}
            sheet.data_validation(1, place, ROOM, place, rule)


def _meanings(sheet: Worksheet, head: Format) -> None:
    known = load("htcds_fields")
    _row(sheet, 0, ("column", "English", "what to write", "français", "ce qu’on y écrit"), head)
    for number, each in enumerate(columns(), start=1):
        in_english, in_french = HOW.get(each.kind, HOW["line"])
        words = known.label(each.name, "en"), in_english, known.label(each.name, "fr"), in_french
        _row(sheet, number, (each.name, *words))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 4, 38)


def _codes(sheet: Worksheet, head: Format) -> dict[str, str]:
    """Writes every list, and says for each column where its codes stand."""
    _row(sheet, 0, ("column", "code", "English", "français"), head)
    number, places = 1, {}
    for each in columns():
        if each.kind not in ("code", "codes", "reasons"):
            continue
        first, known = number, load(each.name)
        for code, label in known.choices("en"):
            _row(sheet, number, (each.name, code, label, known.label(code, "fr")))
            number += 1
        places[each.name] = f"=Codes!$B${first + 1}:$B${number}"
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 3, 38)
    return places


def _row(sheet: Worksheet, number: int, cells: tuple[str, ...], look: Format | None = None) -> None:
    for place, cell in enumerate(cells):
        sheet.write_string(number, place, cell, look)
