"""`havre research release`: from a file to a protected release, or to one line that says why not."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from havre.site.bars import bars
from havre.site.research import IN, OUT, ledger_of_a_cohort, read, records_of_a_file, research

if TYPE_CHECKING:
    from havre.workbench.codebook import Codebook
    from havre.workbench.privacy.counted import Account
    from havre.workbench.protect.release import Done
    from havre.workbench.protect.trial import Custody
    from havre.workbench.reading import Reading


@research.command()
@records_of_a_file
@click.option("--epsilon", type=float, required=True, help="How much one person may change, at most; common: 1 to 4.")
@click.option("--delta", type=float, default=1e-6, show_default=True, help="Chance that the promise fails, at most.")
@click.option("--order", default=3, show_default=True, help="Columns of the longest combination, from 1 to 3.")
@click.option("--cap", type=int, help="Most recorded answers a record keeps; default: all.")
@click.option("--zeros", type=IN, help="CSV of pairs of answers that no record can have, each with its source.")
@click.option("--budget", type=float, help="Epsilon to open a new ledger with; default: that of this run.")
@click.option("--engine", type=click.Choice(["codes", "duckdb", "spark"]), default="codes", show_default=True)
@click.option(
    "--control", type=IN, help="People like these who are not in FILE, to try attacks; default: half of FILE."
)
@click.option("--quasi", multiple=True, help="Column by which somebody could be known, for custodian.html. Repeatable.")
@click.option("--secret", multiple=True, help="Column that attacks try to guess. Repeatable; default: all.")
@click.option("--seed", type=int, help="For tests: noise that comes again, so the output is not a release.")
@ledger_of_a_cohort
@click.option("--out", type=OUT, required=True, help="Folder to make.")
def release(file: Path, book: Path, many: tuple[str, ...], out: Path, **given: Any) -> None:
    """Tables and synthetic records of FILE that betray nobody in it (differential privacy)."""
    from havre.workbench import whole
    from havre.workbench.protect import release as releases

    asked = releases.Asked(
        given["epsilon"], given["delta"], given["order"], given["engine"], given["seed"],
        _digest(file, book, many, given), _of(book),
    )  # fmt: skip
    asked.check()
    account = _account(given)
    if account is None:
        whole.check_free(out)
    found, known = read(file, book, many, given["cap"])
    if found.shortened:
        click.echo(f"{found.shortened:,} records had more than {given['cap']} answers and lost some.", err=True)
    custody = _custody(given, known, many)
    known = _with_zeros(known, given["zeros"], found)
    with bars() as passed:
        done = releases.release(found, known, asked, out, account, custody, passed)
    _say(out, done)


def _custody(given: dict[str, Any], known: Codebook, many: tuple[str, ...]) -> Custody:
    """What the attacks of custodian.html are made with."""
    from havre.workbench import reading
    from havre.workbench.protect.trial import Custody

    control = None
    if given["control"] is not None:
        with bars() as passed:
            control = reading.read(
                given["control"], known, cap=given["cap"], many=many, complete=False, passed=passed
            ).coded
    return Custody(control, given["quasi"], given["secret"])


def _with_zeros(book: Codebook, path: Path | None, read: Reading) -> Codebook:
    """The codebook with the structural zeros of a file; the columns are public, no record is looked at."""
    from havre.workbench import zeros

    return book if path is None else replace(book, zeros=zeros.read(path, read.coded.columns))


def _account(given: dict[str, Any]) -> Account | None:
    """Who counts, if anybody does."""
    from havre.workbench.privacy.counted import UNCOUNTED, Account
    from havre.workbench.refusal import Refusal

    ledger, cohort = given["ledger"], given["cohort"].strip()
    if ledger is None and cohort:
        raise Refusal("--cohort has a ledger: give --ledger FILE, or leave both out")
    if ledger is None:
        click.echo(UNCOUNTED[0], err=True)
        return None
    if not cohort:
        raise Refusal("a ledger needs the name of its cohort: --cohort NAME")
    budget = given["epsilon"] if given["budget"] is None else given["budget"]
    return Account(ledger, cohort, (budget, given["delta"]))


def _of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(file: Path, book: Path, many: tuple[str, ...], given: dict[str, Any]) -> str:
    """By which the same run is known again after a crash: file, codebook, and all settings that change the figures."""
    settings = {name: given[name] for name in ("epsilon", "delta", "order", "cap", "seed")}
    zeros = [] if given["zeros"] is None else [_of(given["zeros"])]
    told = json.dumps([_of(file), _of(book), sorted(many), settings, *zeros], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _say(out: Path, done: Done) -> None:
    for place in done.finished:
        click.echo(f"{place}: published now, as an interrupted run had drawn it; nothing more was charged for it.")
    if done.facts is None:
        return
    told = done.facts
    counts = sum(each.cells for each in told.lengths)
    click.echo(f"{out}: {counts:,} counts and {told.records:,} synthetic records at epsilon {told.promise.epsilon:g}.")
    if not counts:
        click.echo("No count stands out of the noise: these people are too few for this epsilon.")
    click.echo("Publish aggregates.csv, synthetic.csv, report.html, report.json. Never publish custodian.html.")
