"""What was spent on a cohort: a file of lines that anybody can read, and nobody can change unnoticed.

A cohort is the people of one file or of one year of registration. Its public figures are either differentially
private or threshold tables, never both (the two together would say more than either promises). Each line carries the
hash of the line before. A charge is on the disk before noise is drawn; what was drawn is published as it is, or its
charge stays. Lines cut off at the end of the file cannot be seen from the file alone: keep a copy, or the last hash,
elsewhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import math
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from havre.workbench import whole
from havre.workbench.privacy import accountant
from havre.workbench.privacy.accountant import Step
from havre.workbench.refusal import Refusal, refuse

DP, THRESHOLD = "differentially private", "threshold tables"
FIRST = "0" * 64
MOST_KINDS = 64  # choices of kinds of person over all charges that are looked at one by one
PATIENCE = 10.0  # seconds to wait for another run
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Charge:
    """What one run may draw: its name in the ledger, the folder it writes in and the place that will have."""

    name: str
    staged: Path
    out: Path


@contextmanager
def held(path: Path, cohort: str, kind: str, budget: tuple[float, float] | None = None) -> Iterator[Ledger]:
    """The ledger of a cohort, locked until the block ends; Refusal when it is another cohort's or of another kind.

    A file that is not there yet is opened for this cohort with `budget` (epsilon, delta), which is then fixed.
    """
    file = _locked(path)
    try:
        ledger = Ledger(path, file, list(_read(path, file)))
        if ledger.rows:
            _same(ledger, cohort, kind)
        else:
            ledger._open(cohort, kind, budget)
        ledger._settle()
        yield ledger
    finally:
        if os.fstat(file).st_size == 0:
            path.unlink(missing_ok=True)
        os.close(file)


def read_only(path: Path) -> Ledger:
    """The ledger of a file, every line checked, to be looked at."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise refuse(path, 0, f"there is no ledger to read ({error.strerror})") from None
    try:
        content = os.pread(file, os.fstat(file).st_size, 0)
        rows = list(_checked(path, content[: content.rfind(b"\n") + 1]))
    finally:
        os.close(file)
    if not rows:
        raise refuse(path, 0, "this ledger is empty")
    return Ledger(path, -1, rows)


