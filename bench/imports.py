"""A register that comes in from a file: processor time of all who work on it, and how much memory they take."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from bench import ground

FILES = (("csv", 10_000), ("csv", 100_000), ("xlsx", 20_000))
BUDGET = {("csv", 100_000): 60.0}  # seconds of processor time, issue 4
FLAT = 1.2  # memory of the longest CSV over that of the shortest
NAME = "imports"


@click.command()
@click.option("--only", default=0, help="Only files of so many rows.")
def main(only: int) -> None:
    """Bring in registers of an invented office, each into an agency of its own."""
    with ground.running() as cluster, tempfile.TemporaryDirectory() as folder:
        ground.database(cluster, NAME, anew=True)
        before = ground.machine(cluster)
        figures = []
        for kind, rows in FILES:
            if only in (0, rows):
                path = Path(folder) / f"{rows}.{kind}"
                made = apart(made_by_the_office, cluster.url(NAME), rows, path)
                figures.append(made | apart(brought, cluster.url(NAME), kind, rows, path))
        peaks = {each["rows"]: each["together_mb"] for each in figures if each["kind"] == "csv"}
        results = {
            "commit": ground.commit(),
            "machine": before,
            "load_after": ground.machine(cluster)["load"],
            "on": ground.today(),
            "figures": figures,
            "memory_100k_over_10k": round(peaks[100_000] / peaks[10_000], 2) if len(peaks) == 2 else None,
            "memory_budget": FLAT,
        }
    for each in figures:
        click.echo(f"{each['kind']} {each['rows']:,}: {each['together_s']} s, {each['together_mb']} MB")
    file = ground.keep("imports", results)
    click.echo(f"Written to {file.relative_to(ground.ROOT)}")


def apart(act: Any, *values: Any) -> dict[str, Any]:
    """What the act gives in a process of its own, whose highest memory is that of this act alone."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return dict(process.submit(act, *values).result())


def brought(url: str, kind: str, rows: int, path: Path) -> dict[str, Any]:
    """What it costs to bring the file in."""
    stand(url)
    from django.db import connection

    from bench import measure
    from bench.measure import spent_by, spent_here_and_below
    from havre.exchange.register import bring
    from havre.platform.accounts.founding import found_agency, found_user

    agency = found_agency(f"{kind}-{rows}", "An office", "FR", using="owner")
    found_user(agency, f"{kind}-{rows}", "A worker", "caseworker", "a harbour measured at dawn", using="owner")
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = cursor.fetchone()[0]
    ours, here, theirs, began = spent_here_and_below(), time.process_time(), spent_by(server), time.monotonic()
    with path.open("rb") as file, highest_below() as reader:
        summary = bring(file, agency.code, f"{kind}-{rows}", date(2026, 11, 26))
    elapsed, database, parent = time.monotonic() - began, spent_by(server) - theirs, time.process_time() - here
    children = spent_here_and_below() - ours - parent
    own = measure.highest(os.getpid())
    return {
        "kind": kind,
        "rows": rows,
        "bytes": path.stat().st_size,
        "persons": summary.persons,
        "parent_s": round(parent, 2),
        "reader_s": round(children, 2),
        "database_s": round(database, 2),
        "together_s": round(parent + children + database, 2),
        "budget_s": BUDGET.get((kind, rows)),
        "elapsed_s": round(elapsed, 1),
        "parent_mb": round(own, 1),
        "reader_mb": round(max(reader), 1),
        "together_mb": round(own + max(reader), 1),
    }


@contextmanager
def highest_below() -> Iterator[list[float]]:
    """The memory of our children, looked at while they work: what the kernel adds up after them begins with ours."""
    from bench import measure

    seen, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            seen.extend(measure.highest(pid) for pid in measure.children(os.getpid()))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()


def made_by_the_office(url: str, rows: int, path: Path) -> dict[str, Any]:
    """Writes the file, and says what it costs to read it with the plain csv module."""
    import csv

    stand(url)
    from bench import office
    from havre.exchange.formats.htcds import write

    with path.open("wb") as out:
        write(office.people(rows, core=True), office.columns(core=True), out, path.suffix[1:])
    if path.suffix == ".xlsx":
        return {"floor_s": None}
    began = time.process_time()
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _row in csv.reader(file)) == rows + 1
    return {"floor_s": round(time.process_time() - began, 2)}


def stand(url: str) -> None:
    """Django works on that database."""
    import django

    os.environ["DATABASE_URL"] = url
    django.setup()
