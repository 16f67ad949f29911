"""Checking an export of the record offline: plain Python, with the public key alone (ADR 26).

The promise: whatever was changed, taken out, put in, moved or dated back in what was sealed is found, and the batch is
named with its times and rows. An end that was cut off, or a record written anew by somebody who holds the signing key,
shows against a head that was kept outside, and in no other way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from havre.platform.crypto.signing import is_genuine

from .merkle import Tree, leaf
from .seals import FIRST, MOMENT, Seal

FORMAT = 1
# A long work writes its rows when it ends, with the time it began: a job has four hours at most.
LATE, EARLY = timedelta(hours=5), timedelta(minutes=10)
Heads = Mapping[int, set[bytes]]


class NoExport(Exception):
    """The file is no export of a record, or not one this version reads."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one batch, or with several in a row."""

    batch: int
    what: str
    where: str = ""
    to: int = 0  # the last batch it is wrong with

    def __str__(self) -> str:
        which = f"batch {self.batch:,}" if self.to in (0, self.batch) else f"batches {self.batch:,} to {self.to:,}"
        return f"{which}: {self.what}{f' ({self.where})' if self.where else ''}"


@dataclass
class Batch:
    """The rows of one batch as they came."""

    number: int
    tree: Tree = field(default_factory=Tree)
    first: str = ""  # the number of the first row that can be read
    last: str = ""
    earliest: str = ""
    latest: str = ""

    def add(self, line: str) -> bool:
        """One more row; True when it can be read, False when its hash stands for it."""
        row = json.loads(line)
        if isinstance(row, str):
            self.tree.add(bytes.fromhex(row))
            return False
        _table, key, _mark, at, *_more = row
        self.tree.add(leaf(line.encode()))
        self.first, self.last = self.first or str(key), str(key)
        self.earliest, self.latest = min(self.earliest or at, at), max(self.latest, at)
        return True


@dataclass
class Report:
    """What the export says."""

    made: str = ""
    faults: list[Fault] = field(default_factory=list)
    seals: int = 0
    read: int = 0  # rows that can be read
    hashed: int = 0  # rows of other agencies
    open: int = 0  # rows after the last seal
    last: Seal | None = None
    heads: int = 0  # heads from outside that were met

    def found(self, batch: int, what: str, where: str = "") -> None:
        """One fault; the same in the batch before is one with it."""
        for place, before in enumerate(self.faults):
            if before.what == what and not where and (before.to or before.batch) == batch - 1:
                self.faults[place] = Fault(before.batch, what, "", batch)
                return
        self.faults.append(Fault(batch, what, where))


def verify(
    lines: Iterable[str], keys: Sequence[bytes], heads: Heads, passed: Callable[[int], None] = lambda rows: None
) -> Report:
    """What is wrong with the export, batch by batch; an empty list of faults when nothing is."""
    return _Check(keys, heads, passed).all(lines)


