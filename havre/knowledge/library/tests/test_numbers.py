"""The last figure of a number fits, or it is said that it does not (SPEC 13.5 and 18)."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from havre.knowledge.library import numbers

SEED = files("havre.knowledge.library").joinpath("data/publications_seed.csv").read_text()
ROWS = list(csv.DictReader(SEED.splitlines()))
CHECKED = [row for row in ROWS if row["check_digit_valid"]]


@pytest.mark.parametrize("row", CHECKED, ids=lambda row: row["isbn_or_issn"])
def test_the_seed_says_which_fit(row):
    number = row["isbn_or_issn"]
    fits = numbers.issn_fits(number) if numbers.is_issn(number) else numbers.isbn_fits(number)
    assert fits == (row["check_digit_valid"] == "yes")


def test_one_number_has_several_spellings():
    assert numbers.isbn_key("ISBN-13: 978-92-9068-090-1") == numbers.isbn_key("92‑9068‑090‑3") == "9789290680901"
    assert numbers.isbn_key("90-411-0531-x") == numbers.isbn_key("9789041105318")
    for wrong in ("", "978-92-9068-090-0", "92-9068-060-X", "9-2", "٩٢", "1238-8211"):
        assert numbers.isbn_key(wrong) == ""
