"""The workbook of an invented office, as somebody there keeps it: by hand, over years, and not quite tidily."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

COLUMNS = (
    "reference",
    "prs_FirstName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Gender",
    "prs_Citizenship",
    "prs_MobilePhone",
    "cas_Status",
    "cas_IncomingReferralDate",
    "vic_TypeOfExploitation",
    "vic_MethodsOfControl",
    "con_Consent",
    "Remarques",
)
ROWS: list[list[Any]] = [
    ["M-001", "Irina", "Rusu", date(1996, 4, 2), "Feminine", "MD", "+33639980011", "Active", date(2026, 1, 9)],
    [],
    ["M-002", " سلام ", "حدّاد", 1999, "Feminine", "SY", "", "FollowUp", "2025-11-02", "SexualExploitation", "", "yes"],
    ["M-003", "Grace", "Okafor", "1990-02", "Femenine", "NG;GH", "", "Active", date(2025, 6, 30)],
    ["", "Anh", "", "", "Feminine", "VN", "", "Closed", "2024-05-05", "ForcedLabour", "DebtBondage;Threats", "no"],
    ["M-005", "Samuel", "Tesfaye", date(1985, 12, 31), "Masculine", "ER", "0639980012", "Active", date(2026, 2, 1)],
    [],
    ["M-006", "", "", "", "", "", "", "", "", "", "", "", "came with her sister"],
]
MENDED = {(3, 4): "Feminine", (5, 6): "+33639980012"}
PEOPLE = sum(map(bool, ROWS))


def workbook(*, mended: bool) -> bytes:
    """The file, with its two slips or without them."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Registre 2026")
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(ROWS):
            for place, value in enumerate(row):
                told = MENDED.get((number, place), value) if mended else value
                sheet.write(number + 1, place, told, day if isinstance(told, date) else None)
    return out.getvalue()
