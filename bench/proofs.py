"""`python -m bench.proofs`: the server killed in the midst of writes, again and again; nothing is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import click
import psycopg

from bench import ground

NAME = "proofs"
WRITERS = 4
INSERT = (
    "insert into audit_auditevent (id, at, act, refused, reason, request_id)"
    " values (%s, now(), 'proof.write', false, '', gen_random_uuid())"
)


@click.command()
@click.option("--rounds", default=18, show_default=True, help="How often the server is killed, earlier runs included.")
def main(rounds: int) -> None:
    """Kill the server until it was killed that often on this commit; what was begun before is continued."""
    with ground.running() as cluster:
        ground.database(cluster, NAME)
        proof = kept(ground.commit(), ground.machine(cluster))
        for number in range(len(proof["rounds"]), rounds):
            proof["rounds"].append(one_round(cluster))
            ground.keep("proofs", proof)
            told = proof["rounds"][-1]
            print(f"{number + 1} of {rounds}: {told['acknowledged']} acknowledged, {told['lost']} lost")
    lost = sum(each["lost"] for each in proof["rounds"])
    written = sum(each["acknowledged"] for each in proof["rounds"])
    print(f"{written} writes acknowledged over {len(proof['rounds'])} kills, {lost} lost")
    if lost:
        raise SystemExit(1)


def kept(commit: str, machine: dict[str, Any]) -> dict[str, Any]:
    """What was proved on this commit before; a new start on another."""
    file = ground.RESULTS / "proofs.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    fresh = {
        "commit": commit,
        "machine": machine,
        "proof": "kill -9 of the whole server during acknowledged writes",
        "rounds": [],
    }
    return before if before.get("commit") == commit and not commit.endswith("+changes") else fresh


def one_round(cluster: Any) -> dict[str, Any]:
    """Writers of the application's own role at work, the server killed at some moment, started again, and asked."""
    acknowledged: list[list[uuid.UUID]] = [[] for _ in range(WRITERS)]
    writers = [threading.Thread(target=write, args=(cluster, each)) for each in acknowledged]
    for each in writers:
        each.start()
    time.sleep(random.uniform(0.3, 2.0))
    kill(cluster)
    for each in writers:
        each.join()
    began = time.monotonic()
    cluster.server.start()
    restart = time.monotonic() - began
    written = {one for each in acknowledged for one in each}
    return {"acknowledged": len(written), "lost": len(written - stored(cluster)), "restart_s": round(restart, 2)}


def write(cluster: Any, acknowledged: list[uuid.UUID]) -> None:
    """One row a transaction, and its number kept once the server has said yes, until the server is gone."""
    try:
        with ground.connect(cluster, NAME, "havre_app") as asked:
            while True:
                number = uuid.uuid4()
                asked.execute(INSERT, [number])
                asked.commit()
                acknowledged.append(number)
    except psycopg.OperationalError:
        return


def kill(cluster: Any) -> None:
    """Ends the server and each of its processes at once, as a power cut would."""
    server = cluster.server.pid
    assert server is not None
    children = [int(each.name) for each in Path("/proc").glob("[0-9]*") if parent(each) == server]
    for pid in (server, *children):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def parent(process: Path) -> int:
    """The number of the process that started it."""
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def stored(cluster: Any) -> set[uuid.UUID]:
    """What the server has after it came up again."""
    with psycopg.connect(cluster.url(NAME)) as owner:
        return {row[0] for row in owner.execute("select id from audit_auditevent where act = 'proof.write'")}


if __name__ == "__main__":
    main()
