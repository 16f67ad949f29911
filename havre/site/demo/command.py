"""`havre demo`: a register of invented people, in a folder of its own, and a server to look at it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from havre.site.running import DATA, REFUSED, database, prepare, run_server


@click.command()
@click.option(
    "--cases", type=click.IntRange(1, 20_000), default=2000, show_default=True, help="How many invented people."
)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Prepare the register and leave.")
@DATA
def demo(cases: int, port: int, no_serve: bool, data: Path | None) -> None:
    """Show Havre on a register of invented people: prepared at first use, then served on http://localhost:8000."""
    from havre.platform.database.cluster import Cluster
    from havre.platform.database.places import data_home

    os.environ["HAVRE_DEMO"] = "1"
    home = data or data_home()
    if data is None and "HAVRE_DATA" not in os.environ:
        home = home.with_name(f"{home.name}-demo")  # beside a register of real people, never in it
    if "DATABASE_URL" not in os.environ:
        Cluster(home).clear_orphan()
    with database(home, alone=not no_serve) as url:
        click.echo("Preparing the database.")
        prepare(url)
        _fill(cases)
        _say(port, serving=not no_serve)
        if not no_serve:
            run_server(port)


def _fill(cases: int) -> None:
    """The register, unless it stands already."""
    from havre.site.demo import directory, founding, glass, seed
    from havre.site.importing import progress

    if founding.strangers():
        click.echo(
            "This database holds a register of its own: the demonstration never mixes with it. Use another --data.",
            err=True,
        )
        sys.exit(REFUSED)
    founding.found()
    if not directory.there():
        directory.vet()
        click.echo(f"{directory.tell():,} invented services are in the directory.")
        directory.suggest()
    there = seed.people_there()
    if there:
        click.echo(f"The demonstration register stands already, with {there:,} files.")
        return
    with progress(f"Inventing {cases:,} people", cases) as passed:
        seed.seed(cases, passed)
    glass.tell()
    click.echo(f"{cases:,} invented people are in the demonstration register.")


def _say(port: int, *, serving: bool) -> None:
    """Where to look, and as whom."""
    from havre.platform.permissions import ROLES
    from havre.site.demo.founding import AGENCIES, PASSWORD, PERSONAS

    click.echo(f"\n  http://localhost:{port}\n" if serving else "")
    for each in PERSONAS:
        click.echo(f"  {each.login:<10} {ROLES[each.role].title!s:<22} {AGENCIES[each.agency]}")
    click.echo(f"\n  One click signs any of them in. By hand, the password is {PASSWORD}.")
    if serving:
        click.echo("  Ctrl-C stops the server.")
