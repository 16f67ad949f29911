"""Which cells of a table are hidden, so that no count below k can be told from what is shown.

A hidden small count must be possible as k or more for whoever adds and subtracts what is shown and knows that no
hidden cell is empty: the largest value it can have under all sums is found by linear programming (Fischetti, Salazar
2000, with whole numbers relaxed: exact for tables of two columns). Hidden cells of a line together count k or more, so
that a difference of two published counts is never a group smaller than k.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from havre.workbench.refusal import Refusal
from havre.workbench.threshold.tables import Cells, Line, Selection

MOST = 3_000  # hidden cells: more make a table that shows little, after long computing
TRIES = 12
Passed = Callable[[int, int], None]


def hidden(cells: Cells, lines: Sequence[Line], k: int, passed: Passed = lambda weak, all_: None) -> set[Selection]:
    """The cells not to be shown: those below k, and as many others as it takes to keep them so."""
    small = {cell for cell, count in cells.items() if 0 < count < k}
    if k < 2:
        raise Refusal(f"a threshold of {k} hides nobody; give 3 or more (common: 11)")
    if 0 < cells[()] < k:
        raise Refusal(f"the whole file has fewer than {k} records; nothing of it can be shown")
    chosen = set(small)
    around = _around(lines)
    _fill_lines(cells, lines, around, chosen, k)
    while weak := derivable(cells, lines, chosen, small, k):
        passed(len(weak), len(small))
        new: set[Selection] = set()
        for cell in weak:
            # What was hidden for a neighbour may do for this one too: the next round tells.
            if not any(other in new for line in around[cell] for other in (line.parent, *line.children)):
                new |= _beside(cells, around, chosen | new, cell)
        if not new:
            raise Refusal("a small count of this table follows from its totals whatever is hidden; take fewer columns")
        chosen |= new
        _fill_lines(cells, lines, around, chosen, k)
    return chosen


def _around(lines: Sequence[Line]) -> dict[Selection, list[Line]]:
    """The lines that each cell is in, as child or as total."""
    found: dict[Selection, list[Line]] = {}
    for line in lines:
        for cell in (line.parent, *line.children):
            found.setdefault(cell, []).append(line)
    return found


def _fill_lines(
    cells: Cells, lines: Sequence[Line], around: dict[Selection, list[Line]], chosen: set[Selection], k: int
) -> None:
    """Hides more until each line with hidden cells keeps them by itself."""
    waiting = list(lines)
    while waiting:
        line = waiting.pop()
        while not _keeps(cells, line, chosen, k):
            cell = _cheapest(cells, line, around, chosen)
            chosen.add(cell)
            waiting += around[cell]
        if len(chosen) > MOST:
            instead = "take fewer columns, a higher level (--up COLUMN) or --round 10"
            raise Refusal(f"more than {MOST:,} cells would be hidden; {instead}")


def _keeps(cells: Cells, line: Line, chosen: Collection[Selection], k: int) -> bool:
    """Whether the line by itself gives nothing away."""
    below = [cells[cell] for cell in line.children if cell in chosen]
    if line.parent in chosen:
        return bool(below)
    return not below or (len(below) > 1 and sum(below) >= k + len(below) - 1)


def _cheapest(
    cells: Cells, line: Line, around: dict[Selection, list[Line]], chosen: Collection[Selection]
) -> Selection:
    """The cell to hide next in a line: few people, in lines that hide something already; at last the total."""

    def cost(cell: Selection) -> tuple[int, int, Selection]:
        alone = sum(not any(each in chosen for each in other.children) for other in around[cell] if other is not line)
        return alone, cells[cell], cell

    shown = [cell for cell in line.children if cell not in chosen]
    return min(shown, key=cost, default=line.parent)


def _beside(
    cells: Cells, around: dict[Selection, list[Line]], chosen: Collection[Selection], cell: Selection
) -> set[Selection]:
    """One more cell to hide near one that can be told: in its lines, or those of their cells, and so on outwards."""
    near, seen = {cell}, {cell}
    while near:
        beside = {_cheapest(cells, line, around, chosen) for each in near for line in around[each]} - {*chosen, ()}
        if beside:
            return {min(beside, key=lambda each: (cells[each], each))}
        reached = {other for each in near for line in around[each] for other in (line.parent, *line.children)}
        near = reached - seen
        seen |= near
    return set()


def derivable(
    cells: Cells, lines: Sequence[Line], chosen: Collection[Selection], small: Collection[Selection], k: int
) -> list[Selection]:
    """The small cells that can be told to be below k from what is shown."""
    order = sorted(chosen)
    place = {cell: number for number, cell in enumerate(order)}
    highest = _highest(*_sums(cells, lines, place), np.array([cells[cell] for cell in order]), k)
    told = [place[cell] for cell in small if cell in place]
    return [order[number] for number in highest(told)]


def _sums(cells: Cells, lines: Sequence[Line], place: dict[Selection, int]) -> tuple[list[dict[int, int]], list[int]]:
    """The equations that the shown cells leave on the hidden ones: factors by place, and what they add up to."""
    factors, totals = [], []
    for line in lines:
        row = {place[cell]: 1 for cell in line.children if cell in place}
        if line.parent in place:
            row[place[line.parent]] = -1
        if row:
            known = sum(cells[cell] for cell in line.children if cell not in place)
            factors.append(row)
            totals.append((0 if line.parent in place else cells[line.parent]) - known)
    return factors, totals


def _highest(
    factors: Sequence[dict[int, int]], totals: Sequence[int], truth: NDArray[np.int64], k: int
) -> Callable[[list[int]], list[int]]:
    """Asks which of some hidden cells cannot reach k under the equations, each being one person or more."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    rows = [number for number, row in enumerate(factors) for _ in row]
    columns = [column for row in factors for column in row]
    values = [value for row in factors for value in row.values()]
    matrix = csr_array((values, (rows, columns)), shape=(len(factors), len(truth)))
    most = float(max(truth.sum(), k) + k) if len(truth) else 1.0

    def solve(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        found = linprog(-weights, A_eq=matrix, b_eq=totals, bounds=(1, most), method="highs")
        solution: NDArray[np.float64] = found.x if found.x is not None else truth.astype(float)
        return solution

    def which(asked: list[int]) -> list[int]:
        if not factors:
            return []
        return list(_left(asked, solve, len(truth), k))

    return which


def _left(
    asked: list[int], solve: Callable[[NDArray[np.float64]], NDArray[np.float64]], many: int, k: int
) -> Iterator[int]:
    """Many at once with chance weights, which settles most of them, then each that is left by itself."""
    random, open_ = np.random.default_rng(0), set(asked)
    for _ in range(TRIES):
        if not open_:
            return
        weights = np.zeros(many)
        places = np.array(sorted(open_))
        weights[places] = random.random(len(places)) ** 4
        solution = solve(weights)
        open_ -= {place for place in open_ if solution[place] >= k - 1e-6}
    for place in sorted(open_):
        weights = np.zeros(many)
        weights[place] = 1.0
        if solve(weights)[place] < k - 1e-6:
            yield place
