"""`python -m bench`: every figure of a register of real size; `… load|pages|imports|…`: one part."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import click

MEASURED = ("pages", "imports", "names", "audit", "directory", "library")


@click.group(invoke_without_command=True)
@click.option("--cases", default=0, help="Load a register of that size first, if it is not there.")
@click.pass_context
def main(context: click.Context, cases: int) -> None:
    """Measure all there is, each part in a process of its own, and write the page docs/explanation/speed.md."""
    if context.invoked_subcommand:
        return
    parts = [[part] for part in MEASURED if importlib.util.find_spec(f"bench.{part}")]
    if cases:
        parts = [["load", "--cases", str(cases)], ["pages", "--cases", str(cases)], *parts[1:]]
    failed = [part[0] for part in parts if subprocess.run([sys.executable, "-m", "bench", *part]).returncode]
    subprocess.run([sys.executable, "-m", "bench.page"], check=True)
    if failed:
        raise click.ClickException(f"Not measured, or beyond what may be: {', '.join(failed)}")


@main.command()
@click.option("--cases", default=1_000_000, show_default=True, help="How many cases the register has.")
@click.option("--anew", is_flag=True, help="Throw a register of that size away and load it again.")
def load(cases: int, anew: bool) -> None:
    """Load a register of that size; one that was interrupted goes on."""
    from bench import ground
    from bench.loading import ready

    with ground.running() as cluster:
        ready(cluster, cases, anew=anew)


for part in MEASURED:
    if importlib.util.find_spec(f"bench.{part}"):
        main.add_command(importlib.import_module(f"bench.{part}").main, part)

if __name__ == "__main__":
    main()
