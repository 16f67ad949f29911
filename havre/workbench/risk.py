"""What a release gives away about those in it, tried with a control set: for the custodian, never for publication.

Members went into the release; controls are people of the same kind who did not. Whatever an attack finds out about
controls it knows from the population; only what it finds out about members beyond that is a leak. A leak that is not
found proves nothing: these figures are an alarm, the guarantee stands in the accountant.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.counting import Set
from havre.workbench.counting.fast import dense
from havre.workbench.progress import ATTACKING, Passed, quiet
from havre.workbench.records import Coded, Codes
from havre.workbench.threshold.kanon import groups
from havre.workbench.threshold.tables import columns_of

FEWEST = 20  # rare records on each side; fewer say nothing
RARE = 2  # records of members and controls together that are alike
LOUD = 3.0  # standard errors beyond which a figure is an alarm: about one in 700 by chance
FALSE = 0.01  # share of controls that may be accused where the members found are counted
KS = (2, 5, 11)  # of k-map
LAID_OUT = 1 << 22  # cells of tables that are laid out at once
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """A measured value, what it is when nothing leaks, and its standard error."""

    value: float
    nothing: float
    error: float

    @property
    def alarm(self) -> bool:
        """Whether it is further above "nothing leaks" than chance would put it."""
        return self.value - self.nothing > LOUD * max(self.error, 1e-9)


@dataclass(frozen=True)
class Beside:
    """A share of members beside that of controls, and for guesses how often the commonest answer alone is right."""

    members: float
    controls: float
    commonest: float = 0.0


@dataclass(frozen=True)
class Risk:
    """Shares of records from 0 to 1, and figures by the name of their attack; none without enough to attack.

    `targets` rare records on each side were attacked. `beside` has the two shares whose difference is a figure.
    """

    members: int
    controls: int
    released: int
    unique: float
    unique_quasi: float
    k_map: dict[int, float]
    targets: int = 0
    figures: dict[str, Figure] = field(default_factory=dict)
    true_positives: dict[str, float] = field(default_factory=dict)
    beside: dict[str, Beside] = field(default_factory=dict)


def assess(
    members: Coded,
    control: Coded | None,
    release: Coded,
    *,
    quasi: Sequence[str] = (),
    secrets: Sequence[str] = (),
    targets: int = 1_000,
    seed: int = 0,
    passed: Passed = quiet,
) -> Risk:
    """All figures; records of the three must be coded by one codebook. The attacks go for rare records only.

    Without a control set nothing is attacked: nobody could tell a leak from what everybody knows.
    """
    places = columns_of(members, quasi, len(members.columns)) if quasi else tuple(range(len(members.columns)))
    hidden = columns_of(members, secrets, len(members.columns)) if secrets else ()
    m, r = members.codes, release.codes
    c = m[:, :0] if control is None else control.codes
    unique, by_quasi = (alone(codes) for codes in (m, m[list(places)]))
    people = np.concatenate([m, c], axis=1)[list(places)]
    shares = {k: k_map(r[list(places)], people, k) for k in KS}
    found = Risk(m.shape[1], c.shape[1], r.shape[1], unique, by_quasi, shares)
    sides = None if control is None else _rare(m, c, targets, np.random.default_rng(seed))
    return found if sides is None else _attacked(found, members, c, r, sides, hidden, passed)


def _attacked(
    found: Risk,
    members: Coded,
    control: Codes,
    release: Codes,
    sides: tuple[NDArray[np.int64], NDArray[np.int64]],
    hidden: Set,
    passed: Passed,
) -> Risk:
    """The figures of every attack on the chosen members and controls."""
    some = sides[0].size
    both = np.concatenate([members.codes[:, sides[0]], control[:, sides[1]]], axis=1)
    away, hits = nearest(both, release, hidden, passed)
    scored = {"copies": copies(both, release), "distance": -away, "cells": cell_score(both, release, members.sizes)}
    figures, beside = _copied(members.codes, control, release)
    for name, scores in scored.items():
        figures[name] = auc(scores[:some], scores[some:])
    for place, hit in hits.items():
        name = f"secret {members.columns[place].name}"
        figures[name] = _difference(hit[:some], hit[some:])
        common = np.bincount(members.codes[place]).argmax()
        beside[name] = Beside(
            float(hit[:some].mean()), float(hit[some:].mean()), float((both[place, :some] == common).mean())
        )
    positives = {name: true_positives(scores[:some], scores[some:]) for name, scores in scored.items()}
    return replace(found, targets=some, figures=figures, true_positives=positives, beside=beside)


def alone(codes: Codes) -> float:
    """The share of records that nobody is like."""
    ids, many = groups(codes)
    return float((np.bincount(ids, minlength=many) == 1).sum() / max(1, codes.shape[1]))


def k_map(release: Codes, population: Codes, k: int) -> float:
    """The share of released records whose combination fewer than k people of the population have, and somebody has.

    k-map (Sweeney 2001): a released combination is as safe as the number of people it could be.
    """
    ids, many = groups(np.concatenate([release, population], axis=1))
    people = np.bincount(ids[release.shape[1] :], minlength=many)[ids[: release.shape[1]]]
    return float(((people > 0) & (people < k)).mean()) if people.size else 0.0


def _rare(
    members: Codes, control: Codes, most: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """As many members as controls, drawn from the records that at most RARE of both are; None where too few are."""
    ids, many = groups(np.concatenate([members, control], axis=1))
    rare = np.bincount(ids, minlength=many)[ids] <= RARE
    inside, outside = np.flatnonzero(rare[: members.shape[1]]), np.flatnonzero(rare[members.shape[1] :])
    take = min(most, inside.size, outside.size)
    if take < FEWEST:
        return None
    return random.choice(inside, take, replace=False), random.choice(outside, take, replace=False)


def _copied(members: Codes, control: Codes, release: Codes) -> tuple[dict[str, Figure], dict[str, Beside]]:
    """How much more often a unique member stands in the release than a unique control does."""
    ids, many = groups(np.concatenate([members, control, release], axis=1))
    parts = np.split(ids, [members.shape[1], members.shape[1] + control.shape[1]])
    m, c, r = (np.bincount(part, minlength=many) for part in parts)
    inside, outside = (r[(m == 1) & (c == 0)] > 0).astype(float), (r[(c == 1) & (m == 0)] > 0).astype(float)
    if not (inside.size and outside.size):
        return {}, {}
    shares = Beside(float(inside.mean()), float(outside.mean()))
    return {"copied": _difference(inside, outside)}, {"copied": shares}


def _difference(inside: Scores, outside: Scores) -> Figure:
    """The difference of two means, which is 0 when nothing leaks."""
    error = math.sqrt(inside.var() / inside.size + outside.var() / outside.size)
    return Figure(float(inside.mean() - outside.mean()), 0.0, error)


def copies(codes: Codes, release: Codes) -> Scores:
    """How many released records equal each record."""
    ids, many = groups(np.concatenate([codes, release], axis=1))
    return np.bincount(ids[codes.shape[1] :], minlength=many)[ids[: codes.shape[1]]].astype(float)


def nearest(
    codes: Codes, release: Codes, hidden: Sequence[int] = (), passed: Passed = quiet
) -> tuple[Scores, dict[int, Scores]]:
    """How many columns each record is away from the released record nearest to it, and how its secrets are guessed.

    A secret's guess is the commonest answer among the released records nearest by the other columns: for each record
    the chance that it is its own, where several answers are equally common each being guessed equally often. Where
    nothing is released, everybody is as far away as can be and nothing is guessed.
    """
    rows, people = np.unique(release, axis=1, return_counts=True)
    away = np.empty(codes.shape[1])
    hits = {place: np.zeros(codes.shape[1]) for place in hidden}
    if not rows.shape[1]:
        return np.full(codes.shape[1], float(len(codes))), hits
    for number, record in enumerate(codes.T):
        differs = rows != record[:, None]
        apart = differs.sum(axis=0, dtype=np.uint8 if len(rows) < 256 else np.uint16)
        away[number] = apart.min()
        for place in hidden:
            others = apart - differs[place]
            near = others == others.min()
            hits[place][number] = _guessed(rows[place][near], people[near], int(record[place]))
        if number % 20 == 0:
            passed(ATTACKING, number, codes.shape[1])
    return away, hits


def _guessed(answers: NDArray[np.uint16], people: NDArray[np.int64], own: int) -> float:
    votes = np.bincount(answers, weights=people, minlength=own + 1)
    best = votes == votes.max()
    return float(best[own] / best.sum())


def cell_score(codes: Codes, release: Codes, sizes: Sequence[int]) -> Scores:
    """The mean over all three-way tables (fewer columns: all columns) of ln(1 + count of the record's cell)."""
    sets = list(combinations(range(len(codes)), min(3, len(codes))))
    total = np.zeros(codes.shape[1])
    for some in _lots(sets, sizes):
        for columns, table in dense(release, sizes, some).items():
            total += np.log1p(table[tuple(codes[column] for column in columns)])
    return total / len(sets)


def _lots(sets: Sequence[Set], sizes: Sequence[int]) -> Iterator[list[Set]]:
    """The sets, so many at once that their tables can be laid out."""
    some: list[Set] = []
    room = LAID_OUT
    for each in sets:
        cells = math.prod(sizes[column] for column in each)
        if some and cells > room:
            yield some
            some, room = [], LAID_OUT
        some.append(each)
        room -= cells
    if some:
        yield some


def auc(inside: Scores, outside: Scores) -> Figure:
    """The chance that a member scores above a control, ties counting half; standard error of DeLong et al. 1988."""
    ranked = np.sort(outside)
    above = (np.searchsorted(ranked, inside, "left") + np.searchsorted(ranked, inside, "right")) / (2 * outside.size)
    ranked = np.sort(inside)
    below = 1 - (np.searchsorted(ranked, outside, "left") + np.searchsorted(ranked, outside, "right")) / (
        2 * inside.size
    )
    error = math.sqrt(above.var(ddof=1) / inside.size + below.var(ddof=1) / outside.size)
    return Figure(float(above.mean()), 0.5, error)


def true_positives(inside: Scores, outside: Scores, false: float = FALSE) -> float:
    """The share of members found when the share `false` of controls is accused, ties at the threshold shared out."""
    limit = np.quantile(outside, 1 - false, method="higher")
    surely, tied = (outside > limit).mean(), (outside == limit).mean()
    share = (false - surely) / tied if tied else 0.0
    return float((inside > limit).mean() + min(1.0, max(0.0, share)) * (inside == limit).mean())


def as_json(found: Risk) -> str:
    """The figures as a JSON document that says first that it is not for publication."""
    told = asdict(found)
    for name, figure in found.figures.items():
        told["figures"][name]["alarm"] = figure.alarm
    return json.dumps({"not for publication": "these figures compare with the truth", **told}, indent=1) + "\n"
