"""`havre import htcds`: the register of an office comes in, the whole of it or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

import click

from havre.site.running import DATA, REFUSED, database, start_django

if TYPE_CHECKING:
    from havre.exchange.actions import Summary
    from havre.exchange.formats.htcds import Fault

Passed = Callable[..., None]  # how far it is, and of how much where that is known only now


@click.group("import")
def bring() -> None:
    """Bring in a register."""


@bring.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--agency", required=True, help="Code of the agency whose people these are.")
@click.option("--as", "login", required=True, help="Login of whoever takes charge of them.")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@DATA
def htcds(file: Path, agency: str, login: str, dry_run: bool, data: Path | None) -> None:
    """Bring in a register (CSV or XLSX) with the HTCDS 2.0 field names: the whole file, or nothing with its faults."""
    begun = time.monotonic()
    with database(data), file.open("rb") as opened:
        start_django()
        with progress("Checking" if dry_run else "Bringing in", file.stat().st_size) as passed:
            summary = _bring(opened, agency, login, dry_run, passed)
    _report(summary, dry_run, time.monotonic() - begun)


@contextmanager
def progress(title: str, total: int) -> Iterator[Passed]:
    """A bar on the terminal that the block moves by calling what it is given with how far it is."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda now, of=total: bar.update(task, completed=now, total=of)


def _bring(file: BufferedReader, agency: str, login: str, dry_run: bool, passed: Passed) -> Summary:
    """One pass and one transaction, undone at the end of a rehearsal."""
    from django.db.utils import DatabaseError

    from havre.exchange import register
    from havre.exchange.actions import Faulty
    from havre.platform.audit.actions import Refused

    try:
        return register.bring(file, agency, login, date.today(), dry_run=dry_run, passed=passed)
    except Refused as refused:
        click.echo(str(refused), err=True)
    except Faulty as faulty:
        say_faults(file.name, faulty.faults, faulty.more)
    except DatabaseError as error:
        # Only its kind: the text of an error could repeat a value.
        click.echo(
            f"The database refused ({type(error).__name__}); nothing was written. Run `havre setup`, then try again.",
            err=True,
        )
    sys.exit(REFUSED)


def say_faults(name: str, faults: list[Fault], more: int) -> None:
    """One line a fault, and how many there are."""
    for fault in faults:
        click.echo(fault.at(name), err=True)
    rest = f" ({more:,} more are not listed)" if more else ""
    click.echo(f"{name}: {many_of(len(faults) + more, 'fault')}{rest}; nothing was written.", err=True)


def many_of(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _report(summary: Summary, dry_run: bool, seconds: float) -> None:
    from havre.exchange.formats.fields import missing

    said = "could come in" if dry_run else "came in"
    many = "1 person" if summary.persons == 1 else f"{summary.persons:,} people"
    click.echo(f"{many} with a case each {said}, with {many_of(summary.codes, 'code')}, in {seconds:.1f} s.")
    states = ", ".join(f"{many:,} {state}" for state, many in _named(summary.states))
    click.echo(f"Where they stand: {states}.")
    given, refused = (summary.consents[each] for each in ("given", "refused"))
    silent = summary.persons - given - refused
    click.echo(f"Consent to the keeping of data: {given:,} given, {refused:,} refused, {silent:,} not recorded.")
    if refused:
        click.echo("  Those who refused: decide with your data protection lead whether you may keep what is written.")
    if summary.owners:
        click.echo(f"In the care of the colleague they name: {summary.owners.total():,}.")
    if summary.kept:
        click.echo("Kept as written, on the file of each person, since Havre has no place of its own for it:")
        for name, cells in sorted(summary.kept.items()):
            click.echo(f"  {name[:60]}: {many_of(cells, 'cell')}")
    if lacking := missing(summary.columns):
        click.echo(f"Core columns of the standard that the file does not have: {', '.join(lacking)}.")
    if dry_run:
        click.echo("Dry run: nothing was written.")


def _named(states: dict[str, int]) -> list[tuple[str, int]]:
    from havre.kernel.vocabularies import load

    known = load("case_states")
    return [(known.label(code, "en").lower(), states[code]) for code in known if states.get(code)]
