"""Where the header of a table stands: offices put a title, a logo or a line of explanations above it."""

from __future__ import annotations

from collections.abc import Iterable

from havre.exchange.formats.fields import belongs

LOOKED_AT = 20  # rows that hold something
MOST_COLUMNS = 1000
Row = tuple[int, list[str]]


def find(rows: Iterable[Row]) -> Row | None:
    """Of the first rows the one with most names of the standard; nothing where none has any."""
    best: Row | None = None
    for _count, row in zip(range(LOOKED_AT), rows, strict=False):
        if strength(row) > (strength(best) if best else 0):
            best = row
    return best


def strength(row: Row) -> int:
    """How many names of the standard a row holds."""
    return sum(belongs(cell) for cell in row[1][:MOST_COLUMNS])


def trimmed(cells: list[str], width: int = 0) -> list[str]:
    """The cells without blank ones at their end, `width` of them at least."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
