"""`python -m bench.attacks`: the attacks of tests/attacks at full length, resumable; results/attacks.json.

Hostile requests at every page, everybody's questions about what is another agency's, the time such an answer takes, and
a crowd on four pooled connections. What was done before on this commit is not done again.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from typing import Any

import click

from bench import ground
from tests import harness  # the server of the tests, before Django reads its settings

NAME = "fort_prove"
HOSTILE, QUESTIONS, PAIRS, CROWD = 500, 100, 200, 500  # how many at a time
TIMED = (("casefile:case", "GET"), ("people:note", "GET"), ("people:note", "POST"), ("assistance:needs", "GET"))


@click.command()
@click.option("--hostile", default=20_000, show_default=True, help="Hostile requests, earlier runs included.")
@click.option("--pairs", default=2_000, show_default=True, help="Pairs of answers that are timed.")
@click.option("--crowd", default=10_000, show_default=True, help="Requests of many people at once.")
def main(hostile: int, pairs: int, crowd: int) -> None:
    """Attack until so much was done on this commit."""
    import django

    django.setup()
    from tests.attacks import fort as forts

    fort = forts.make_fort(NAME)
    proof = kept()
    steps: list[tuple[str, int, int, Callable[[Any, dict[str, Any], int], None]]] = [
        ("questions", count(fort), QUESTIONS, ask),
        ("pairs", pairs, PAIRS, clock),
        ("crowd", crowd, CROWD, mix),
        ("hostile", hostile, HOSTILE, shoot),
    ]
    with forts.standing_in(NAME):
        for name, wanted, at_once, step in steps:
            while proof[name]["done"] < wanted:
                number = min(at_once, wanted - proof[name]["done"])
                step(fort, proof[name], number)
                proof[name]["done"] += number
                ground.keep("attacks", proof)
                print(f"{name}: {proof[name]['done']} of {wanted}, {len(proof[name]['wrong'])} wrong", flush=True)
    judge(proof)


def kept() -> dict[str, Any]:
    """What was done on this commit before; a new start on another."""
    file = ground.RESULTS / "attacks.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    fresh: dict[str, Any] = {
        "commit": ground.commit(),
        "machine": ground.machine(harness.CLUSTER),
        "questions": {
            "what": "page x method x person: foreign and absent, by answer and by SQL",
            "done": 0,
            "wrong": [],
        },
        "pairs": {"what": "AUC of the time of a foreign and of an absent file", "done": 0, "wrong": [], "times": {}},
        "crowd": {
            "what": "mixed users on 4 pooled connections, a quarter of the requests breaks",
            "done": 0,
            "wrong": [],
        },
        "hostile": {"what": "hostile requests at every page", "done": 0, "wrong": [], "answers": {}, "memory_mb": []},
    }
    same = before.get("commit") == fresh["commit"] and not fresh["commit"].endswith("+changes")
    return before if same else fresh


def count(fort: Any) -> int:
    """How many questions of the matrix there are."""
    return len(_questions(fort))


def _questions(fort: Any) -> list[Any]:
    from tests.attacks import matrix

    return [each for each in matrix.questions(fort) if each.line.page != "people:draft"]


def ask(fort: Any, proof: dict[str, Any], number: int) -> None:
    """The next questions of the matrix."""
    from tests.attacks import matrix

    clients = {login: fort.client(login) for login in fort.logins}
    for question in _questions(fort)[proof["done"] : proof["done"] + number]:
        proof["wrong"] += matrix.faults(fort, question, clients)


def clock(fort: Any, proof: dict[str, Any], number: int) -> None:
    """Foreign and absent, either first by lot; the whole answer, by the clock and in processor time."""
    from tests.attacks import matrix
    from tests.attacks.fort import undone

    rng, client = random.Random(f"clock {proof['done']}"), fort.client("boris")
    for page, method in TIMED:
        line = next(each for each in matrix.lines() if (each.page, each.method) == (page, method))
        addresses = dict(
            zip(("foreign", "absent"), matrix.addresses(fort, matrix.Question(line, "boris", "whole")), strict=True)
        )
        told = proof["times"].setdefault(
            f"{method} {page}", {"foreign": [], "absent": [], "foreign_cpu": [], "absent_cpu": []}
        )
        for _ in range(number // len(TIMED)):
            for kind in rng.sample(("foreign", "absent"), 2):
                began, cpu = time.perf_counter(), time.process_time()
                undone(client, method, addresses[kind])
                told[f"{kind}_cpu"].append(round((time.process_time() - cpu) * 1e6))
                told[kind].append(round((time.perf_counter() - began) * 1e6))


def auc(one: list[int], other: list[int]) -> float:
    """How often a time of the one is larger than one of the other, ties half; .5 tells nothing."""
    from bisect import bisect_left, bisect_right

    ranked = sorted(other)
    larger = sum(bisect_left(ranked, each) + bisect_right(ranked, each) for each in one) / 2
    share = larger / (len(one) * len(other))
    return max(share, 1 - share)


def mix(fort: Any, proof: dict[str, Any], number: int) -> None:
    """A crowd with other people each time."""
    from tests.attacks.mixed import crowd

    told = crowd(fort, requests=number, threads=8, seed=f"crowd {proof['done']}")
    proof["wrong"] += told.foreign
    proof["broken"] = proof.get("broken", 0) + told.broken
    proof["connections"] = max(proof.get("connections", 0), told.connections)


def shoot(fort: Any, proof: dict[str, Any], number: int) -> None:
    """Other requests each time, drawn from the number of those that went before."""
    from tests.attacks.hostile import Gun
    from tests.attacks.judging import Judge, memory

    judge = Judge(fort, Gun(fort, f"hostile {proof['done']}"))
    judge.fire(number)
    proof["wrong"] += judge.wrong
    for status, times in judge.answers.items():
        proof["answers"][str(status)] = proof["answers"].get(str(status), 0) + times
    proof["memory_mb"].append(round(memory()))


def judge(proof: dict[str, Any]) -> None:
    """Says what came of it, and ends with 1 when anything was wrong."""
    times = proof["pairs"]["times"]
    both = {
        kind: [t for told in times.values() for t in told[kind]]
        for kind in ("foreign", "absent", "foreign_cpu", "absent_cpu")
    }
    each = {
        page: (auc(told["foreign"], told["absent"]), auc(told["foreign_cpu"], told["absent_cpu"]))
        for page, told in times.items()
    }
    for page, (clocked, cpu) in each.items():
        print(f"{page}: AUC {clocked:.3f} by the clock, {cpu:.3f} in processor time")
    proof["pairs"]["auc"] = {page: {"clock": round(one, 3), "cpu": round(two, 3)} for page, (one, two) in each.items()}
    proof["pairs"]["auc_of_all"] = round(auc(both["foreign"], both["absent"]), 3)
    ground.keep("attacks", proof)
    wrong = [one for name in ("questions", "crowd", "hostile") for one in proof[name]["wrong"]]
    print("\n".join(wrong[:50]))
    print(f"{len(wrong)} wrong, AUC {proof['pairs']['auc_of_all']}")
    if wrong or proof["pairs"]["auc_of_all"] > 0.55:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
