"""Where a file stands and what comes next.

The promise: a state is passed when the file went through it or the line leads through it, a branch not taken is never
shown as missed, and there is one next step at most. It rests on SPEC 8.2 and the list `case_states`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Literal

from havre.cases.people.rules.moves import CLOSED, CONTACT, SAFETY
from havre.kernel.vocabularies import load

Passed = Literal["done", "here", "skip", "todo"]
PHASES: dict[str, tuple[str, ...]] = {
    "identify": ("S0", "S1", "S2", "S3", "S4"),
    "assist": ("S5", "S6", "S7"),
    "return": ("S8", "S9", "S10"),
    "rebuild": ("S11", "S12", "S13"),
}
NOTHING_BEFORE = ("", CONTACT)  # the states from which immediate safety is the usual next one, no new danger
CAME_IN = timedelta(days=7)
QUIET = timedelta(days=30)
# The page on which a state is worked at; the others go on by a step of their own.
PAGES = {
    "S0": "people:consent",
    "S1": "people:consent",
    "S2": "people:consent",
    "S3": "screening:start",
    "S4": "screening:finding",
    "S5": "assistance:needs",
    "S6": "assistance:needs",
    "S7": "returns:option",
    "S8": "returns:journey",
    "S9": "returns:arrival",
    "S10": "returns:handover",
    "S11": "reintegration:life",
    "S12": "followup:plan",
}


def next_page(state: str, before_safety: str, in_danger: str) -> str:
    """The page of the one next step; empty when the file is closed."""
    if state == CLOSED:
        return ""
    if in_danger_now(state, before_safety, in_danger):
        return "people:safety"
    return PAGES.get(state, "people:move")


def passed(state: str, before_safety: str, visited: Collection[str]) -> dict[str, Passed]:
    """How each of the fourteen states is drawn."""
    order = load("case_states").codes
    reached = order.index(before_safety or state)
    return {each: _drawn(each, place, state, reached, visited) for place, each in enumerate(order)}


def _drawn(each: str, place: int, state: str, reached: int, visited: Collection[str]) -> Passed:
    if each == state:
        return "here"
    if each in visited and place <= reached:
        return "done"
    if each in PHASES["return"] or (state == CLOSED and each != CONTACT):
        return "skip"
    return "done" if place <= reached else "todo"


def in_danger_now(state: str, before_safety: str, in_danger: str) -> bool:
    """Whether somebody is being brought to safety: danger at first contact, or a new one since."""
    return state == SAFETY and (before_safety not in NOTHING_BEFORE or in_danger == "yes")


def shares(counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """How many people stand in each phase; the closed ones are in none."""
    by_state = dict(counts)
    by_state.pop(CLOSED, None)
    return {phase: sum(by_state.get(state, 0) for state in states) for phase, states in PHASES.items()}