def _locked(path: Path) -> int:
    """The open file, once no other run holds it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise refuse(path, 0, f"the ledger cannot be opened ({error.strerror}); check its folder") from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file).st_nlink and path.exists() and path.stat().st_ino == os.fstat(file).st_ino:
                return file
        except BlockingIOError:
            if time.monotonic() > end:
                os.close(file)
                raise refuse(path, 0, "another run holds this ledger; try again when it has ended") from None
            time.sleep(0.05)
        os.close(file)


def _read(path: Path, file: int) -> Iterator[Row]:
    """The rows of an open ledger; a last line that was never finished is taken away."""
    content = os.pread(file, os.fstat(file).st_size, 0)
    whole_lines = content.rfind(b"\n") + 1
    if whole_lines < len(content):  # its writer was stopped before it went on: nothing was done upon it
        os.ftruncate(file, whole_lines)
        os.fsync(file)
    return _checked(path, content[:whole_lines])


def _checked(path: Path, content: bytes) -> Iterator[Row]:
    """The rows, each checked against the one before."""
    before = FIRST
    for line, text in enumerate(content.splitlines(), start=1):
        row = _row(text)
        if row is None or row["before"] != before or row["hash"] != _hash(row):
            raise refuse(path, line, "this is no ledger line as it was written; restore the file from a copy")
        before = row["hash"]
        yield row


def _row(text: bytes) -> Row | None:
    try:
        row = json.loads(text)
    except ValueError:
        return None
    return row if isinstance(row, dict) and {"before", "hash", "act"} <= row.keys() else None


def _hash(row: Row) -> str:
    told = json.dumps({name: value for name, value in row.items() if name != "hash"}, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _together(rows: Sequence[Row]) -> tuple[list[list[Step]], float]:
    """The charges among the rows as steps of each kind of person, or none, and as rho.

    A person may be of another kind in another release, so every choice of kinds is one. Steps of Gaussian noise add up
    as one distribution, also when later ones are chosen after earlier results were seen (a filter: Smith, Thakurta
    2022). Where a charge has no steps, or there are too many choices, all add up as zCDP.
    """
    charges = [row for row in rows if row["act"] == "charged"]
    choices = math.prod(len(row["steps"]) for row in charges)
    every = product(*(row["steps"] for row in charges)) if charges and 0 < choices <= MOST_KINDS else ()
    return [_merged(each) for each in every], math.fsum(row["rho"] for row in charges)


def _merged(kinds: Sequence[Sequence[Sequence[float]]]) -> list[Step]:
    """The steps of one kind in each charge, those alike put together."""
    cells: dict[tuple[float, int], int] = {}
    for sigma, many, change in (step for steps in kinds for step in steps):
        cells[sigma, int(change)] = cells.get((sigma, int(change)), 0) + int(many)
    return [Step(sigma, many, change) for (sigma, change), many in cells.items()]


def check_cohort(ledger: Ledger, cohort: str) -> None:
    """Refuses the ledger of other people."""
    if (whose := ledger.rows[0]["cohort"]) != cohort:
        raise refuse(ledger.path, 1, f"this is the ledger of cohort {whose!r}, not of {cohort!r}; name its own file")


def _same(ledger: Ledger, cohort: str, kind: str) -> None:
    check_cohort(ledger, cohort)
    path, opened = ledger.path, ledger.rows[0]
    if opened["kind"] != kind:
        raise refuse(
            path, 1, f"the public figures of this cohort are {opened['kind']}; they cannot also be {kind}, never both"
        )


class Ledger:
    """The rows of a ledger that this run holds; every row is on the disk when the call that writes it returns."""

    def __init__(self, path: Path, file: int, rows: list[Row]) -> None:
        self.path, self.rows, self._file = path, rows, file

    @property
    def head(self) -> str:
        """The hash of the last line, to be kept elsewhere."""
        return str(self.rows[-1]["hash"]) if self.rows else FIRST

    @property
    def budget(self) -> tuple[float, float]:
        """Epsilon and delta that the cohort was opened with."""
        return self.rows[0]["epsilon"], self.rows[0]["delta"]

    def spent(self, more: Sequence[Row] = ()) -> float:
        """The epsilon of all charges together at the cohort's delta, published or not, rounded upwards."""
        kinds, rho = _together([*self.rows, *more])
        delta = self.budget[1]
        return accountant.epsilon_of_kinds(kinds, delta) if kinds else accountant.epsilon_of(rho, delta)

    def left(self) -> float:
        """The largest epsilon, rounded downwards, that one more run at the cohort's delta may ask for."""

        def fits(epsilon: float) -> bool:
            rho = accountant.rho_of(epsilon, self.budget[1])
            return self._fits({"act": "charged", "rho": rho, "steps": []})

        low, high = 0.0, self.budget[0]
        if fits(high):
            return high
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        return low

    def _fits(self, more: Row) -> bool:
        """Whether the budget holds all charges and this one."""
        kinds, rho = _together([*self.rows, more])
        epsilon, delta = self.budget
        lost = accountant.delta_of_kinds(kinds, epsilon) if kinds else accountant.delta_of(rho, epsilon)
        return lost <= delta

    def charge(
        self, out: Path, *, kinds: Sequence[Sequence[Step]] = (), rho: float = 0.0, purpose: str = "", asked: str = ""
    ) -> Charge:
        """Commits the cost of a run before it draws; Refusal when the cohort has too little.

        The cost is given as the steps of each kind of person (see `accountant.rho_of_kinds`), or else as rho.
        `asked` is a digest of what was asked, by which the same run is known again after a crash.
        """
        whole.check_free(out)
        name = secrets.token_hex(4)
        cost = max((math.fsum(step.rho for step in steps) for steps in kinds), default=rho)
        if not cost > 0:
            raise ValueError("a run that draws noise has a cost")
        staged = out.absolute().parent / f".{out.name}.{name}.part"
        row = {
            "act": "charged",
            "charge": name,
            "rho": cost,
            "steps": [[[step.sigma, step.cells, step.change] for step in steps] for steps in kinds],
            "purpose": purpose,
            "asked": asked,
            "salt": secrets.token_hex(
                32
            ),  # a report carries this row's hash: without it, guesses at the file could be tried
            "staged": str(staged),
            "out": str(out.absolute()),
        }
        self.check(row)
        self._append(row)
        whole.staged_beside(out.absolute(), name)
        return Charge(name, staged, out.absolute())

    def check(self, row: Row) -> None:
        """Refuses a charge for which the cohort has too little."""
        if not self._fits(row):
            said = "with this run epsilon would be {:.3g} of {:g} (delta {:g})".format(self.spent([row]), *self.budget)
            who = self.rows[0]["cohort"]
            raise refuse(self.path, 0, f"the budget of cohort {who!r} is spent: {said}; nothing was drawn or charged")

    def drawn(self, charge: Charge) -> None:
        """Commits what the staged folder holds, complete: from here on this and nothing else is published."""
        whole.make_durable(charge.staged)
        self._append({"act": "drawn", "charge": charge.name, "files": whole.hashes(charge.staged)})

    def publish(self, charge: Charge) -> None:
        """Moves the staged folder to its place and says so."""
        whole.check_free(charge.out)
        whole.move(charge.staged, charge.out)
        self._published(charge.name, whole.hashes(charge.out))

    def unfinished(self) -> list[Row]:
        """Charges that were drawn and neither published nor lost: their files are still staged."""
        ended = {row["charge"] for row in self.rows if row["act"] in ("published", "lost")}
        drawn = {row["charge"] for row in self.rows if row["act"] == "drawn"} - ended
        return [row for row in self.rows if row["act"] == "charged" and row["charge"] in drawn]

    def finish(self, row: Row) -> Path:
        """Publishes what an interrupted run had drawn, at no further charge, and gives the place it is in."""
        self.publish(Charge(row["charge"], Path(row["staged"]), Path(row["out"])))
        return Path(row["out"])

    def lose(self, charge: Charge) -> None:
        """Notes that a run ended without a publication, and removes what it had written; its charge stays."""
        self._lost(charge.name, charge.staged)

    def table(self, files: Mapping[str, str], purpose: str = "") -> None:
        """Notes threshold tables that are about to be public, by the hash of each file."""
        self._append({"act": "table", "files": dict(files), "purpose": purpose})

    def _open(self, cohort: str, kind: str, budget: tuple[float, float] | None) -> None:
        if not cohort.strip():
            raise Refusal("a ledger needs the name of its cohort: --cohort NAME")
        row: dict[str, Any] = {"act": "opened", "cohort": cohort, "kind": kind}
        if kind == DP:
            if budget is None:
                raise refuse(self.path, 0, "there is no such ledger yet, and no budget to open it with; give --budget")
            accountant.check(*budget)
            row |= {"epsilon": budget[0], "delta": budget[1]}
        self._append(row)

    def _settle(self) -> None:
        """After a crash: what took its place is noted, what can no longer be published is noted as lost."""
        drawn = {row["charge"]: row["files"] for row in self.rows if row["act"] == "drawn"}
        ended = {row["charge"] for row in self.rows if row["act"] in ("published", "lost")}
        for row in [row for row in self.rows if row["act"] == "charged" and row["charge"] not in ended]:
            files, staged, out = drawn.get(row["charge"]), Path(row["staged"]), Path(row["out"])
            if files is not None and not staged.exists() and out.is_dir() and whole.hashes(out) == files:
                self._published(row["charge"], files)
            elif files is None or not staged.is_dir() or whole.hashes(staged) != files:
                self._lost(row["charge"], staged)

    def _lost(self, name: str, staged: Path) -> None:
        self._append({"act": "lost", "charge": name, "note": "not published; the charge stays"})
        shutil.rmtree(staged, ignore_errors=True)

    def _published(self, name: str, files: Mapping[str, str]) -> None:
        self._append({"act": "published", "charge": name, "files": dict(files)})

    def _append(self, row: Row) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        told = {"line": len(self.rows) + 1, "at": now, **row, "before": self.head}
        told["hash"] = _hash(told)
        os.lseek(self._file, 0, os.SEEK_END)
        text = (json.dumps(told, ensure_ascii=False) + "\n").encode()
        while text:
            text = text[os.write(self._file, text) :]
        os.fsync(self._file)
        if len(self.rows) == 0:
            whole.make_name_durable(self.path)
        self.rows.append(told)
