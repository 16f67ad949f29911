"""What may be said of a release: a function of the estimate and of public settings, which never sees a record."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from havre.workbench.codebook import Codebook
from havre.workbench.protect.estimate import Cells, Estimate
from havre.workbench.protect.plan import TOTAL, VALUES, Plan, Set, sigma
from havre.workbench.records import Column

MEAN = math.sqrt(2 / math.pi)  # mean distance from the truth of noise with sd 1
READABLE = 4.0  # sd: a count from here on is off by less than a fifth on average
WRONG, SEEN = 0.25, 0.5  # a table is not worth reading above this share of error, or below this share of persons shown
Public = tuple[Column, ...]


@dataclass(frozen=True)
class Promise:
    """What was asked of a release; `head` is the hash of the ledger after the charge, empty where nobody counts."""

    epsilon: float
    delta: float
    rho: float
    plan: Plan
    head: str = ""
    cohort: str = ""
    seed: int | None = None

    @property
    def surest(self) -> float:
        """The belief that a person is in the file, at most, of somebody who held it as likely as not (delta apart)."""
        return 1 / (1 + math.exp(-self.epsilon))


@dataclass(frozen=True)
class Step:
    """One measurement: combinations of `length` columns (0: the number of records), its sd in persons, its rho."""

    name: str
    length: int
    sensitivity: float
    sd: float
    rho: float


@dataclass(frozen=True)
class Shown:
    """A value of a column: its published count and sd, or neither; `parent`: it stands for rare values below it."""

    value: str
    parent: bool
    count: int | None
    sd: float


@dataclass(frozen=True)
class Told:
    """A column of the release: what it shows, and the values that were shown one level up only or not at all."""

    name: str
    values: tuple[Shown, ...]
    raised: tuple[str, ...]


@dataclass(frozen=True)
class Worth:
    """A table: published cells, persons in them, persons the estimate has, and error to expect (a share)."""

    columns: tuple[str, ...]
    cells: int
    shown: int
    people: int
    off: float

    @property
    def worth(self) -> bool:
        """Whether it is worth reading."""
        return self.cells > 0 and self.off <= WRONG and self.shown >= SEEN * self.people


@dataclass(frozen=True)
class Length:
    """All tables of one length: share of persons in published counts, middle sd of those, error to expect (a share)."""

    length: int
    tables: int
    worth: int
    cells: int
    shown: float
    sd: float
    off: float

    @property
    def readable(self) -> int:
        """A count from here on is off by less than a fifth on average; tens."""
        return 10 * math.ceil(READABLE * self.sd / 10)


@dataclass(frozen=True)
class Facts:
    """Everything that report.json and report.html say."""

    promise: Promise
    steps: tuple[Step, ...]
    people: int
    people_sd: float
    records: int
    order: int
    columns: tuple[Told, ...]
    tables: tuple[Worth, ...]
    lengths: tuple[Length, ...]
    book: Codebook


def of(made: Estimate, promise: Promise, columns: Public, book: Codebook) -> Facts:
    """The facts of an estimate; columns and codebook are public."""
    people = _people(made)
    tables = {each: _worth(each, cells, columns, people[each]) for each, cells in made.cells.items()}
    lengths = tuple(_length(length, made, tables) for length in range(1, made.order + 1))
    told = tuple(_told(number, column, made) for number, column in enumerate(columns))
    steps = steps_of(promise, made.order)
    return Facts(
        promise, steps, max(0, round(made.noisy_n)), steps[0].sd, len(made.records), made.order, told,
        tuple(tables.values()), lengths, book,
    )  # fmt: skip


def steps_of(promise: Promise, order: int) -> tuple[Step, ...]:
    """The measurements that were made, from public settings and the order that the noisy number of records gave."""
    plan, rho = promise.plan, promise.rho
    asked = [("records", 0, 1.0, TOTAL), ("values", 1, plan.values_sensitivity() / plan.unit, VALUES)]
    asked += [("tables", k, plan.sensitivity(k) / plan.unit, plan.share(order, k)) for k in range(1, order + 1)]
    return tuple(Step(name, k, far, sigma(far, rho * share), rho * share) for name, k, far, share in asked)


def _people(made: Estimate) -> Mapping[Set, int]:
    """How many of the published records have every column of a table recorded."""
    patterns, many = np.unique(made.records != 0, axis=0, return_counts=True)
    return {each: int(many[patterns[:, list(each)].all(axis=1)].sum()) for each in made.cells}


def _worth(each: Set, cells: Cells, columns: Public, people: int) -> Worth:
    shown = int(cells.counts.sum())
    off = MEAN * float(cells.sd.sum()) / max(shown, 1)
    return Worth(tuple(columns[c].name for c in each), len(cells.counts), shown, people, off)


def _length(length: int, made: Estimate, tables: Mapping[Set, Worth]) -> Length:
    own = [each for each in made.cells if len(each) == length]
    sd: NDArray[np.floating] = np.concatenate([made.cells[each].sd for each in own])
    shown = sum(tables[each].shown for each in own)
    worth = sum(tables[each].worth for each in own)
    middle = float(np.median(sd)) if sd.size else 0.0
    people = sum(tables[each].people for each in own)
    return Length(
        length, len(own), worth, int(sd.size), shown / max(people, 1), middle, MEAN * float(sd.sum()) / max(shown, 1)
    )


def _told(number: int, column: Column, made: Estimate) -> Told:
    rolled, cells = made.rolled[number], made.cells[(number,)]
    counts = {int(key): (int(n), float(sd)) for key, n, sd in zip(cells.keys[0], cells.counts, cells.sd, strict=True)}
    values = tuple(
        Shown(name, code > rolled.leaves, *counts.get(code, (None, 0.0))) for code, name in enumerate(rolled.names, 1)
    )
    raised = tuple(name for name, code in zip(column.values, rolled.new[1:], strict=True) if code > rolled.leaves)
    return Told(column.name, values, raised)


def as_document(facts: Facts, first: Sequence[str], digests: Mapping[str, str]) -> dict[str, object]:
    """The facts as report.json has them, `first` the sentences that stand before everything."""
    promise = facts.promise
    return {
        "first": list(first),
        "release": promise.seed is None,
        "promise": {
            "unit": "one record added or removed", "epsilon": promise.epsilon, "delta": promise.delta,
            "rho": promise.rho, "columns": promise.plan.columns, "cap": promise.plan.cap,
            "order asked": promise.plan.order, "ledger": promise.head or None, "cohort": promise.cohort or None,
        },
        "structural zeros": [vars(each) for each in facts.book.zeros],
        "steps": [vars(step) for step in facts.steps],
        "digests": dict(digests),
        "people": {"noisy": facts.people, "sd": round(facts.people_sd, 2), "synthetic records": facts.records},
        "order": facts.order,
        "aggregates": "a combination without a row is not published; it is not zero",
        "sd": "of the noise, widened by what the fit gets wrong, as far as the noisy counts show it",
        "lengths": [
            vars(each) | {"sd": round(each.sd, 2), "off": round(each.off, 4), "shown": round(each.shown, 4)}
            | {"readable from": each.readable}
            for each in facts.lengths
        ],
        "columns": [
            {"name": each.name, "one level up": list(each.raised),
             "values": [
                 {"value": v.value, "parent": v.parent, "sd": round(v.sd, 2) if v.count is not None else None,
                  "count": v.count if v.count is not None else "not published"} for v in each.values
             ]} for each in facts.columns
        ],
        "tables not worth reading": [
            {"columns": list(each.columns), "cells": each.cells, "persons shown": each.shown,
             "persons": each.people, "off": round(each.off, 3)} for each in facts.tables if not each.worth
        ],
    }  # fmt: skip
