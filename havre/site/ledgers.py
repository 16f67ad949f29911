"""`havre research ledger`: what was published of each cohort, what it cost, and what is left."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from havre.site.research import OUT, research

if TYPE_CHECKING:
    from havre.workbench.privacy.ledger import Ledger

SHOWN = ("at", "act", "charge", "purpose", "out")


@research.command()
@click.argument("files", type=OUT, nargs=-1, required=True)
@click.option("--cohort", default="", help="Whose ledger FILE must be; with --epsilon, opens it for them.")
@click.option("--epsilon", type=float, help="Budget to open FILE with: what all private releases may cost together.")
@click.option("--delta", default=1e-6, show_default=True, help="Its delta.")
def ledger(files: tuple[Path, ...], cohort: str, epsilon: float | None, delta: float) -> None:
    """Show each ledger of FILES, every line checked, and what is spent and left; or open one with a budget."""
    from havre.workbench.privacy.ledger import check_cohort, read_only

    if epsilon is not None:
        _open(files, cohort, epsilon, delta)
    books = [read_only(file) for file in files]
    for book in books:
        if cohort:
            check_cohort(book, cohort)
    for book in books:
        _say(book)


def _open(files: tuple[Path, ...], cohort: str, epsilon: float, delta: float) -> None:
    from havre.workbench.privacy.ledger import DP, held

    if not cohort.strip() or len(files) > 1:
        raise click.UsageError("--epsilon opens one ledger for one cohort: give one file and --cohort NAME")
    with held(files[0], cohort.strip(), DP, (epsilon, delta)) as book:
        if book.budget != (epsilon, delta):
            told = "epsilon {:g}, delta {:g}".format(*book.budget)
            raise click.UsageError(f"{files[0]} is open already, with {told}; a budget is not changed")


def _say(book: Ledger) -> None:
    """The lines of a ledger, then what they come to."""
    from havre.workbench.privacy.ledger import DP

    kind = book.rows[0]["kind"]
    click.echo(f"Cohort {book.rows[0]['cohort']} ({book.path}): {kind}.")
    for row in book.rows:
        click.echo("  " + "  ".join(f"{name} {row[name]}" for name in SHOWN if row.get(name)))
    if kind == DP:
        spent, left = book.spent(), math.floor(1000 * book.left()) / 1000
        epsilon, delta = book.budget
        click.echo(f"Spent: epsilon {spent:.4g} of {epsilon:g} at delta {delta:g}, by {_runs(book)}.")
        click.echo(f"Left: one more run of epsilon {left:.4g} at most." if left >= 0.01 else "Left: nothing.")
        if spent and left >= 0.01:
            click.echo("The two add up to more than the budget: noise of several runs costs less together (zCDP).")
    else:
        click.echo("Nothing is spent: threshold tables have no epsilon, and no private release may join them.")
    click.echo(f"Every line is as it was written. Keep the last hash elsewhere: {book.head}")


def _runs(book: Ledger) -> str:
    charged = sum(row["act"] == "charged" for row in book.rows)
    lost = sum(row["act"] == "lost" for row in book.rows)
    runs = f"{charged} run" + ("s" if charged != 1 else "")
    return runs + (f", {lost} of them lost" if lost else "")
