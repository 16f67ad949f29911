"""Risk and protection against each other, and what changed."""

import pytest

from havre.cases.assessment.rules import vulnerability
from havre.cases.assessment.rules.vulnerability import Factor
from havre.kernel.vocabularies import load


def test_protection_is_taken_from_risk() -> None:
    found = [
        Factor("ind_debt", "risk", "yes", 3),
        Factor("ind_age", "risk", "no", 0),
        Factor("ind_network", "protective", "yes", 2),
    ]
    assert vulnerability.balance(found) == 1


def test_what_is_not_known_does_not_weigh() -> None:
    assert vulnerability.balance([Factor("ind_debt", "risk", "unknown", 3)]) == 0


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (None, ("yes", 2), ""),
        (("no", 0), ("yes", 2), "new"),
        (("yes", 2), ("no", 0), "gone"),
        (("yes", 1), ("yes", 3), "more"),
        (("yes", 3), ("yes", 1), "less"),
        (("yes", 2), ("yes", 2), "same"),
        (("no", 0), ("no", 0), "same"),
        (("unknown", 0), ("yes", 2), ""),
        (("yes", 2), ("unknown", 0), ""),
    ],
)
def test_a_change_is_named(before: tuple[str, int] | None, now: tuple[str, int], change: str) -> None:
    earlier = Factor("ind_debt", "risk", *before) if before else None
    assert vulnerability.change(earlier, Factor("ind_debt", "risk", *now)) == change


def test_the_list_has_four_levels_and_both_directions_in_each() -> None:
    pairs = {(row["level"], row["direction"]) for row in load("vulnerability_factors").rows}
    assert pairs == {(level, way) for level in load("vulnerability_levels") for way in ("risk", "protective")}
    assert len(load("vulnerability_factors")) == 35
