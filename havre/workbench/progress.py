"""How far long work is, for whoever waits: the name of a step, what is done of it, and of how much."""

from __future__ import annotations

from collections.abc import Callable

Passed = Callable[[str, float, float], None]
READING, CHECKING = "Reading", "Checking the text"
COUNTING, DRAWING, FITTING = "Counting", "Drawing noise", "Fitting"
REHEARSING, ATTACKING = "Rehearsing on half of the file", "Attacking"


def quiet(step: str, done: float, of: float) -> None:
    """Tells nobody."""
