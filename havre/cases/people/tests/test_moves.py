"""Truth table 11: a case moves along the listed ways only, and help is open everywhere."""

import csv
from itertools import product
from pathlib import Path

import pytest

from havre.cases.people.rules.moves import CLOSED, allowed, htcds_status, may_move, may_record
from havre.kernel.vocabularies import load

with (Path(__file__).parent / "data" / "case_transitions.csv").open(encoding="utf-8", newline="") as file:
    LISTED = {(row["from"], row["to"]): row for row in csv.DictReader(file)}
STATES = load("case_states").codes
NEEDS = {
    "": set(),
    "reason": {"reason"},
    "closure reason": {"closure_reason"},
    "was in that state before S1": {"before_safety"},
    "reason + supervisor": {"reason", "supervisor"},
    "finding by a competent authority on file": {"finding"},
    "handover from the sending body with its finding": {"handover", "finding"},
}


def test_there_are_fourteen_states_and_sixty_five_moves() -> None:
    assert (len(STATES), len(LISTED)) == (14, 65)


@pytest.mark.parametrize(("source", "target"), list(product(STATES, STATES)))
def test_only_listed_moves_pass(source: str, target: str) -> None:
    assert may_move(source, target, target, is_supervisor=True) == ((source, target) in LISTED)


@pytest.mark.parametrize(("source", "target"), sorted(LISTED))
def test_each_move_says_what_it_needs(source: str, target: str) -> None:
    move = next(move for move in allowed(source, target, True) if move.target == target)
    assert move.needs == NEEDS[LISTED[source, target]["needs"]] and move.kind == LISTED[source, target]["kind"]
    assert load("case_transitions").label(move.code, "fr") != move.code


@pytest.mark.parametrize("before", [*STATES, None])
def test_from_safety_a_case_resumes_only_where_it_was(before: str | None) -> None:
    resumed = {move.target for move in allowed("S1", before, True) if move.kind == "resume"}
    assert resumed == ({before} if ("S1", before) in LISTED and before not in ("S2", "S13") else set())
    assert {move.target for move in allowed("S1", before, True)} >= {"S2", "S13"}


def test_opening_a_closed_case_again_takes_a_supervisor() -> None:
    assert allowed(CLOSED, None, False) == []
    assert [move.target for move in allowed(CLOSED, None, True)] == ["S0"]


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("S1", CLOSED)])
def test_every_open_state_leads_to_safety_and_to_closure(state: str) -> None:
    assert may_move(state, "S1", None, False) and may_move(state, CLOSED, None, False)


@pytest.mark.parametrize("state", STATES)
def test_help_is_recorded_in_every_open_state(state: str) -> None:
    assert may_record(state) == (state != CLOSED)


@pytest.mark.parametrize("state", ["", "S14", "s0", "contact"])
def test_a_state_that_does_not_exist_leads_nowhere(state: str) -> None:
    assert allowed(state, None, True) == [] and not may_record(state)


def test_every_state_has_a_status_of_the_data_standard() -> None:
    assert all(htcds_status(state) in load("cas_Status") for state in STATES)
    assert htcds_status("S12") == "FollowUp"
    assert htcds_status(CLOSED, "referred_out") == "ClosedReferred" and htcds_status(CLOSED, "moved") == "Closed"
