"""Structural zeros: pairs of answers that no record can have, each with its source, fixed before the file is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from havre.workbench.records import Codes, Column, Zero
from havre.workbench.refusal import all_of
from havre.workbench.text import rows

HEADER = ["column", "value", "other_column", "other_value", "source"]
Impossible = Mapping[tuple[int, int], NDArray[np.bool_]]


def read(path: Path, columns: Sequence[Column]) -> tuple[Zero, ...]:
    """The zeros of a CSV file `column,value,other_column,other_value,source`; Refusal names every fault with its line.

    A value is one that the codebook lists, or a parent, which stands for all values below it.
    """
    reading = rows(path)
    line, header = next(reading)
    if header != HEADER:
        raise all_of(path, [(line, f"the header must be {','.join(HEADER)}")])
    known = {each.name: {*each.values, *each.groups} for each in columns}
    faults: list[tuple[int, str]] = []
    found: dict[Zero, int] = {}
    for line, cells in reading:
        if len(cells) != len(HEADER):
            faults.append((line, f"{len(cells)} cells where the header has {len(HEADER)}; quote commas"))
            continue
        zero = Zero(*cells)
        faults += [(line, said) for said in _wrong(zero, known)]
        if zero in found:
            faults.append((line, f"the same as line {found[zero]}; keep one"))
        found.setdefault(zero, line)
    if faults:
        raise all_of(path, faults)
    return tuple(found)


def _wrong(zero: Zero, known: Mapping[str, set[str]]) -> Iterator[str]:
    """What is wrong with a row by itself."""
    for column, value in ((zero.column, zero.value), (zero.other_column, zero.other_value)):
        if column not in known:
            yield f"the codebook has no column {column[:40]!r}"
        elif value not in known[column]:
            yield f"the codebook lists no value {value[:40]!r} for {column!r}"
    if zero.column == zero.other_column:
        yield "both values are of one column; a zero is a pair of answers to two"
    if not zero.source:
        yield "no source; say who says that the two never go together"


def impossible(columns: Sequence[Column], declared: Sequence[Zero]) -> Impossible:
    """For each pair of columns with a zero, first column first, which pairs of codes (size, size) cannot be."""
    place = {each.name: number for number, each in enumerate(columns)}
    found: dict[tuple[int, int], NDArray[np.bool_]] = {}
    for zero in declared:
        ends = sorted(((place[zero.column], zero.value), (place[zero.other_column], zero.other_value)))
        (first, one), (second, other) = ends
        table = found.setdefault((first, second), np.zeros((columns[first].size, columns[second].size), dtype=np.bool_))
        table[np.ix_(_codes(columns[first], one), _codes(columns[second], other))] = True
    return found


def _codes(column: Column, value: str) -> list[int]:
    """The codes that a value or a parent stands for."""
    if value in column.values:
        return [1 + column.values.index(value)]
    group = column.groups.index(value)
    return [1 + code for code, parent in enumerate(column.parents) if parent == group]


def without(codes: Codes, pairs: Impossible) -> tuple[Codes, NDArray[np.bool_]]:
    """The codes (d, n) with both answers of an impossible pair as "not recorded", and which records (n) had one.

    Nobody knows which of the two is wrong. All pairs are looked up in the record as it came, so what becomes of a
    record depends on that record and on the public zeros alone, and no record gets longer: every sensitivity stays.
    """
    wrong = np.zeros(codes.shape, dtype=np.bool_)
    for (first, second), table in pairs.items():
        broken = table[codes[first], codes[second]]
        wrong[first] |= broken
        wrong[second] |= broken
    kept = codes.copy()
    kept[wrong] = 0
    return kept, np.any(wrong, axis=0, keepdims=True)[0]


def rolled(pairs: Impossible, new: Sequence[NDArray[np.uint16]], sizes: Sequence[int]) -> Impossible:
    """The same pairs in rolled-up codes: a parent is impossible where all that it stands for is."""
    found = {}
    for (first, second), table in pairs.items():
        can = np.zeros((sizes[first], sizes[second]), dtype=np.bool_)
        one, other = np.nonzero(~table)
        can[new[first][one], new[second][other]] = True
        can[0, :] = can[:, 0] = True
        found[first, second] = ~can
    return found
