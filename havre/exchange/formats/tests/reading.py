"""Files for the tests: as bytes, read to their end."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

from havre.exchange.formats.htcds import Reading

TODAY = date(2026, 3, 12)


def whole(content, today=TODAY):
    """A reading that has come to its end, with its `read` records."""
    reading = Reading(io.BytesIO(content if isinstance(content, bytes) else content.encode()), today)
    reading.read = list(reading)
    return reading


def lines(content):
    """The faults of a file, as lines."""
    return [fault.at("register") for fault in whole(content).faults]


def values(content):
    """The values of the one record of a file without faults."""
    reading = whole(content)
    (one,) = reading.read
    assert reading.faults == []
    return one.values


def workbook(*sheets, fill=None, **options):
    """A workbook with these sheets, each the rows of its cells; `fill` may do the rest to book and sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        made = [book.add_worksheet() for _each in sheets]
        for sheet, rows in zip(made, sheets, strict=True):
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)
        if fill:
            fill(book, *made)
    return out.getvalue()
