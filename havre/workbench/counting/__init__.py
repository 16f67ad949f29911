"""How many records have each combination of codes: one question, asked of integer codes or of an SQL engine.

Whoever answers, the answer is the same: for each set of columns the combinations that occur, as one number each, and
how many records have them. "Not recorded" (code 0) is a level like any other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from havre.workbench.records import Coded, Codes, Column
from havre.workbench.refusal import Refusal

Set = tuple[int, ...]
Dense = Callable[[Codes, Sequence[int], Sequence[Set]], dict[Set, NDArray[np.int64]]]
NO_SPARK = "Spark is not installed; install pyspark (the extra havre[spark]) and Java, or leave --engine out"
NO_JAVA = "Spark needs Java, and there is none; install a Java runtime (17), or leave --engine out"
ENGINES = ("codes", "duckdb", "spark")


@dataclass(frozen=True)
class Table:
    """The combinations of a set of columns that occur, in the order of their keys (see `keys_of`), and their counts."""

    keys: NDArray[np.int64]
    counts: NDArray[np.int64]

    def dense(self, sizes: Sequence[int]) -> NDArray[np.int64]:
        """The whole table, with an axis for each column and 0 where no record is."""
        whole = np.zeros(math.prod(sizes), dtype=np.int64)
        whole[self.keys] = self.counts
        return whole.reshape(tuple(sizes))


class Counter(Protocol):
    """An engine: all tables of these sets of columns."""

    def __call__(self, coded: Coded, sets: Sequence[Set]) -> dict[Set, Table]:
        """The table of each set, columns of a set in rising order."""
        ...


def keys_of(codes: Sequence[NDArray[np.generic]], sizes: Sequence[int]) -> NDArray[np.int64]:
    """Each record's combination as one number: mixed radix, the last column the fastest."""
    key = np.zeros(len(codes[0]), dtype=np.int64)
    for part, size in zip(codes, sizes, strict=True):
        key *= size
        key += part.astype(np.int64)
    return key


def codes_of(keys: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.uint16]:
    """The codes (columns, combinations) that these keys stand for."""
    parts = np.empty((len(sizes), len(keys)), dtype=np.uint16)
    rest = keys
    for number in range(len(sizes) - 1, -1, -1):
        rest, part = np.divmod(rest, sizes[number])
        parts[number] = part
    return parts


def engine(name: str) -> Counter:
    """The engine of that name; Refusal when it is not installed."""
    if name == "codes":
        from havre.workbench.counting.fast import count

        return count
    if name == "duckdb":
        from havre.workbench.counting.sql import with_duckdb

        return with_duckdb
    if name == "spark":
        if find_spec("pyspark") is None:
            raise Refusal(NO_SPARK)
        from havre.workbench.counting.sql import session, with_spark

        session()  # what is not there is refused before anything is charged
        return with_spark
    raise Refusal(f"there is no engine {name!r}; choose one of {', '.join(ENGINES)}")


def dense_by(name: str) -> Dense:
    """Whole tables of codes of these sizes, counted by the engine of that name."""
    if name == "codes":
        from havre.workbench.counting.fast import dense

        return dense
    counter = engine(name)

    def counted(codes: Codes, sizes: Sequence[int], sets: Sequence[Set]) -> dict[Set, NDArray[np.int64]]:
        columns = tuple(Column(f"c{number}", ("",) * (size - 1), (), ()) for number, size in enumerate(sizes))
        found = counter(Coded(columns, codes, len(columns)), sets)
        return {each: table.dense([sizes[column] for column in each]) for each, table in found.items()}

    return counted
