"""What a release gives away about those in it, tried with a control set: for the custodian, never for publication.

Members went into the release; controls are people of the same kind who did not. Whatever an attack finds out about
controls it knows from the population; only what it finds out about members beyond that is a leak. A leak that is not
found proves nothing: these figures are an alarm, the guarantee stands in the accountant.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.counting.fast import dense
from havre.workbench.records import Coded, Codes
from havre.workbench.refusal import Refusal
from havre.workbench.threshold.kanon import groups
from havre.workbench.threshold.tables import columns_of

FEWEST = 20  # rare records on each side; fewer say nothing
RARE = 2  # records of members and controls together that are alike
LOUD = 3.0  # standard errors beyond which a figure is an alarm: about one in 700 by chance
Scores = NDArray[np.float64]
Passed = Callable[[int, int], None]


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
class Risk:
    """Shares of records from 0 to 1, and figures by the name of their attack."""

    members: int
    controls: int
    released: int
    unique: float
    unique_quasi: float
    k_map: dict[int, float]
    targets: int
    figures: dict[str, Figure] = field(default_factory=dict)
    true_positives: dict[str, float] = field(default_factory=dict)


def assess(
    members: Coded,
    control: Coded,
    release: Coded,
    *,
    quasi: Sequence[str] = (),
    secrets: Sequence[str] = (),
    targets: int = 1_000,
    seed: int = 0,
    passed: Passed = lambda done, all_: None,
) -> Risk:
    """All figures; records of the three must be coded by one codebook. The attacks go for rare records only."""
    places = columns_of(members, quasi, len(members.columns)) if quasi else tuple(range(len(members.columns)))
    hidden = columns_of(members, secrets, len(members.columns)) if secrets else ()
    m, c, r = members.codes, control.codes, release.codes
    random = np.random.default_rng(seed)
    chosen_m, chosen_c = _rare(m, c, targets, random)
    chosen = (m[:, chosen_m], c[:, chosen_c])
    attacks: list[tuple[str, Callable[[Codes], Scores]]] = [
        ("copies", lambda codes: copies(codes, r)),
        ("distance", lambda codes: -distances(codes, r, passed)),
        ("cells", lambda codes: cell_score(codes, r, members.sizes)),
    ]
    figures, found = {"copied": _copied(m, c, r)}, {}
    for name, attack in attacks:
        inside, outside = attack(chosen[0]), attack(chosen[1])
        figures[name], found[name] = auc(inside, outside), true_positives(inside, outside)
    for place in hidden:
        figures[f"secret {members.columns[place].name}"] = _excess(*chosen, r, place)
    unique, by_quasi = (_unique(codes) for codes in (m, m[list(places)]))
    shares = {k: k_map(r[list(places)], np.concatenate([m, c], axis=1)[list(places)], k) for k in (2, 5, 11)}
    return Risk(
        m.shape[1], c.shape[1], r.shape[1], unique, by_quasi, shares, chosen[0].shape[1], figures, found
    )  # fmt: skip


def _unique(codes: Codes) -> float:
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


def _rare(members: Codes, control: Codes, most: int, random: np.random.Generator) -> tuple[NDArray[np.int64], ...]:
    """As many members as controls, drawn from the records that at most RARE of both together are."""
    ids, many = groups(np.concatenate([members, control], axis=1))
    rare = np.bincount(ids, minlength=many)[ids] <= RARE
    sides = np.flatnonzero(rare[: members.shape[1]]), np.flatnonzero(rare[members.shape[1] :])
    take = min(most, *(side.size for side in sides))
    if take < FEWEST:
        raise Refusal(f"fewer than {FEWEST} rare records in members or controls; there is too little to attack")
    return tuple(random.choice(side, take, replace=False) for side in sides)


def _copied(members: Codes, control: Codes, release: Codes) -> Figure:
    """How much more often a unique member stands in the release than a unique control does (difference of shares)."""
    ids, many = groups(np.concatenate([members, control, release], axis=1))
    parts = np.split(ids, [members.shape[1], members.shape[1] + control.shape[1]])
    m, c, r = (np.bincount(part, minlength=many) for part in parts)
    inside, outside = r[(m == 1) & (c == 0)] > 0, r[(c == 1) & (m == 0)] > 0
    return _difference(inside.astype(float), outside.astype(float))


def _difference(inside: Scores, outside: Scores) -> Figure:
    """The difference of two means, which is 0 when nothing leaks."""
    if not (inside.size and outside.size):
        return Figure(0.0, 0.0, math.inf)
    error = math.sqrt(inside.var() / inside.size + outside.var() / outside.size)
    return Figure(float(inside.mean() - outside.mean()), 0.0, error)


def copies(codes: Codes, release: Codes) -> Scores:
    """How many released records equal each record."""
    ids, many = groups(np.concatenate([codes, release], axis=1))
    return np.bincount(ids[codes.shape[1] :], minlength=many)[ids[: codes.shape[1]]].astype(float)


def distances(codes: Codes, release: Codes, passed: Passed = lambda done, all_: None) -> Scores:
    """The number of columns in which each record differs from the released record nearest to it."""
    rows = np.unique(release, axis=1)
    found = np.empty(codes.shape[1])
    for number, record in enumerate(codes.T):
        found[number] = _apart(rows, record).min()
        if number % 50 == 0:
            passed(number, codes.shape[1])
    return found


def _apart(rows: Codes, record: NDArray[np.uint16]) -> NDArray[np.uint8]:
    apart = np.zeros(rows.shape[1], dtype=np.uint8)
    for row, code in zip(rows, record, strict=True):
        apart += row != code
    return apart


def cell_score(codes: Codes, release: Codes, sizes: Sequence[int]) -> Scores:
    """The mean over all three-way tables (fewer columns: all columns) of ln(1 + count of the record's cell)."""
    sets = list(combinations(range(len(codes)), min(3, len(codes))))
    total = np.zeros(codes.shape[1])
    for columns in sets:
        table = dense(release, sizes, [columns])[columns]
        total += np.log1p(table[tuple(codes[column] for column in columns)])
    return total / len(sets)


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


def true_positives(inside: Scores, outside: Scores, false: float = 0.01) -> float:
    """The share of members found when the share `false` of controls is accused, ties at the threshold shared out."""
    limit = np.quantile(outside, 1 - false, method="higher")
    surely, tied = (outside > limit).mean(), (outside == limit).mean()
    share = (false - surely) / tied if tied else 0.0
    return float((inside > limit).mean() + min(1.0, max(0.0, share)) * (inside == limit).mean())


def _excess(members: Codes, control: Codes, release: Codes, place: int) -> Figure:
    """How much better a secret is guessed for members than for controls from the released records nearest otherwise."""
    return _difference(guessed(members, release, place), guessed(control, release, place))


def guessed(codes: Codes, release: Codes, place: int) -> Scores:
    """For each record the chance that the commonest answer among the nearest released records is its own.

    Nearest by the other columns; where several answers are equally common, each is guessed equally often.
    """
    others = np.arange(len(codes)) != place
    rows, answers = release[others], release[place]
    found = np.empty(codes.shape[1])
    for number, record in enumerate(codes.T):
        apart = _apart(rows, record[others])
        votes = np.bincount(answers[apart == apart.min()], minlength=int(record[place]) + 1)
        found[number] = (votes[record[place]] == votes.max()) / (votes == votes.max()).sum()
    return found


def as_json(found: Risk) -> str:
    """The figures as a JSON document that says first that it is not for publication."""
    told = asdict(found)
    for name, figure in found.figures.items():
        told["figures"][name]["alarm"] = figure.alarm
    return json.dumps({"not for publication": "these figures compare with the truth", **told}, indent=1) + "\n"
