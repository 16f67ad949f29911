"""Tables counted from integer codes: keys in blocks that stay in the cache, and many tables from one joint table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.counting import Set, Table, keys_of
from havre.workbench.records import Coded

BLOCK = 1 << 15  # records: keys and codes of one block stay in the second cache
JOINT = 1 << 14  # cells of a joint table that several tables are summed from: it stays in the first
DENSE = 1 << 26  # cells: a table with more is sorted instead
WORD = 1 << 62


def count(coded: Coded, sets: Sequence[Set]) -> dict[Set, Table]:
    """The table of each set of columns."""
    sizes = coded.sizes
    small = [each for each in sets if math.prod(sizes[c] for c in each) <= DENSE]
    found = {each: _sparse(whole) for each, whole in dense(coded.codes, sizes, small).items()}
    return {each: found[each] if each in found else _sorted(coded, each) for each in sets}


def dense(codes: NDArray[np.uint16], sizes: Sequence[int], sets: Sequence[Set]) -> dict[Set, NDArray[np.int64]]:
    """The whole table of each set, an axis for each column; memory is 8 bytes a cell."""
    joints = _joints(sizes, sets)
    shapes = {joint: tuple(sizes[column] for column in joint) for joint in joints}
    sums = {joint: np.zeros(math.prod(shapes[joint]), dtype=np.int64) for joint in joints}
    for start in range(0, codes.shape[1], BLOCK):
        block = codes[:, start : start + BLOCK].astype(np.int64)
        for joint, total in sums.items():
            key = _key(block, joint, shapes[joint])
            total += np.bincount(key, minlength=total.size)
    return {
        each: _summed(sums[joint].reshape(shapes[joint]), joint, each) for joint, own in joints.items() for each in own
    }


def _key(block: NDArray[np.int64], joint: Set, shape: Sequence[int]) -> NDArray[np.int64]:
    key = block[joint[0]].copy() if joint else np.zeros(block.shape[1], dtype=np.int64)
    for column, size in zip(joint[1:], shape[1:], strict=True):
        key *= size
        key += block[column]
    return key


def _summed(whole: NDArray[np.int64], joint: Set, wanted: Set) -> NDArray[np.int64]:
    """The table of some columns of a joint table."""
    away = tuple(axis for axis, column in enumerate(joint) if column not in wanted)
    table: NDArray[np.int64] = whole.sum(axis=away) if away else whole
    return table


def _joints(sizes: Sequence[int], sets: Sequence[Set]) -> dict[Set, list[Set]]:
    """Joint tables that together hold every set, each with the sets that are taken from it.

    Each begins with the first set that has none yet and grows by the smallest columns while it stays small, so that one
    pass over the records serves many sets.
    """
    waiting = dict.fromkeys(sets)
    lengths = {len(each) for each in sets}
    by_size = sorted({column for each in sets for column in each}, key=lambda column: sizes[column])
    joints: dict[Set, list[Set]] = {}
    while waiting:
        joint = _grown(next(iter(waiting)), by_size, sizes, waiting, lengths)
        own = [each for each in _parts(joint, lengths) if each in waiting]
        for each in own:
            del waiting[each]
        joints[joint] = own
    return joints


def _grown(
    first: Set, by_size: Sequence[int], sizes: Sequence[int], waiting: dict[Set, None], lengths: set[int]
) -> Set:
    joint, cells = first, math.prod(sizes[column] for column in first)
    for column in by_size:
        if column in joint or cells * sizes[column] > JOINT:
            continue
        wider = tuple(sorted((*joint, column)))
        if any(column in each and each in waiting for each in _parts(wider, lengths)):
            joint, cells = wider, cells * sizes[column]
    return joint


def _parts(joint: Set, lengths: Iterable[int]) -> list[Set]:
    return [each for length in lengths for each in combinations(joint, length)]


def _sparse(whole: NDArray[np.int64]) -> Table:
    flat = whole.ravel()
    keys = np.flatnonzero(flat)
    return Table(keys, flat[keys])


def _sorted(coded: Coded, columns: Set) -> Table:
    """The table of a set whose cells are too many to be laid out."""
    sizes = [coded.sizes[column] for column in columns]
    if math.prod(sizes) >= WORD:
        raise ValueError(f"the {len(columns)} columns have more combinations than a number of 64 bits holds")
    keys, counts = np.unique(keys_of([coded.codes[column] for column in columns], sizes), return_counts=True)
    return Table(keys, counts.astype(np.int64))
