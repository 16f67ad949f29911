"""Tables as files, and what a new one would give away beside those that are public already."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from havre.workbench import text
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal, refuse
from havre.workbench.threshold.suppression import derivable
from havre.workbench.threshold.tables import Cells, Line, Selection, count_of, lines_of

HEADER = ("selection", "count", "status")
SHOWN, HIDDEN, ROUNDED = "published", "not published", "rounded"


@dataclass(frozen=True)
class Released:
    """A table that is public: its counts, and the selections it hides."""

    path: Path
    shown: Cells
    hidden: frozenset[Selection]
    rounded: bool


def rows(cells: Cells, hidden: Collection[Selection], status: str = SHOWN) -> Iterator[tuple[str, str, str]]:
    """The lines of a table's file: what is selected (`column=value;column=value`), how many, and if it is shown."""
    for cell in sorted(cells, key=lambda each: (len(each), [name for name, _value in each], each)):
        selection = ";".join(f"{name}={value}" for name, value in cell)
        yield (selection, "", HIDDEN) if cell in hidden else (selection, str(cells[cell]), status)


def write(path: Path, cells: Cells, hidden: Collection[Selection], status: str = SHOWN) -> None:
    """The file of a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows(cells, hidden, status))


def read(path: Path) -> Released:
    """A table that `write` wrote; Refusal names the line that is not of one."""
    reading = text.rows(path)
    line, header = next(reading)
    if tuple(header) != HEADER:
        raise refuse(
            path, line, f"a released table has the columns {', '.join(HEADER)}; give the table.csv of a release"
        )
    shown: Cells = {}
    hidden, ways = set(), set()
    for line, cells in reading:
        try:
            selection, count, status = cells
            pairs = (pair.split("=", 1) for pair in selection.split(";") if pair)
            cell = tuple(sorted((name, value) for name, value in pairs))
            ways.add(status)
            if status == HIDDEN:
                hidden.add(cell)
            else:
                shown[cell] = int(count)
        except ValueError:
            raise refuse(path, line, "this is no line of a released table; fetch the file again") from None
    return Released(path, shown, frozenset(hidden), ROUNDED in ways)


def check(coded: Coded, cells: Cells, hidden: Collection[Selection], released: Sequence[Released], k: int) -> None:
    """Refuses a table that, beside those released, shows a difference or a hidden count of fewer than k people.

    Two counts of the same selection that differ by fewer than k show those who came or went. Otherwise all tables are
    put together, every selection that any of them shows being known, and no small count may follow.
    """
    for table in released:
        if table.rounded:
            raise refuse(
                table.path, 0, "this table is rounded; a cohort's tables are all rounded or all with hidden cells"
            )
        for cell, count in table.shown.items():
            if cell in cells and cell not in hidden and 0 < abs(cells[cell] - count) < k:
                said = ";".join(map("=".join, cell)) or "everybody"
                raise refuse(
                    table.path, 0, f"the new count of {said} differs by fewer than {k}; publish when it differs by more"
                )
    _check_together(coded, cells, hidden, released, k)


def check_rounded(released: Sequence[Released]) -> None:
    """Refuses to round beside tables with hidden cells: a rounded count would tell about how many are hidden there."""
    for table in released:
        if not table.rounded:
            raise refuse(
                table.path, 0, "this table hides cells; a cohort's tables are all rounded or all so: leave --round"
            )


def _check_together(
    coded: Coded, cells: Cells, hidden: Collection[Selection], released: Sequence[Released], k: int
) -> None:
    together = dict(cells)
    kept = set(hidden)
    for table in released:
        together |= {cell: count_of(coded, cell) for cell in (*table.shown, *table.hidden) if cell not in together}
        kept |= table.hidden
    kept -= {cell for cell in cells if cell not in hidden}.union(*(table.shown for table in released))
    small = {cell for cell in {*hidden}.union(*(table.hidden for table in released)) if 0 < together[cell] < k}
    open_now = sorted(small - kept)
    told = open_now or derivable(together, list(_sums(coded, together)), kept, small, k)
    if told:
        columns = ", ".join(dict.fromkeys(name for cell in told for name, _value in cell))
        others = ", ".join(str(table.path) for table in released)
        raise Refusal(
            f"beside {others} this table would show {len(told)} counts below {k} (columns {columns});"
            " leave out a column that both have, or do not publish it"
        )


def _sums(coded: Coded, cells: Cells) -> Iterator[Line]:
    """What adds up among cells of several tables: values to their total, at either level, and values to their parent.

    A table may lack combinations that another has; only sums that hold are taken.
    """
    columns = {column.name: column for column in coded.columns}
    for line in lines_of(cells):
        ((name, _value),) = set(line.children[0]) - set(line.parent)
        above = dict(_above(columns[name]))
        groups = set(above.values())
        of = {child: dict(child)[name] for child in line.children}
        yield from _holding(cells, line.parent, [child for child in of if of[child] not in groups])
        yield from _holding(cells, line.parent, [child for child in of if of[child] not in above])
    for cell in cells:
        for name, value in cell:
            below = [leaf for leaf, group in _above(columns[name]) if group == value]
            same = [tuple((n, leaf if n == name else v) for n, v in cell) for leaf in below]
            yield from _holding(cells, cell, [child for child in same if child in cells])


def _above(column: Column) -> Iterator[tuple[str, str]]:
    """The values of a column that have a parent, with it."""
    for value, parent in zip(column.values, column.parents, strict=True):
        if parent >= 0:
            yield value, column.groups[parent]


def _holding(cells: Cells, parent: Selection, children: Sequence[Selection]) -> Iterator[Line]:
    if children and sum(cells[child] for child in children) == cells[parent]:
        yield Line(parent, tuple(children))
