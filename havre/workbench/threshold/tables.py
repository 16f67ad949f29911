"""A table with all its totals, as cells named by what they select; "not recorded" is a value, so that totals add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.counting import Set, codes_of, engine
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal

Selection = tuple[tuple[str, str], ...]  # (column, value) pairs in the order of the columns' names; () is everybody
Cells = dict[Selection, int]


@dataclass(frozen=True)
class Line:
    """What adds up: the children differ in one column, the parent leaves that column open."""

    parent: Selection
    children: tuple[Selection, ...]


def columns_of(coded: Coded, names: Sequence[str], most: int = 4) -> Set:
    """The places of these columns; Refusal when one is not there, stands twice, or they are too many."""
    known = [column.name for column in coded.columns]
    for name in names:
        if name not in known:
            raise Refusal(f"there is no column {name!r}; the codebook has {', '.join(known)}")
    if not 1 <= len(set(names)) == len(names) <= most:
        raise Refusal(f"a table has one to {most} different columns, not {', '.join(names) or 'none'}")
    return tuple(sorted(known.index(name) for name in names))


def rolled_up(coded: Coded, names: Sequence[str]) -> Coded:
    """The records with these columns one level up; a value without a parent stays as it is."""
    columns, codes = list(coded.columns), coded.codes.copy()
    for place in columns_of(coded, names, len(columns)) if names else ():
        columns[place], codes[place] = one_up(columns[place], codes[place])
    return Coded(tuple(columns), codes, coded.cap)


def one_up(
    column: Column, codes: NDArray[np.uint16], above: Mapping[tuple[str, str], str] | None = None
) -> tuple[Column, NDArray[np.uint16]]:
    """A column and its codes one level up; `above` has the parent of each parent, where the codebook goes further."""
    if not column.groups:
        raise Refusal(f"column {column.name!r} has no parents in the codebook; there is no level above it")
    alone = [value for value, parent in zip(column.values, column.parents, strict=True) if parent < 0]
    values = (*column.groups, *alone)
    to = [0, *(
        values.index(value) + 1 if parent < 0 else parent + 1
        for value, parent in zip(column.values, column.parents, strict=True)
    )]  # fmt: skip
    over = [(above or {}).get((column.name, value), "") for value in column.groups] + [""] * len(alone)
    groups = tuple(dict.fromkeys(each for each in over if each))
    parents = tuple(groups.index(each) if each else -1 for each in over)
    return Column(column.name, values, parents, groups), np.array(to, dtype=np.uint16)[codes]


def cells_of(coded: Coded, names: Sequence[str]) -> Cells:
    """Every combination of these columns that occurs, with all totals; a combination not listed has nobody."""
    places = columns_of(coded, names)
    sets = [each for k in range(1, len(places) + 1) for each in combinations(places, k)]
    found: Cells = {(): coded.codes.shape[1]}
    for columns, table in engine("codes")(coded, sets).items():
        codes = codes_of(table.keys, [coded.sizes[each] for each in columns])
        for combination, count in zip(codes.T.tolist(), table.counts.tolist(), strict=True):
            found[_named(coded, columns, combination)] = count
    return found


def _named(coded: Coded, columns: Set, codes: Sequence[int]) -> Selection:
    pairs = (
        (coded.columns[place].name, coded.columns[place].values[code - 1] if code else "")
        for place, code in zip(columns, codes, strict=True)
    )
    return tuple(sorted(pairs))


def lines_of(cells: Mapping[Selection, object]) -> list[Line]:
    """Every sum that holds among the cells, one for each total and each column it leaves open."""
    children: dict[tuple[Selection, str], list[Selection]] = {}
    for cell in cells:
        for pair in cell:
            total = tuple(each for each in cell if each != pair)
            if total in cells:
                children.setdefault((total, pair[0]), []).append(cell)
    return [Line(parent, tuple(own)) for (parent, _column), own in children.items()]


def rounded(cells: Cells, base: int) -> Cells:
    """Each count and each total by itself at the nearest multiple of `base`, halves upwards; zeros are left out."""
    if base < 3:
        raise Refusal(f"rounding to {base} hides nobody; give 3 or more (common: 10)")
    near = {cell: (count + base // 2) // base * base for cell, count in cells.items()}
    return {cell: count for cell, count in near.items() if count}


def count_of(coded: Coded, selection: Selection) -> int:
    """How many records a selection has, its values being values or parents of the codebook."""
    chosen = np.ones(coded.codes.shape[1], dtype=bool)
    for name, value in selection:
        place = columns_of(coded, [name])[0]
        chosen &= np.isin(coded.codes[place], _codes_named(coded.columns[place], value))
    return int(chosen.sum())


def _codes_named(column: Column, value: str) -> list[int]:
    if value == "":
        return [0]
    if value in column.values:
        return [column.values.index(value) + 1]
    if value in column.groups:
        return [code for code, parent in enumerate(column.parents, 1) if parent == column.groups.index(value)]
    return []
