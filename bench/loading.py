"""A register of size is made ready: loaded when it is missing, with what that cost."""

from __future__ import annotations

import time
from typing import Any

import click
import psycopg

from bench import ground

KEPT = 100_000  # cases from which on a load is worth a figure


def ready(cluster: Any, cases: int, *, anew: bool = False) -> str:
    """The name of the database that holds it, on which Django works from here on."""
    name = f"bench_{cases}"
    if ground.database(cluster, name, anew=anew):
        _load(cluster, name, cases)
    elif ground.remark(cluster, name) != ground.generator():
        click.echo(
            f"{name} was made by an earlier generator; `python -m bench load --cases {cases} --anew` makes it again."
        )
    return name


def _load(cluster: Any, name: str, cases: int) -> None:
    from bench import load
    from bench.measure import spent_by_server, spent_here_and_below

    machine = ground.machine(cluster)
    began, ours, theirs = time.monotonic(), spent_here_and_below(), spent_by_server(cluster.server.pid)
    with ground.in_bulk(cluster), click.progressbar(length=cases, label=f"{cases:,} cases") as bar:
        took = load.load(cases, passed=bar.update)
    elapsed = time.monotonic() - began
    ground.finished(cluster, name)
    application, database = spent_here_and_below() - ours, spent_by_server(cluster.server.pid) - theirs
    with psycopg.connect(cluster.url(name)) as admin:
        (size,) = admin.execute("select pg_database_size(current_database())").fetchone() or (0,)
    results = {
        "commit": ground.commit(),
        "machine": machine,
        "load_after": ground.machine(cluster)["load"],
        "on": ground.today(),
        "cases": cases,
        "minutes": round(elapsed / 60, 1),
        "application_s": round(application, 1),
        "database_s": round(database, 1),
        "each_case_ms": round((application + database) * 1000 / cases, 2),
        "bytes": size,
        **took,
    }
    click.echo(f"{cases:,} cases in {elapsed / 60:.1f} minutes, {results['each_case_ms']} ms of processor time each")
    if cases >= KEPT and took["in_one_go"]:
        ground.keep(f"load-{cases}", results)
