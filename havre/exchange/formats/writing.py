"""Tables out: text or a workbook, in which nothing runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import BinaryIO, Literal

from havre.kernel.guards import guarded

LONGEST = 32_767  # signs a cell of a workbook can hold
WIDTHS = 12, 40  # of columns, in digits
Records = Iterable[dict[str, str]]


class TooLong(ValueError):
    """A cell is longer than a workbook can hold: its row and column. Text (`csv`) has no such end."""

    def __init__(self, row: int, column: str) -> None:
        super().__init__(f"row {row}, {column}: longer than a cell of a workbook")
        self.row, self.column = row, column


def write(records: Records, columns: Sequence[str], out: BinaryIO, kind: Literal["csv", "xlsx"]) -> int:
    """Writes the cells of the records below a header, and says how many records there were."""
    rows = ([guarded(each.get(column, "")) for column in columns] for each in records)
    return (_write_csv if kind == "csv" else _write_xlsx)(rows, columns, out)


def _write_csv(rows: Iterator[list[str]], columns: Sequence[str], out: BinaryIO) -> int:
    # With a mark at its start: spreadsheets would take UTF-8 for an older code otherwise.
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    many = 0
    for row in rows:
        writer.writerow(row)
        many += 1
    text.detach()
    return many


def _write_xlsx(rows: Iterator[list[str]], columns: Sequence[str], out: BinaryIO) -> int:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("HTCDS")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, min(max(len(column) + 2, WIDTHS[0]), WIDTHS[1]))
        bold = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
        many = 0
        for many, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if len(cell) > LONGEST:
                    raise TooLong(many + 1, columns[place])
                if cell:
                    sheet.write_string(many, place, cell)
    return many
