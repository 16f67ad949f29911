"""`python -m bench.grants`: random acts; a model written apart from the SQL must agree with it on every one."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import click

from bench import ground

os.environ.setdefault("HAVRE_TEST_DATA", str(Path(__file__).parents[1] / ".havre" / "prove"))
NAME = "proof_grants"
ROUND = 20  # beginnings of fifty steps at most


@click.command()
@click.option("--steps", default=5000, show_default=True, help="How many steps in all, earlier runs included.")
@click.option("--faults/--no-faults", default=True, help="Plant each fault, too, and see it found.")
def main(steps: int, faults: bool) -> None:
    """Take that many steps on this commit; what was begun before is continued."""
    import django

    from tests import harness

    django.setup()
    from tests.grants.faults import FAULTS
    from tests.grants.running import run
    from tests.grants.town import found

    harness.clone(NAME)
    town = found(NAME)
    proof = kept()
    while proof["counted"].get("steps", 0) < steps:
        counted = run(town, ROUND, proof["rounds"])  # a disagreement ends the proof
        proof["rounds"] += 1
        proof["counted"] = dict(Counter(proof["counted"]) + counted)
        ground.keep("grants", proof)
        print(f"{proof['counted']['steps']} of {steps} steps, 0 disagreements")
    missed = [each for each in FAULTS if faults and each not in proof["found"] and not plant(town, each, proof)]
    if missed:
        raise SystemExit("not found: " + "; ".join(missed))


def plant(town: Any, fault: str, proof: dict[str, Any]) -> bool:
    """Whether the fault is found within twelve rounds; what was found is kept."""
    from tests.grants.faults import FAULTS
    from tests.grants.machine import Disagreement
    from tests.grants.running import run

    try:
        for number in range(12):
            run(town, ROUND, number, FAULTS[fault])
    except Disagreement:
        proof["found"].append(fault)
        ground.keep("grants", proof)
        print(f"found: {fault}", flush=True)
        return True
    print(f"not found: {fault}", flush=True)
    return False


def kept() -> dict[str, Any]:
    """What was proved on this commit before; a new start on another."""
    file = ground.RESULTS / "grants.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    commit = ground.commit()
    fresh = {
        "commit": commit,
        "proof": "grants against a model written apart from the SQL, in both directions",
        "rounds": 0,
        "counted": {},
        "disagreements": 0,
        "found": [],
    }
    return before if before.get("commit") == commit and not commit.endswith("+changes") else fresh


if __name__ == "__main__":
    main()
