"""Runs the machine a given number of times, the same way for the same number."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from .machine import Grants
from .town import Town


def run(town: Town, examples: int, number: int, *faults: str) -> Counter[str]:
    """That many beginnings of fifty steps each."""
    machine = type("Grants", (Grants,), {"town": town, "faults": faults, "counted": Counter()})
    quick = settings(
        max_examples=examples,
        stateful_step_count=50,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(machine), settings=quick)
    return machine.counted
