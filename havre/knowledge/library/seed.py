"""The publications that the founding brochure lists, as records to begin a library with.

`data/publications_seed.csv` is that list as it is printed, two wrong ISBNs and one that stands twice included; its last
two columns, countries and topics, were added by reading the titles.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

from .numbers import is_issn

SOURCE = "IOM brochure on counter-trafficking, list of publications"


def brochure() -> list[dict[str, Any]]:
    """The values of each record, in the order of the list; a numbered part belongs to the series before it."""
    text = files(__package__).joinpath("data/publications_seed.csv").read_text("utf-8")
    found: list[dict[str, Any]] = []
    series = ""
    for row in csv.DictReader(text.splitlines()):
        series = row["title"] if row["kind"] == "series" else series
        found.append(_record(row, series))
    return found


def _record(row: dict[str, str], series: str) -> dict[str, Any]:
    number = row["isbn_or_issn"]
    return {
        "kind": row["kind"],
        "title": row["title"],
        "title_language": row["language"],
        "languages": [row["language"]],
        "year": int(row["year"]) if row["year"] else None,
        "isbn": "" if is_issn(number) else number,
        "issn": number if is_issn(number) else "",
        "series": series if row["kind"] == "series_item" else "",
        "number": row["number_in_series"],
        "downloadable": row["downloadable"] == "1",
        "countries": [code for code in row["countries"].split(";") if code],
        "topics": [code for code in row["topics"].split(";") if code],
    }
