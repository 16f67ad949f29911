"""Where a file stands and what comes next."""

from havre.cases.casefile import rules
from havre.kernel.vocabularies import load


def test_the_phases_hold_every_state_once():
    assert [state for states in rules.PHASES.values() for state in states] == list(load("case_states").codes)


def test_what_was_passed_is_done_and_the_return_is_a_branch():
    drawn = rules.passed("S6", "", {"S0", "S1", "S2", "S3", "S4", "S5", "S6"})
    some = {each: drawn[each] for each in ("S0", "S5", "S6", "S7", "S8", "S11")}
    assert some == {"S0": "done", "S5": "done", "S6": "here", "S7": "todo", "S8": "skip", "S11": "todo"}


def test_a_new_danger_undoes_nothing():
    drawn = rules.passed("S1", "S6", {"S0", "S1", "S2", "S3", "S4", "S5", "S6"})
    assert drawn["S1"] == "here" and drawn["S6"] == "done" and drawn["S7"] == "todo"


def test_a_file_closed_early_has_no_missed_states():
    drawn = rules.passed("S13", "", {"S0", "S1", "S13"})
    assert drawn["S3"] == "skip" and drawn["S0"] == "done" and drawn["S13"] == "here"


def test_danger_now_is_what_came_in_with_it_or_since():
    assert rules.in_danger_now("S1", "S0", "yes") and rules.in_danger_now("S1", "S6", "no")
    assert not rules.in_danger_now("S1", "S0", "no") and not rules.in_danger_now("S6", "", "yes")


def test_each_state_has_one_next_step_until_the_file_is_closed():
    assert rules.next_page("S1", "S0", "yes") == "people:safety"
    assert rules.next_page("S1", "S0", "no") == "people:consent"
    assert rules.next_page("S8", "", "") == "returns:journey" and rules.next_page("S13", "", "") == ""
