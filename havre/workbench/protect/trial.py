"""Attacks on a release, for the custodian alone: on itself where people outside are given, else on a rehearsal of it.

Everybody of the file is in the release, so nobody is left to compare with. The rehearsal puts one half of the file,
drawn at random, through the same making with noise of its own, and the other half are the people outside. Nothing of it
is published or kept but the figures of the attacks, which compare with the truth as all of custodian.html does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from havre.workbench.privacy.noise import Seeded
from havre.workbench.progress import REHEARSING, Passed, quiet
from havre.workbench.protect.estimate import Estimate, estimate
from havre.workbench.protect.plan import Plan
from havre.workbench.records import Coded, Codes, Column
from havre.workbench.risk import FEWEST, Risk, assess
from havre.workbench.threshold.tables import columns_of

MOST = 50_000  # people on each side of a rehearsal
MOST_GUESSED = 20  # columns guessed when none is named


@dataclass(frozen=True)
class Custody:
    """What a custodian asks: people of the same kind who are not in the file, how somebody could be known, secrets."""

    control: Coded | None = None
    quasi: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    targets: int = 600

    @property
    def rehearses(self) -> bool:
        """Whether somebody is to be attacked and nobody outside was given for it."""
        return self.targets > 0 and self.control is None

    def check(self, coded: Coded) -> None:
        """Refuses columns that are not there."""
        for names in (self.quasi, self.secrets):
            if names:
                columns_of(coded, names, len(coded.columns))

    def guessed(self, coded: Coded) -> tuple[str, ...]:
        """The columns to guess from the others: those named, else all, the first twenty of many."""
        return self.secrets or tuple(column.name for column in coded.columns[:MOST_GUESSED])


@dataclass(frozen=True)
class Trial:
    """What the attacks found, and whether on a rehearsal."""

    risk: Risk
    rehearsed: bool


def rehearse(coded: Coded, rho: float, plan: Plan, custody: Custody, passed: Passed = quiet) -> Trial | None:
    """One half made into a release that goes as far as the one to come, and attacked with the other half.

    None for a handful of people.
    """
    people = coded.codes.shape[1]
    order = np.random.default_rng(0).permutation(people)
    half = min(people // 2, MOST)
    if half < FEWEST:
        return None
    inside, outside = (replace(coded, codes=coded.codes[:, part]) for part in (order[:half], order[half : 2 * half]))
    far = replace(plan, order=plan.affordable(people, rho), fixed=True)
    made = estimate(inside, rho, Seeded(0), far, passed=lambda step, done, of: passed(REHEARSING, done, of))
    return Trial(_assessed(made, inside, outside, custody, passed), rehearsed=True)


def against(made: Estimate, coded: Coded, custody: Custody, passed: Passed = quiet) -> Trial:
    """The release itself, attacked with the people given."""
    return Trial(_assessed(made, coded, custody.control, custody, passed), rehearsed=False)


def _assessed(made: Estimate, inside: Coded, outside: Coded | None, custody: Custody, passed: Passed) -> Risk:
    members, control = (None if each is None else _rolled(each, made) for each in (inside, outside))
    assert members is not None
    release = Coded(members.columns, made.records.T, members.cap)
    return assess(
        members, control, release, quasi=custody.quasi, secrets=custody.guessed(inside), targets=custody.targets,
        passed=passed,
    )  # fmt: skip


def _rolled(coded: Coded, made: Estimate) -> Coded:
    """The records in the codes of the release: how values were rolled up is public."""
    columns = tuple(
        Column(column.name, rolled.names, (-1,) * len(rolled.names), ())
        for column, rolled in zip(coded.columns, made.rolled, strict=True)
    )
    return Coded(columns, rolled_codes(coded.codes, made), coded.cap)


def rolled_codes(codes: Codes, made: Estimate) -> Codes:
    """The codes (columns, persons) as the release has them."""
    return np.stack([rolled.of(row) for rolled, row in zip(made.rolled, codes, strict=True)])
