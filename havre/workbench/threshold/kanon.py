"""A file of records in which everybody has k - 1 others alike: whole columns recoded first, then single cells emptied.

For one-off use by people who signed for it. It is never combined with a claim of differential privacy, and k says
nothing about what a group has in common: l-diversity and t-closeness are reported with it (Sweeney 2002;
Machanavajjhala et al. 2007; Li et al. 2007).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from havre.workbench.records import Coded, Codes, Column
from havre.workbench.refusal import Refusal
from havre.workbench.threshold.tables import columns_of, one_up

MOST_NODES = 5_000
AS_IT_IS, EMPTIED = "as it is", "emptied"
LEVELS = ("one level up", "two levels up", "three levels up", "four levels up")
Ids = NDArray[np.int64]
Passed = Callable[[int, int], None]


@dataclass(frozen=True)
class Measures:
    """The smallest group of equal quasi-identifiers, and for each sensitive column the worst l and t."""

    k: int
    diversity: dict[str, int]
    closeness: dict[str, float]


@dataclass(frozen=True)
class Protected:
    """The k-anonymous records, how each quasi-identifier was recoded, and what was lost."""

    coded: Coded
    recoded: dict[str, str]
    emptied: int
    removed: int
    measures: Measures


def groups(codes: Codes) -> tuple[Ids, int]:
    """For each record (column of codes) the number of its group of equal codes, and how many groups there are."""
    ids = np.zeros(codes.shape[1], dtype=np.int64)
    many = 1
    for row in codes:
        values, ids = np.unique(ids * (int(row.max(initial=0)) + 1) + row, return_inverse=True)
        many = len(values)
    return ids, many


def measures(codes: Codes, sensitive: dict[str, Codes]) -> Measures:
    """k, and for each sensitive column distinct-l and t, groups being those of `codes`.

    t is the largest distance between a group's shares of answers and those of all, with equal distance between answers
    (half the sum of differences). "Not recorded" is an answer here.
    """
    ids, many = groups(codes)
    sizes = np.bincount(ids, minlength=many)
    found_l, found_t = {}, {}
    for name, row in sensitive.items():
        wide = int(row.max(initial=0)) + 1
        table = np.bincount(ids * wide + row, minlength=many * wide).reshape(many, wide)
        found_l[name] = int((table > 0).sum(axis=1).min())
        shares = table / sizes[:, None]
        found_t[name] = float(np.abs(shares - table.sum(axis=0) / ids.size).sum(axis=1).max() / 2)
    return Measures(int(sizes.min()), found_l, found_t)


@dataclass(frozen=True)
class _Rule:
    """What a group needs: k records, and l different answers in each sensitive column."""

    k: int
    diversity: int
    sensitive: tuple[NDArray[np.uint16], ...]

    def held(self, codes: Codes) -> NDArray[np.bool_]:
        """For each record whether its group has what it needs."""
        ids, many = groups(codes)
        enough = np.bincount(ids, minlength=many) >= self.k
        for row in self.sensitive if self.diversity > 1 else ():
            pairs = np.unique(ids * (int(row.max(initial=0)) + 1) + row)
            different = np.bincount(pairs // (int(row.max(initial=0)) + 1), minlength=many)
            enough &= different >= self.diversity
        held: NDArray[np.bool_] = enough[ids]
        return held


def protect(
    coded: Coded,
    quasi: Sequence[str],
    k: int,
    *,
    above: Mapping[tuple[str, str], str] | None = None,
    sensitive: Sequence[str] = (),
    diversity: int = 1,
    most_emptied: float = 0.05,
    passed: Passed = lambda done, all_: None,
) -> Protected:
    """The records with k, and l, held over the quasi-identifiers.

    Of all ways to recode whole columns (as they are, one level up, two where `above` has the parents of parents, and so
    on, emptied) the one that loses least is taken among those that leave at most the share `most_emptied` of records to
    be changed one by one; then cells of those are emptied, as few columns as help; who still stands alone is removed.
    """
    places = columns_of(coded, quasi, len(coded.columns))
    others = columns_of(coded, sensitive, len(coded.columns)) if sensitive else ()
    _check(coded, places, others, k, diversity)
    rule = _Rule(k, diversity, tuple(coded.codes[place] for place in others))
    levels, changed = _recoded(coded, places, above or {}, rule, most_emptied, passed)
    codes = np.stack([changed.codes[place] for place in places])
    codes, emptied = _emptied(codes, rule)
    stay = rule.held(codes)
    if not stay.any():
        raise Refusal(f"no group of {k} alike is left whatever is recoded; take fewer quasi-identifiers or a smaller k")
    whole = changed.codes.copy()
    whole[list(places)] = codes
    final = Coded(changed.columns, whole[:, stay], coded.cap)
    told = measures(codes[:, stay], {coded.columns[each].name: final.codes[each] for each in others})
    return Protected(final, levels, emptied, int((~stay).sum()), told)


def _check(coded: Coded, places: Sequence[int], others: Sequence[int], k: int, diversity: int) -> None:
    if k < 2 or diversity < 1:
        raise Refusal(f"k {k} and l {diversity} protect nobody; give k of 2 or more (common: 11) and l of 1 or more")
    if coded.codes.shape[1] < k:
        raise Refusal(f"the file has fewer than {k} records; nobody in it can have {k - 1} others alike")
    if both := set(places) & set(others):
        name = coded.columns[min(both)].name
        raise Refusal(f"column {name!r} is named as quasi-identifier and as sensitive; choose one")
    if diversity > 1 and not others:
        raise Refusal("--diversity needs a sensitive column; name one with --sensitive")


def _recoded(
    coded: Coded,
    places: Sequence[int],
    above: Mapping[tuple[str, str], str],
    rule: _Rule,
    most: float,
    passed: Passed,
) -> tuple[dict[str, str], Coded]:
    """The recoding of least loss that leaves few enough records; the words for each column, and the records so."""
    ways = [tuple(_ways(coded, place, above)) for place in places]
    nodes = sorted(product(*ways), key=lambda node: (sum(loss for _way, loss, _row, _column in node), str(node[0][0])))
    if len(nodes) > MOST_NODES:
        raise Refusal(f"{len(places)} quasi-identifiers can be recoded in {len(nodes):,} ways; name fewer")
    for number, node in enumerate(nodes):
        passed(number, len(nodes))
        rows = np.stack([row for _way, _loss, row, _column in node])
        if (~rule.held(rows)).mean() <= most:
            break
    columns, codes = list(coded.columns), coded.codes.copy()
    for place, (_way, _loss, row, column) in zip(places, node, strict=True):
        columns[place], codes[place] = column, row
    words = {coded.columns[place].name: way for place, (way, *_rest) in zip(places, node, strict=True)}
    return words, Coded(tuple(columns), codes, coded.cap)


def _ways(coded: Coded, place: int, above: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, float, Codes, Column]]:
    """How a column can be: its words, how many bits of its answers are lost, its codes and what they mean."""
    column, row = coded.columns[place], coded.codes[place]
    whole = _bits(row)
    yield AS_IT_IS, 0.0, row, column
    for way in LEVELS:
        if not column.groups:
            break
        column, row = one_up(column, row, above)
        yield way, whole - _bits(row), row, column
    yield EMPTIED, whole, np.zeros_like(row), coded.columns[place]


def _bits(row: NDArray[np.uint16]) -> float:
    """The entropy of a column's answers (Shannon)."""
    shares = np.bincount(row) / max(1, row.size)
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum())


