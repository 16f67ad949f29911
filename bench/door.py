"""`python -m bench.door`: whether the time of an answer at the door tells why somebody does not come in.

Unknown, wrong, suspended and held back take turns in a random order, with the password hash of an installation. The
area under the curve says how often a guess between two of them is right: 0.5 is a coin.
"""

from __future__ import annotations

import random
import time
from statistics import median

import click

from bench import ground

NAME = "door"
PASSWORD = "a harbour without a light"
KINDS = ("unknown", "wrong", "suspended", "held back")
MOST = 0.55


@click.command()
@click.option("--tries", default=500, show_default=True, help="How often each of them knocks.")
def main(tries: int) -> None:
    """Knock, measure, compare each two; the worst is what counts."""
    with ground.running() as cluster:
        ground.database(cluster, NAME, anew=True)
        logins = people()
        times, machine = knocks(logins, tries), ground.machine(cluster)
    areas = {f"{one} / {other}": area(times[one], times[other]) for one, other in pairs()}
    for name, found in areas.items():
        print(f"{name:<24} {found:.3f}")
    middles = {kind: round(1000 * median(each), 1) for kind, each in times.items()}
    worst = max(max(found, 1 - found) for found in areas.values())
    print(f"medians in ms: {middles}; worst {worst:.3f} of {tries} tries each")
    told = {"commit": ground.commit(), "machine": machine, "tries": tries, "medians_ms": middles}
    ground.keep("door", {**told, "auc": areas, "worst": worst, "most": MOST})
    if worst > MOST:
        raise SystemExit(1)


def people() -> dict[str, str]:
    """An agency with one of each kind; each kind by the login it knocks with."""
    from django.db import transaction

    from havre.platform.accounts.founding import found_agency, found_user

    with transaction.atomic(using="owner"):
        house = found_agency("door", "A house", "FR", using="owner")
        for login in ("wrong", "suspended", "heldback"):
            user = found_user(house, login, login, "caseworker", PASSWORD, using="owner")
            if login == "suspended":
                user.is_active = False
                user.save(using="owner")
    return {"unknown": "unknown", "wrong": "wrong", "suspended": "suspended", "held back": "heldback"}


def knocks(logins: dict[str, str], tries: int) -> dict[str, list[float]]:
    """Seconds of each answer, by kind."""
    from django.test import Client

    from havre.platform.accounts.tries import PER_ACCOUNT

    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    order = [kind for kind in KINDS for _ in range(tries + 5)]
    random.Random("door").shuffle(order)
    client = Client()
    for kind in order:
        prepare(logins[kind], PER_ACCOUNT.most if kind == "held back" else 0)
        given = PASSWORD if kind == "suspended" else "not the password"
        begun = time.perf_counter()
        answer = client.post("/signin/", {"login": logins[kind], "password": given})
        times[kind].append(time.perf_counter() - begun)
        assert answer.status_code == 422, answer.status_code
    return {kind: each[5:] for kind, each in times.items()}  # the first warm it up


def prepare(login: str, failed: int) -> None:
    """Exactly so many failures of late, and the table as large for one kind as for another."""
    from django.db import transaction

    from havre.platform.accounts.models import SignInTry
    from havre.platform.accounts.tries import PER_ACCOUNT

    with transaction.atomic():
        SignInTry.objects.all().delete()
        for number in range(PER_ACCOUNT.most):
            PER_ACCOUNT.count(login if number < failed else f"somebody else {number}")


def pairs() -> list[tuple[str, str]]:
    """Each two of them."""
    return [(one, other) for number, one in enumerate(KINDS) for other in KINDS[number + 1 :]]


def area(one: list[float], other: list[float]) -> float:
    """How often the second takes longer than the first, ties by half."""
    return sum((b > a) + 0.5 * (b == a) for a in one for b in other) / (len(one) * len(other))


if __name__ == "__main__":
    main()