class _Check:
    def __init__(self, keys: Sequence[bytes], heads: Heads, passed: Callable[[int], None]) -> None:
        self.keys, self.heads, self.passed = keys, heads, passed
        self.report = Report()
        self.batch: Batch | None = None  # the one whose rows come now
        self.loose: Batch | None = None  # rows that no seal holds
        self.met = 0  # the last batch whose head was kept outside and is the same
        self.ended = False

    def all(self, lines: Iterable[str]) -> Report:
        rows = 0
        for number, line in enumerate(lines):
            line = line.rstrip("\n")
            try:
                rows += self._line(number, line)
            except (ValueError, TypeError, KeyError):
                raise NoExport(f"line {number + 1:,} of the export cannot be read: it was changed or cut off") from None
            if rows % 1000 == 0:
                self.passed(rows)
        self._end()
        return self.report

    def _line(self, number: int, line: str) -> bool:
        """Reads one line; True when it is a row."""
        if not number:
            self._header(line)
        elif line.startswith("{"):
            self._mark(json.loads(line))
        else:
            self._row(line)
            return True
        return False

    def _header(self, line: str) -> None:
        try:
            told = json.loads(line)
            if told["havre"] != "record" or told["format"] != FORMAT:
                raise NoExport("this export was made by another version of Havre: check it with that one")
            self.report.made = str(told["made"])
        except (ValueError, KeyError, TypeError):
            raise NoExport("this is no export of a record: make one with `havre export-audit`") from None

    def _row(self, line: str) -> None:
        batch = self.batch or self.loose
        if batch is None:
            raise NoExport("the export is broken: a row stands before the first batch")
        if batch.add(line):
            self.report.read += 1
        else:
            self.report.hashed += 1

    def _mark(self, told: dict[str, object]) -> None:
        if "batch" in told:
            self._rest()
            self.batch = Batch(int(str(told["batch"])))
        elif "loose" in told:
            self.batch, self.loose = None, Batch(self._next)
        elif "seal" in told:
            self._sealed(str(told["seal"]), str(told["signature"]))
        elif "end" in told:
            self.ended = True

    @property
    def _next(self) -> int:
        return self.report.last.number + 1 if self.report.last else 1

    def _rest(self) -> None:
        """Rows that no seal holds, and after which a seal comes: theirs is gone."""
        rest, self.loose = self.loose, None
        if rest and rest.tree.size:
            where = f"{rest.tree.size:,} rows, {_span(rest.earliest, rest.latest)}{_rows(rest)}"
            self.report.found(rest.number, "its seal is missing", where)

    def _sealed(self, words: str, signature: str) -> None:
        batch, self.batch = self.batch or Batch(0), None
        try:
            seal = Seal.read(words)
        except ValueError:
            self.report.found(batch.number, "its seal was changed: it cannot be read")
            return
        self._chain(seal, bytes.fromhex(signature))
        self._rows(seal, batch)
        self.report.seals += 1
        self.report.last = seal

    def _chain(self, seal: Seal, signature: bytes) -> None:
        """The signature, and that it follows the seal before."""
        found, last = self.report.found, self.report.last
        before = (last.number, last.head, last.upto) if last else (0, FIRST, None)
        if seal.key not in self.keys:
            found(seal.number, "sealed with another key than the one given")
        if not is_genuine(seal.key, seal.words.encode(), signature):
            found(seal.number, "its seal was changed: the signature does not fit")
        if seal.number > before[0] + 1:
            missing = f"{_many(seal.number - before[0] - 1, 'seal')} missing before it, from number {before[0] + 1:,}"
            found(seal.number, missing)
        elif seal.number <= before[0]:
            found(seal.number, "stands twice, or in the wrong place")
        elif seal.previous != before[1]:
            found(seal.number, "does not follow the batch before it, which was changed or replaced")
        kept = self.heads.get(seal.number, set())
        self.report.heads += bool(kept)
        if kept - {seal.head}:
            what = "replaced, in whole or in part: the head that was kept outside is another"
            self.report.faults.append(Fault(self.met + 1, what, "", seal.number))
        elif kept:
            self.met = seal.number

    def _rows(self, seal: Seal, batch: Batch) -> None:
        """That the rows are those that were sealed, and none says it was written long before or after."""
        first, last = (each.astimezone(UTC).strftime(MOMENT) for each in (seal.first_at, seal.last_at))
        where = f"{_span(first, last)}{_rows(batch)}"
        if batch.tree.size != seal.rows:
            changed = f"{seal.rows:,} rows were sealed and {batch.tree.size:,} are there"
            self.report.found(seal.number, changed, where)
        elif batch.tree.root() != seal.root:
            self.report.found(seal.number, "its rows were changed", where)
        before = self.report.last
        if before and seal.first_at < before.at - LATE:
            self.report.found(seal.number, "a row in it says it was written long before", _span(first, last))
        if seal.last_at > seal.at + EARLY:
            self.report.found(seal.number, "a row in it says it was written after it was sealed", _span(first, last))

    def _end(self) -> None:
        rest, last = self.loose, self.report.last
        if not self.ended or self.batch:
            self.report.found(self._next, "the export ends too early: make it anew")
        if rest:
            self.report.open = rest.tree.size
            if last and rest.earliest and _moment(rest.earliest) < last.at - LATE:
                what = "a row that is not sealed yet says it was written long before"
                self.report.found(rest.number, what, _span(rest.earliest, rest.latest))
        for number in sorted(set(self.heads) - set(range(self._next))):
            self.report.heads += 1
            missing = f"{_many(number - self._next + 1, 'batch')} missing"
            self.report.found(self._next, f"cut off here: the head of batch {number:,} was kept outside, {missing}")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)


def _span(first: str, last: str) -> str:
    """From when to when, to the second."""
    return f"{first[:19]}Z to {last[:19]}Z"


def _rows(batch: Batch) -> str:
    return f", rows {batch.first} to {batch.last}" if batch.first else ""


def _many(number: int, noun: str) -> str:
    many = noun if number == 1 else f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{number:,} {many} {'is' if number == 1 else 'are'}"