def _emptied(codes: Codes, rule: _Rule) -> tuple[Codes, int]:
    """The codes with cells emptied so that as many records as can be have their group, and how many cells that took.

    Fewest columns first, and of as many columns those that help most. A group that holds never loses anybody, so what
    was reached stays.
    """
    kept = codes.copy()
    for width in range(1, len(codes) + 1):
        ways = list(combinations(range(len(codes)), width))
        while ways:
            open_ = np.flatnonzero(~rule.held(kept))
            gains = [(len(_helped(kept, rule, open_, way)), way) for way in ways] if open_.size else []
            most, way = max(gains, default=(0, ()))
            if not most:
                break
            helped = _helped(kept, rule, open_, way)
            kept[np.ix_(np.array(way), helped)] = 0
            ways.remove(way)
    return kept, int(((codes != 0) & (kept == 0)).sum())


def _helped(codes: Codes, rule: _Rule, open_: Ids, way: Sequence[int]) -> Ids:
    """Which of the records that stand open have their group once these columns of theirs are emptied."""
    tried = codes.copy()
    tried[np.ix_(np.array(way), open_)] = 0
    held: Ids = open_[rule.held(tried)[open_]]
    return held


def write(path: Path, coded: Coded) -> None:
    """The records as CSV, sorted by their codes, so that their order in the file says nothing about them."""
    answers = [np.array(["", *column.values], dtype=object) for column in coded.columns]
    order = np.lexsort(coded.codes[::-1])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in coded.columns])
        writer.writerows(
            zip(*(known[row[order]] for known, row in zip(answers, coded.codes, strict=True)), strict=True)
        )
