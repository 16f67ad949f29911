"""`python -m bench.directory_import`: a directory of 100,000 services that comes in, as HSDS JSON and as tables."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import click

from bench import ground
from bench.imports import apart, highest_below, stand

NAME = "directory_import"
BUDGET = 60.0  # seconds for 100,000 services, issue 7
FLAT = 1.2  # memory of the longest file over that of the shortest
FILES = (("json", 10_000), ("json", 100_000), ("tabular", 100_000))


@click.command()
@click.option("--only", default="", help="Only files of this form.")
@click.option("--services", default=0, help="Only files of so many services.")
@click.option("--rows", default=0, help="Instead, one file of so many rows: more than 1,500,000 are refused.")
def main(only: str, services: int, rows: int) -> None:
    """Bring in invented directories, each by an agency of its own."""
    if rows:
        too_many(rows)
        return
    with ground.running() as cluster, tempfile.TemporaryDirectory() as folder:
        ground.database(cluster, NAME, anew=True)
        before, figures = ground.machine(cluster), []
        for kind, many in FILES:
            if only in ("", kind) and services in (0, many):
                path = Path(folder) / f"{many}.{kind}"
                made = apart(written, cluster.url(NAME), kind, many, path)
                figures.append(made | apart(brought, cluster.url(NAME), kind, many, path))
                path.unlink()
        peaks = {each["services"]: each["peak_mb"] for each in figures if each["kind"] == "json"}
        results = {
            "commit": ground.commit(),
            "machine": before,
            "load_after": ground.machine(cluster)["load"],
            "on": ground.today(),
            "figures": figures,
            "budget_s": BUDGET,
            "memory_100k_over_10k": round(peaks[100_000] / peaks[10_000], 2) if len(peaks) == 2 else None,
            "memory_budget": FLAT,
        }
    for each in figures:
        click.echo(f"{each['kind']} {each['services']:,}: {each['elapsed_s']} s, {each['peak_mb']} MB")
    file = ground.keep(NAME, results)
    click.echo(f"Written to {file.relative_to(ground.ROOT)}")


def too_many(rows: int) -> None:
    """What becomes of a file of so many rows, and what it costs."""
    with ground.running() as cluster, tempfile.TemporaryDirectory() as folder:
        ground.database(cluster, NAME, anew=True)
        before, path = ground.machine(cluster), Path(folder) / "rows.json"
        _many_rows(path, rows)
        figures = {"rows_in_file": rows, "file_mb": round(path.stat().st_size / 1e6, 1)}
        figures |= apart(brought, cluster.url(NAME), "json", 0, path)
        told = {"commit": ground.commit(), "machine": before, "on": ground.today(), "figures": figures}
    click.echo(str(figures))
    click.echo(f"Written to {ground.keep(f'{NAME}_rows', told).relative_to(ground.ROOT)}")


def _many_rows(path: Path, rows: int) -> None:
    """Organizations of a hundred rows: themselves, and numbers."""
    key = "00000000-0000-4000-8000-{:012}".format
    with path.open("w") as file:
        file.write("[")
        for at in range(0, rows, 100):
            numbers = ",".join(f'{{"id":"{key(at + each)}","number":"00 80 {at + each:07}"}}' for each in range(1, 100))
            head = f'{{"id":"{key(at)}","name":"Harbour {at}","description":"Beds","phones":['
            file.write(f"{',' if at else ''}{head}{numbers}]}}\n")
        file.write("]")


def written(url: str, kind: str, many: int, path: Path) -> dict[str, Any]:
    """A file of so many services, with the cards of `bench.cards`."""
    stand(url)
    from havre.exchange.hsds import told
    from havre.exchange.hsds.actions import WRITE

    with path.open("wb") as file:
        WRITE[kind](_rows(kind, many), {"taxonomy": [told.taxonomy()], "taxonomy_term": list(told.terms("full"))}, file)
    return {"kind": kind, "services": many, "file_mb": round(path.stat().st_size / 1e6, 1)}


def _rows(kind: str, many: int) -> Iterator[Any]:
    from bench.cards import cards
    from havre.directory.models import Location
    from havre.exchange.hsds import leaving
    from havre.kernel.outlines import countries

    made = cards(many, None, Random(f"{kind} {many}"))
    for _key, card in groupby(made, key=_card):
        rows = list(card)
        for each in rows:
            if isinstance(each, Location) and each.latitude is not None:
                each.longitude, each.latitude = countries()[each.country].at
        yield leaving.told_of(rows, "full", [])


def _card(row: Any) -> Any:
    return getattr(row, "organisation_id", None) or row.pk


def brought(url: str, kind: str, many: int, path: Path) -> dict[str, Any]:
    """What it costs to bring the file in."""
    stand(url)
    from django.db import connection

    from bench import measure
    from bench.measure import spent_by, spent_here_and_below
    from havre.exchange.actions import Faulty
    from havre.exchange.hsds.actions import Summary
    from havre.exchange.hsds.register import bring
    from havre.platform.accounts.founding import found_agency, found_user

    login = f"{kind}-{many}"
    agency = found_agency(login, "An office", "FR", using="owner")
    found_user(agency, login, "A keeper", "directory_keeper", "a harbour measured at dawn", using="owner")
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = cursor.fetchone()[0]
    ours, here, theirs, began = spent_here_and_below(), time.process_time(), spent_by(server), time.monotonic()
    with path.open("rb") as file, highest_below() as reader:
        try:
            summary, said = bring(file, login), []
        except Faulty as faulty:
            if many:  # which does not cross to the process that waits
                raise RuntimeError([each.at(path.name) for each in faulty.faults[:5]]) from None
            summary, said = Summary(), [each.at(path.name) for each in faulty.faults[:5]]
    elapsed, database, parent = time.monotonic() - began, spent_by(server) - theirs, time.process_time() - here
    spent = spent_here_and_below() - ours
    return {
        **({"refused": said} if said else {}),
        "services": summary.many["service"],
        "rows": summary.many.total(),
        "elapsed_s": round(elapsed, 1),
        "together_s": round(spent + database, 1),
        "parent_s": round(parent, 1),
        "reader_s": round(spent - parent, 1),
        "database_s": round(database, 1),
        "peak_mb": round(measure.highest(os.getpid()) + max(reader)),
    }


if __name__ == "__main__":
    main()
