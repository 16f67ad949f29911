"""`python -m bench load|pages|imports|names`: figures of a register of real size, written to bench/results."""

from __future__ import annotations

import importlib

import click

PARTS = ("load", "pages", "imports", "names")


@click.group()
def main() -> None:
    """Measure Havre; each part writes its figures to bench/results, and bench.page writes the page from them."""


@main.command()
@click.option("--cases", default=1_000_000, show_default=True, help="How many cases the register has.")
@click.option("--anew", is_flag=True, help="Throw a register of that size away and load it again.")
def load(cases: int, anew: bool) -> None:
    """Load a register of that size; one that was interrupted goes on."""
    from bench.loading import loaded

    loaded(cases, anew=anew)


for part in PARTS[1:]:
    try:
        main.add_command(importlib.import_module(f"bench.{part}").main, part)
    except ModuleNotFoundError:
        continue

if __name__ == "__main__":
    main()
