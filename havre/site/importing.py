"""`havre import htcds`: the register of an office comes in, the whole of it or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from havre.site.running import DATA, REFUSED, database, start_django

if TYPE_CHECKING:
    from havre.exchange.actions import Summary
    from havre.exchange.formats.htcds import Fault, Reading

Passed = Callable[[int], None]


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
    """Bring in a register in CSV with the HTCDS 2.0 field names: the whole file, or nothing with one line a fault."""
    begun = time.monotonic()
    today = date.today()
    checked = _check(file, today)
    if checked.faults:
        _say(file, checked.faults, checked.more)
    with database(data):
        start_django()
        summary = _bring(file, checked, today, agency, login, dry_run)
    _report(summary, checked, dry_run, time.monotonic() - begun)


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
        yield lambda now: bar.update(task, completed=now)


def _check(file: Path, today: date) -> Reading:
    """The first pass: no database is asked, so that a wrong file is refused before any is opened."""
    from havre.exchange.formats.htcds import Reading

    with progress("Checking", file.stat().st_size) as passed, file.open("rb") as opened:
        reading = Reading(opened, today, passed)
        for _record in reading:
            pass
        return reading


def _bring(file: Path, checked: Reading, today: date, agency: str, login: str, dry_run: bool) -> Summary:
    """The second pass: one transaction, undone at the end of a rehearsal."""
    from django.db.utils import DatabaseError

    from havre.exchange import register
    from havre.exchange.actions import AlreadyHeld
    from havre.exchange.formats.table import Unreadable
    from havre.platform.audit.actions import Refused

    try:
        with progress("Checking with the register" if dry_run else "Writing", checked.records) as passed:
            return register.bring(file, checked.records, agency, login, today, dry_run=dry_run, passed=passed)
    except Refused as refused:
        click.echo(str(refused), err=True)
    except Unreadable as refused:
        click.echo(f"{file}:{refused.row}: {refused.sentence}", err=True)
    except AlreadyHeld as held:
        _say(file, held.faults, 0)
    except DatabaseError as error:
        # Only its kind: the text of an error could repeat a value.
        click.echo(
            f"The database refused ({type(error).__name__}); nothing was written. Run `havre setup`, then try again.",
            err=True,
        )
    sys.exit(REFUSED)


def _say(file: Path, faults: list[Fault], more: int) -> None:
    """One line a fault, how many there are, and out."""
    from havre.exchange.formats.htcds import LISTED

    for fault in faults[:LISTED]:
        click.echo(fault.at(str(file)), err=True)
    total = len(faults) + more
    rest = f" ({total - LISTED:,} more are not listed)" if total > LISTED else ""
    click.echo(f"{file}: {_many(total, 'fault')}{rest}; nothing was written.", err=True)
    sys.exit(REFUSED)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _report(summary: Summary, checked: Reading, dry_run: bool, seconds: float) -> None:
    said = "could come in" if dry_run else "came in"
    many = "1 person" if summary.persons == 1 else f"{summary.persons:,} people"
    click.echo(f"{many} with a case each {said}, with {_many(summary.codes, 'code')}, in {seconds:.1f} s.")
    states = ", ".join(f"{many:,} {state}" for state, many in _named(summary.states))
    click.echo(f"Where they stand: {states}.")
    given, refused = (summary.consents[each] for each in ("given", "refused"))
    silent = summary.persons - given - refused
    click.echo(f"Consent to the keeping of data: {given:,} given, {refused:,} refused, {silent:,} not recorded.")
    if refused:
        click.echo("  Those who refused: decide with your data protection lead whether you may keep what is written.")
    if summary.left or checked.outside:
        click.echo("Kept out, because Havre has no place for it yet (filled cells):")
        for name, cells in sorted(summary.left.items()):
            click.echo(f"  {name}: {cells:,}")
        for name in checked.outside:
            click.echo(f"  {name[:60]}: the whole column, which is none of HTCDS 2.0")
    if dry_run:
        click.echo("Dry run: nothing was written.")


def _named(states: dict[str, int]) -> list[tuple[str, int]]:
    from havre.kernel.vocabularies import load

    known = load("case_states")
    return [(known.label(code, "en").lower(), states[code]) for code in known if states.get(code)]
