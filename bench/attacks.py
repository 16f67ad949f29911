"""`python -m bench.attacks`: the attacks of tests/attacks at full length, resumable; results/attacks-*.json.

Hostile requests at every page, everybody's questions about what is another agency's, the time such an answer takes, and
a crowd on four pooled connections. What was done before on this commit is not done again.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import click

from bench import ground
from tests import harness  # the server of the tests, before Django reads its settings

NAME = "fort_prove"
MOST = 0.55  # .5 tells nothing
AT_ONCE = {"questions": 100, "pairs": 200, "crowd": 500, "hostile": 500}
TIMED = (("casefile:case", "GET"), ("people:note", "GET"), ("people:note", "POST"), ("assistance:needs", "GET"))
FRESH: dict[str, dict[str, Any]] = {
    "questions": {"what": "page x method x person: foreign and absent alike, by answer and by SQL"},
    "pairs": {"what": "AUC of the time of a foreign and of an absent file", "times": {}},
    "crowd": {"what": "mixed users on 4 pooled connections, a quarter of the requests breaks: 0 foreign rows"},
    "hostile": {"what": "hostile requests at every page", "answers": {}, "memory_mb": []},
}


@click.command()
@click.option("--hostile", default=20_000, show_default=True, help="Hostile requests, earlier runs included.")
@click.option("--pairs", default=2_000, show_default=True, help="Pairs of answers that are timed.")
@click.option("--crowd", default=10_000, show_default=True, help="Requests of many people at once.")
@click.option("--only", type=click.Choice(list(FRESH)), multiple=True, help="These parts alone.")
def main(hostile: int, pairs: int, crowd: int, only: tuple[str, ...]) -> None:
    """Attack until so much was done on this commit."""
    import django

    django.setup()
    from tests.attacks import fort as forts

    name = "_".join((NAME, *only))
    fort = forts.make_fort(name)
    wanted = {"questions": len(_questions(fort)), "pairs": pairs, "crowd": crowd, "hostile": hostile}
    with forts.standing_in(name):
        wrong = [each for part in only or FRESH for each in run(part, fort, wanted[part])]
    print("\n".join([*wrong[:50], f"{len(wrong)} wrong"]))
    if wrong:
        raise SystemExit(1)


def run(part: str, fort: Any, wanted: int) -> list[str]:
    """What is wrong after so much of one part; results are written after each step."""
    proof, step = kept(part), STEPS[part]
    while proof["done"] < wanted:
        number = min(AT_ONCE[part], wanted - proof["done"])
        fort.sign_in()
        step(fort, proof, number)
        proof["done"] += number
        ground.keep(f"attacks-{part}", proof)
        print(f"{part}: {proof['done']} of {wanted}, {len(proof['wrong'])} wrong", flush=True)
    if "times" in proof:
        judge(proof)
        del proof["times"]  # eight thousand numbers; the shares stay
        ground.keep(f"attacks-{part}", proof)
    return list(proof["wrong"])


def kept(part: str) -> dict[str, Any]:
    """What was done on this commit before; a new start on another."""
    file = ground.RESULTS / f"attacks-{part}.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    place = {"commit": ground.commit(), "machine": ground.machine(harness.CLUSTER)}
    fresh = {**place, **deepcopy(FRESH[part]), "done": 0, "wrong": []}
    same = before.get("commit") == fresh["commit"] and not fresh["commit"].endswith("+changes")
    return before if same else fresh


def _questions(fort: Any) -> list[Any]:
    from tests.attacks import matrix
    from tests.attacks.test_matrix import OF_CARDS, OWN_DRAWER

    return [each for each in matrix.questions(fort) if each.line.page not in {OWN_DRAWER, *OF_CARDS}]


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
    """The share for each page and for all, and what passes 55 in a hundred."""
    times, kinds = proof["times"], ("foreign", "absent", "foreign_cpu", "absent_cpu")
    pages = {
        page: (told["foreign"], told["absent"], told["foreign_cpu"], told["absent_cpu"]) for page, told in times.items()
    }
    proof["auc"] = {
        page: {"clock": round(auc(*all_[:2]), 3), "cpu": round(auc(*all_[2:]), 3)} for page, all_ in pages.items()
    }
    every = [[each for told in times.values() for each in told[kind]] for kind in kinds]
    proof["auc_of_all"] = {"clock": round(auc(*every[:2]), 3), "cpu": round(auc(*every[2:]), 3)}
    proof["wrong"] = [f"AUC of {how} {share}" for how, share in proof["auc_of_all"].items() if share > MOST]
    print(proof["auc"], proof["auc_of_all"])


STEPS: dict[str, Callable[[Any, dict[str, Any], int], None]] = {
    "questions": ask, "pairs": clock, "crowd": mix, "hostile": shoot,
}  # fmt: skip

if __name__ == "__main__":
    main()
