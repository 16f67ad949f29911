"""Truth table 1: the finding follows article 3 of the Palermo Protocol in every combination."""

import csv
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from havre.cases.screening.rules.finding import ACTUAL, POSSIBLE, AgeGroup, Element, age_group_used, compute, element
from havre.kernel.vocabularies import load

with (Path(__file__).parent / "data" / "palermo_truth_table.csv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file))
ELEMENTS = ("act", "means", "purpose_exploitation")
STATES: tuple[Element, ...] = ("yes", "no", "unknown")
AGES: tuple[AgeGroup, ...] = ("adult", "child", "unknown")


def finding(row: dict[str, Any], consent: str | None) -> str:
    return compute(row["age_group"], row["act"], row["means"], row["purpose_exploitation"], consent)


def test_the_table_holds_every_combination_once() -> None:
    keys = {(row["age_group"], *(row[name] for name in ELEMENTS), row["consent_given"]) for row in TABLE}
    assert len(keys) == len(TABLE) == 162


@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(row.values()))
def test_the_finding_is_that_of_the_table(row: dict[str, str]) -> None:
    assert finding(row, row["consent_given"]) == row["finding"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(row.values()))
@pytest.mark.parametrize("consent", ["yes", "no", "unknown", None])
def test_consent_never_changes_the_finding(row: dict[str, str], consent: str | None) -> None:
    assert finding(row, consent) == row["finding"]


def test_every_finding_is_a_value_of_the_data_standard() -> None:
    found = {compute(age, *three) for age in AGES for three in product(STATES, STATES, STATES)}
    assert found == set(load("vic_TraffickingStatus").codes)


def test_who_may_be_a_child_is_treated_as_one() -> None:
    assert age_group_used("unknown", presumed_minor=True) == "child"
    assert age_group_used("unknown", presumed_minor=False) == "unknown"
    assert age_group_used("adult", presumed_minor=True) == "adult"


def test_the_presumption_of_minority_can_change_the_finding() -> None:
    assert compute("unknown", "yes", "no", "yes") == POSSIBLE
    assert compute(age_group_used("unknown", presumed_minor=True), "yes", "no", "yes") == ACTUAL


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], "unknown"),
        (["unknown"], "unknown"),
        (["no"], "no"),
        (["no", "no"], "no"),
        (["no", "unknown"], "unknown"),
        (["no", "unknown", "yes"], "yes"),
        (["not_asked", "no"], "unknown"),
    ],
)
def test_an_element_is_ruled_out_only_by_explicit_answers(answers: list[str], expected: str) -> None:
    assert element(answers) == expected
