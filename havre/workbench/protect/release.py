"""A protected release: charged, drawn once, estimated, and published whole with all that is said of it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod
from pathlib import Path

import numpy as np

from havre.workbench import counting
from havre.workbench.codebook import Codebook
from havre.workbench.privacy import counted, noise
from havre.workbench.privacy.accountant import rho_of
from havre.workbench.privacy.counted import UNCOUNTED, Account
from havre.workbench.progress import Passed, quiet
from havre.workbench.protect import custodian, facts, report
from havre.workbench.protect import trial as trials
from havre.workbench.protect.estimate import Estimate, estimate
from havre.workbench.protect.facts import Facts, Promise
from havre.workbench.protect.plan import Plan
from havre.workbench.protect.trial import Custody
from havre.workbench.protect.watch import Watched
from havre.workbench.reading import Reading
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal

MOST_CELLS = 50_000_000  # measured cells: exact noise draws about 100,000 in a second, and a cell takes 40 bytes
ONLY_A_TEST = (
    "This is a test with --seed, not a release: anybody who has the seed can take the noise away again.",
    "Ceci est un essai avec --seed et non une publication\u00a0: qui a le nombre de départ peut ôter le bruit.",
)


@dataclass(frozen=True)
class Asked:
    """What is public of a release before any record is read; `digest` is of file, codebook and settings."""

    epsilon: float
    delta: float = 1e-6
    order: int = 3
    engine: str = "codes"
    seed: int | None = None
    digest: str = ""
    book_digest: str = ""

    def check(self) -> float:
        """The rho that epsilon and delta allow; Refusal when they promise nothing or the engine is not there."""
        if self.order not in (1, 2, 3):
            raise Refusal(f"tables are made of 1, 2 or 3 columns, not {self.order}: give --order 1, 2 or 3")
        counting.engine(self.engine)
        return rho_of(self.epsilon, self.delta)


@dataclass(frozen=True)
class Done:
    """What became of a run: its facts, or none where an interrupted one was published instead (`finished`)."""

    facts: Facts | None
    finished: tuple[Path, ...]


def release(
    read: Reading,
    book: Codebook,
    asked: Asked,
    out: Path,
    account: Account | None = None,
    custody: Custody | None = None,
    passed: Passed = quiet,
) -> Done:
    """Charges, draws, and publishes the folder `out`; whatever is refused is refused before the charge.

    With `custody`, custodian.html says what attacks find: on a rehearsal before the charge where no control is given.
    """
    rho, coded = asked.check(), replace(read.coded, zeros=book.zeros)
    _check_cells(coded.columns, asked.order)
    plan, draw = _plan(coded, asked.order), noise.source(asked.seed)
    count = counting.dense_by(asked.engine)
    if account is not None and account.budget[0] < asked.epsilon and not account.path.exists():
        raise Refusal(f"the budget is {account.budget[0]:g} and this run asks for epsilon {asked.epsilon:g}")
    purpose = f"release, epsilon {asked.epsilon:g}" + (
        f", test with seed {asked.seed}" if asked.seed is not None else ""
    )
    custody = custody or Custody(targets=0)
    custody.check(coded)
    new = account is None or counted.may_run(out, account, rho=rho, asked=asked.digest)
    trial = trials.rehearse(coded, rho, plan, custody, passed) if new and custody.rehearses else None
    with counted.run(out, account, rho=rho, purpose=purpose, asked=asked.digest) as run:
        if run.folder is None:
            return Done(None, run.finished)
        watched = Watched(count, draw, coded.codes.shape[1], plan.order, passed)
        made = estimate(coded, rho, watched, plan, watched.count, watched.after)
        cohort = account.cohort if account else ""
        promise = Promise(asked.epsilon, asked.delta, rho, plan, run.head, cohort, asked.seed)
        told = facts.of(made, promise, coded.columns, book)
        write(run.folder, made, told, coded.columns, asked)
        if custody.control is not None:
            trial = trials.against(made, coded, custody, passed)
        custodian.write(run.folder / "custodian.html", replace(read, coded=coded), made, promise, custody, trial)
    return Done(told, run.finished)


def _plan(coded: Coded, order: int) -> Plan:
    """The public plan; where only recorded cells are measured, nobody is in one longer than the cap."""
    plan = Plan(len(coded.columns), coded.cap, order)
    return plan if plan.full else Plan(plan.columns, plan.cap, min(order, plan.cap))


def _check_cells(columns: Sequence[Column], order: int) -> None:
    """Refuses a codebook whose tables would be too large to measure: a matter of public sizes alone."""
    sizes = [column.size for column in columns]
    cells = sum(prod(each) for length in range(1, order + 1) for each in combinations(sizes, length))
    if cells > MOST_CELLS:
        more = "group values in the codebook, leave columns out, or give a lower --order"
        raise Refusal(f"tables of up to {order} columns of this codebook have {cells:,} cells; {more}")


def write(folder: Path, made: Estimate, told: Facts, columns: Sequence[Column], asked: Asked) -> None:
    """The publishable files: nothing that comes in here has seen a record but through noise."""
    _aggregates(folder / "aggregates.csv", made, columns)
    _synthetic(folder / "synthetic.csv", made, columns)
    first = first_lines(told)
    digests = {"codebook": asked.book_digest} | {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("aggregates.csv", "synthetic.csv")
    }
    document = facts.as_document(told, [each for pair in first for each in pair], digests)
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    (folder / "report.html").write_text(report.whole(told, first), encoding="utf-8")


def first_lines(told: Facts) -> list[tuple[str, str]]:
    """What must be known before anything else, in English and French."""
    lines = [] if told.promise.head else [UNCOUNTED]
    return lines + ([] if told.promise.seed is None else [ONLY_A_TEST])


def _aggregates(path: Path, made: Estimate, columns: Sequence[Column]) -> None:
    """`selection,count,sd`: combinations by length, then by name. One without a row is not published."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("selection", "count", "sd"))
        for length in range(1, made.order + 1):
            rows = [row for each in made.cells if len(each) == length for row in _rows(each, made, columns)]
            sheet.writerows(sorted(rows))


def _rows(each: tuple[int, ...], made: Estimate, columns: Sequence[Column]) -> list[tuple[str, int, str]]:
    """The published cells of a table, the pairs of a selection sorted by the name of their column."""
    cells, by_name = made.cells[each], sorted(range(len(each)), key=lambda place: columns[each[place]].name)
    words = [[f"{columns[c].name}={name}" for name in made.rolled[c].names] for c in each]
    return [
        (";".join(words[place][key[place] - 1] for place in by_name), int(count), f"{sd:.1f}")
        for key, count, sd in zip(cells.keys.T, cells.counts, cells.sd, strict=True)
    ]


def _synthetic(path: Path, made: Estimate, columns: Sequence[Column]) -> None:
    """A row for each record of the estimate; an empty cell is "not recorded"."""
    words = [np.array(["", *rolled.names], dtype=object) for rolled in made.rolled]
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow([column.name for column in columns])
        sheet.writerows(zip(*(word[made.records[:, c]] for c, word in enumerate(words)), strict=True))
