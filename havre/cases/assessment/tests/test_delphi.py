"""The rule of a dimension and both combinations, against the tables of SPEC 18; and more signs never say less."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.cases.assessment import lists
from havre.cases.assessment.rules import delphi
from havre.cases.assessment.rules.delphi import CLASSES, DIMENSIONS, PROFILES, Counts

DATA = Path(__file__).parent / "data"
# The columns of the combination table, in the order of our dimensions.
COLUMNS = (
    *("deceptive_recruitment", "coercive_recruitment", "abuse_vuln_recruitment"),
    *("exploitation", "coercion_destination", "abuse_vuln_destination"),
)
NUMBERS = st.integers(0, 5)


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_are_whole() -> None:
    assert len(table("delphi_dimension_truth_table.csv")) == 100
    assert len(table("delphi_combination_table.csv")) == 64


@pytest.mark.parametrize("row", table("delphi_dimension_truth_table.csv"), ids=lambda row: "-".join(row.values()))
def test_a_dimension_is_positive_where_the_table_says_so(row: dict[str, str]) -> None:
    numbers = [int(row[name]) for name in ("strong", "medium", "weak")]
    assert Counts(*numbers).positive is (row["positive"] == "1")


@pytest.mark.parametrize("row", table("delphi_combination_table.csv"), ids=lambda row: "-".join(row.values()))
def test_dimensions_combine_as_the_table_says(row: dict[str, str]) -> None:
    there = {name: row[column] == "1" for name, column in zip(DIMENSIONS, COLUMNS, strict=True)}
    assert delphi.strict(there) == row["class_strict"]
    assert (delphi.strict(there) == CLASSES[-1]) is (row["adult_victim_strict"] == "1")
    assert delphi.palermo(there, child=False) is (row["adult_victim_palermo"] == "1")
    assert delphi.palermo(there, child=True) is (row["child_victim"] == "1")


@pytest.mark.parametrize("row", table("delphi_counts.csv"), ids=lambda row: row["profile"])
def test_each_profile_has_as_many_indicators_as_the_source(row: dict[str, str]) -> None:
    found = {name: len(codes) for name, codes in lists.weights(row["profile"]).items()}
    assert found == {name: int(row[name]) for name in DIMENSIONS}
    assert sum(found.values()) == int(row["total"])


def test_children_at_work_have_no_weak_indicator() -> None:
    strengths = {each for codes in lists.weights("child_labour").values() for each in codes.values()}
    assert strengths == {"S", "M"}


def test_for_an_adult_in_the_sexual_list_no_sign_of_exploitation_is_strong() -> None:
    assert "S" not in lists.weights("adult_sexual")["exploitation"].values()


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["strong", "medium", "weak"]))
def test_one_more_indicator_never_turns_a_dimension_negative(strong: int, medium: int, weak: int, more: str) -> None:
    before = {"strong": strong, "medium": medium, "weak": weak}
    assert Counts(**before).positive <= Counts(**before | {more: before[more] + 1}).positive


ANSWERS = st.dictionaries(st.sampled_from(list(lists.load("delphi_indicators"))), st.sampled_from(["yes", "no"]))


@given(st.sampled_from(PROFILES), ANSWERS, st.sampled_from(list(lists.load("delphi_indicators"))))
def test_a_yes_never_makes_a_reading_weaker(profile: str, answers: dict[str, str], code: str) -> None:
    weights = lists.weights(profile)
    before = delphi.assess(profile, weights, answers)
    after = delphi.assess(profile, weights, answers | {code: "yes"})
    assert CLASSES.index(before.low.strict) <= CLASSES.index(after.low.strict)
    assert before.low.palermo <= after.low.palermo


@given(st.sampled_from(PROFILES), ANSWERS)
def test_the_score_lies_within_its_range(profile: str, answers: dict[str, str]) -> None:
    reading = delphi.assess(profile, lists.weights(profile), answers)
    assert CLASSES.index(reading.low.strict) <= CLASSES.index(reading.high.strict)
    assert reading.low.palermo <= reading.high.palermo


def test_unknown_counts_as_absent_and_as_possible() -> None:
    strengths = {"A": "S", "B": "M", "C": "W"}
    ranged = delphi.read(strengths, {"A": "yes", "B": "unknown", "C": "no"})
    assert (ranged.low, ranged.high) == (Counts(1, 0, 0), Counts(1, 1, 0))
    assert ranged.result == "unknown"


@pytest.mark.parametrize(
    ("answers", "result"), [({"A": "no"}, "no"), ({"A": "yes", "B": "yes"}, "yes"), ({}, "unknown")]
)
def test_a_dimension_is_known_once_nothing_open_can_change_it(answers: dict[str, str], result: str) -> None:
    assert delphi.read({"A": "S", "B": "M"}, answers).result == result
