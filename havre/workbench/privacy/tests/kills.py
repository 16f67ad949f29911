"""A run that is killed at planted points, or at any moment, and what must be true of the ledger afterwards.

`python -m havre.workbench.privacy.tests.kills --rounds 300` is the long form: kills at random moments.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from havre.workbench import whole
from havre.workbench.privacy import ledger as ledgers
from havre.workbench.privacy.ledger import DP, held

POINTS = (
    *("before charge", "half a charge", "charged", "drawing", "before drawn", "half a drawn", "drawn"),
    *("before move", "moved", "half a published", "published"),
)
BUDGET = (50.0, 1e-6)


def kill(point: str, planted: str) -> None:
    """Ends this process as a power cut would, when this is the planted point."""
    if point == planted:
        os.kill(os.getpid(), signal.SIGKILL)


def plant(planted: str) -> None:
    """Makes writes of the ledger and moves of the output stop where it is planted."""
    write, move = os.write, whole.move

    def half(file: int, text: bytes) -> int:
        for act in ("charged", "drawn", "published"):
            if f'"act": "{act}"'.encode() in text and planted == f"half a {act.replace('charged', 'charge')}":
                write(file, text[: len(text) // 2])
                kill(planted, planted)
        return write(file, text)

    def stopped(staged: Path, out: Path) -> None:
        kill("before move", planted)
        move(staged, out)
        kill("moved", planted)

    ledgers.os.write, whole.move = half, stopped  # type: ignore[attr-defined]


def run(home: Path, planted: str) -> None:
    """What a release does, once: finish what waits, or charge, draw, write, publish. Each draw is noted outside."""
    plant(planted)
    with held(home / "ledger.jsonl", "2024", DP, BUDGET) as book:
        if waiting := book.unfinished():
            book.finish(waiting[0])
            return
        kill("before charge", planted)
        charge = book.charge(home / f"out-{len(book.rows)}", rho=0.001)
        kill("charged", planted)
        noise = list(os.urandom(5))  # stands for the sampler, which takes a second to load
        with (home / "draws.txt").open("a") as notes:
            notes.write(f"{charge.name} {noise}\n")
        (charge.staged / "aggregates.csv").write_text(str(noise[:2]))
        kill("drawing", planted)
        (charge.staged / "aggregates.csv").write_text(str(noise))
        kill("before drawn", planted)
        book.drawn(charge)
        kill("drawn", planted)
        book.publish(charge)
        kill("published", planted)


def child(home: Path, planted: str = "", after: float | None = None) -> int:
    """Runs it in a process of its own, killed at the point or after so many seconds; its exit code."""
    with subprocess.Popen([sys.executable, "-m", __spec__.name, "--home", str(home), "--at", planted]) as process:
        if after is not None:
            time.sleep(after)
            process.kill()
        return process.wait()


def check(home: Path) -> tuple[int, int]:
    """What must hold after any kill, looked at by opening the ledger again; charges and publications."""
    with held(home / "ledger.jsonl", "2024", DP, BUDGET) as book:
        for row in book.unfinished():
            book.finish(row)
        rows = list(book.rows)
    charged = {row["charge"]: row for row in rows if row["act"] == "charged"}
    published = {row["charge"]: row for row in rows if row["act"] == "published"}
    notes = home / "draws.txt"
    draws = dict(line.split(" ", 1) for line in notes.read_text().splitlines()) if notes.exists() else {}
    assert draws.keys() <= charged.keys(), "noise was drawn that nobody charged"
    outs = {Path(row["out"]): name for name, row in charged.items()}
    for out in home.glob("out-*"):
        name = outs[out]
        assert name in published and whole.hashes(out) == published[name]["files"], "published unknown to the ledger"
        assert (out / "aggregates.csv").read_text() == draws[name], "published is not what was drawn"
    assert len(list(home.glob("out-*"))) == len(published)
    assert not list(home.glob(".out-*")), "staged files were left behind"
    return len(charged), len(published)


def main() -> None:
    """A child's part, or many rounds of kills at random moments."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--home", type=Path)
    asked.add_argument("--at", default="")
    asked.add_argument("--rounds", type=int, default=300)
    given = asked.parse_args()
    if given.home:
        return run(given.home, given.at)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        child(Path(folder))
        usual = time.monotonic() - begun
        for number in range(given.rounds):
            child(Path(folder), after=random.uniform(0.3, 1.1) * usual)
            charged, published = check(Path(folder))
            if number % 20 == 19:
                print(f"{number + 1} kills: {charged} charged, {published} published, nothing uncounted", flush=True)
    return None


if __name__ == "__main__":
    main()
