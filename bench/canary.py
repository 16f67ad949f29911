"""`python -m bench.canary`: an audit of the stated epsilon, and that planted faults are found; goes on where it was."""

from __future__ import annotations

import json
import os
import platform
import time
from typing import Any

import click

from bench import ground
from havre.workbench.protect.tests.canary import DELTA, EPSILON, GREEN, THRESHOLDS, WAYS, Found, round_of

NAME = "canary"


@click.command()
@click.option("--runs", default=50_000, show_default=True, help="Runs a side of each way, earlier ones included.")
@click.option("--lot", default=2_500, show_default=True, help="Runs between two savings.")
def main(runs: int, lot: int) -> None:
    """Measure with one person more and without, until it was done that often on this commit."""
    proof = kept(ground.commit())
    for name in WAYS:
        rounds = proof["rounds"].setdefault(name, [])
        while (done := sum(each["runs"] for each in rounds)) < runs:
            began = time.process_time()
            found = round_of(name, min(lot, runs - done), seed=len(rounds) + 1)
            rounds.append({**vars(found), "cpu_s": round(time.process_time() - began, 1)})
            proof["at_least"] = bounds(proof)
            ground.keep(NAME, proof)
            print(f"{name}: {done + found.runs:,} of {runs:,} runs a side, epsilon at least {proof['at_least'][name]}")
    if not sound(proof["at_least"]):
        raise SystemExit("The audit is red: the stated epsilon is exceeded, or a planted fault was not found.")
    print(f"Stated epsilon {EPSILON:g} stands; every planted fault was found.")


def kept(commit: str) -> dict[str, Any]:
    """What was done on this commit before; a new start on another."""
    file = ground.RESULTS / f"{NAME}.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    fresh = {
        "commit": commit,
        "machine": {"python": platform.python_version(), "cores": len(os.sched_getaffinity(0))},
        "proof": "lower bound (Clopper-Pearson, 99 %) on epsilon from runs with and without one person",
        "epsilon": EPSILON,
        "delta": DELTA,
        "thresholds": THRESHOLDS,
        "at_least": {},
        "rounds": {},
    }
    return before if before.get("commit") == commit and not commit.endswith("+changes") else fresh


def bounds(proof: dict[str, Any]) -> dict[str, float]:
    """The bound of each way that was begun, of all its rounds together."""
    found = {}
    for name, rounds in proof["rounds"].items():
        total = Found(0, (0,) * len(THRESHOLDS), (0,) * len(THRESHOLDS))
        for each in rounds:
            total += Found(each["runs"], tuple(each["without"]), tuple(each["with_her"]))
        found[name] = round(total.least_epsilon(), 3)
    return found


def sound(at_least: dict[str, float]) -> bool:
    """Whether the code as it is stays under the stated epsilon and every planted fault goes above it."""
    return all((at_least[name] <= EPSILON) == (name in GREEN) for name in WAYS)


if __name__ == "__main__":
    main()
