"""Processor time of application and database together, and of the same SQL with and without policies, taking turns."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.db import connection, transaction

TICK = os.sysconf("SC_CLK_TCK")
CLAIM, SESSION = "set_config('havre.token'", "havre.extend("
Statement = tuple[str, Any]


def spent_by(pid: int) -> float:
    """Seconds of processor time of a process: to the nanosecond where the kernel counts so, else by ticks."""
    exact = Path(f"/proc/{pid}/schedstat")
    if exact.exists() and (told := exact.read_text().split()) and int(told[0]):
        return int(told[0]) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def spent_here() -> float:
    """Seconds of processor time of our own process."""
    return time.process_time()


def spent_here_and_below() -> float:
    """Seconds of processor time of our own process and of those it started that have ended."""
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent_here() + below.ru_utime + below.ru_stime


def spent_by_server(pid: int) -> float:
    """Seconds of processor time of a server: its first process, its children that ended, and those at work."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ended = sum(map(int, fields[11:15])) / TICK
    return ended + sum(map(spent_by, children(pid)))


def children(pid: int) -> list[int]:
    """The processes that it started and that are at work."""
    return [int(child.name) for child in Path("/proc").glob("[0-9]*") if _parent(child) == pid]


def highest(pid: int) -> float:
    """The most memory a process has had, in MB; none of one that is gone."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0.0)


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time for one request."""

    application: float
    database: float

    @property
    def together(self) -> float:
        return self.application + self.database

    def shown(self) -> dict[str, float]:
        """For the file of results."""
        return {
            "application_ms": round(self.application, 2),
            "database_ms": round(self.database, 2),
            "together_ms": round(self.together, 2),
        }


def cost(act: Callable[[], None], times: int, warm: int = 10) -> Cost:
    """What one request costs, over many after the first few."""
    for _ in range(warm):
        act()
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    ours, theirs = spent_here(), spent_by(pid)
    for _ in range(times):
        act()
    return Cost((spent_here() - ours) * 1000 / times, (spent_by(pid) - theirs) * 1000 / times)


def statements(act: Callable[[], None]) -> list[Statement]:
    """The SQL of one request, with its values. The session is looked up alike on both sides and is left out."""
    seen: list[Statement] = []

    def listen(execute: Any, text: str, values: Any, many: bool, context: Any) -> Any:
        if SESSION not in text:
            seen.append((text, values))
        return execute(text, values, many, context)

    with connection.execute_wrapper(listen), transaction.atomic():
        act()
        transaction.set_rollback(True)  # what it writes is written again by each replay
    return seen


@dataclass
class Replay:
    """The statements of a request, on a connection of some role, in a transaction that is undone."""

    asked: psycopg.Connection
    statements: list[Statement]

    def once(self) -> None:
        """All of them, as the request sent them."""
        for text, values in self.statements:
            self.asked.execute(text.encode(), values or None)
        self.asked.pgconn.exec_(b"rollback")  # psycopg's own would forget what is prepared

    def spent(self, times: int) -> float:
        """Milliseconds of the server's processor time for one of them."""
        pid = self.asked.info.backend_pid
        before = spent_by(pid)
        for _ in range(times):
            self.once()
        return (spent_by(pid) - before) * 1000 / times


def taking_turns(one: Replay, other: Replay, rounds: int, times: int) -> tuple[float, float, float]:
    """The cost of each and their ratio, in the middle of many rounds, each as often the first as the second."""
    turns: dict[int, list[float]] = {id(one): [], id(other): []}
    for each in (one, other):
        each.spent(times)
    for number in range(rounds):
        for each in (one, other) if number % 2 else (other, one):
            turns[id(each)].append(each.spent(times))
    mine, theirs = turns[id(one)], turns[id(other)]
    ratio = median(a / b for a, b in zip(mine, theirs, strict=True))
    return median(mine), median(theirs), ratio


def sides(
    found: list[Statement], application: psycopg.Connection, bypassing: psycopg.Connection
) -> tuple[Replay, Replay]:
    """The same request under policies, claim included, and by the role that policies do not bind."""
    without_claim = [statement for statement in found if CLAIM not in statement[0]]
    return Replay(application, found), Replay(bypassing, without_claim)
