"""A codebook: the public list of every value a column can have, written before anybody looks at the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from havre.workbench.records import MOST, Column, Zero
from havre.workbench.refusal import all_of, refuse
from havre.workbench.text import finer_than_a_year, rows

NEEDED = ("column", "value")
KNOWN = (*NEEDED, "parent", "label_en", "label_fr")


@dataclass(frozen=True)
class Codebook:
    """What is public of a file: its columns, the parent of each value and group, labels, remarks, structural zeros."""

    columns: tuple[Column, ...]
    above: Mapping[tuple[str, str], str]
    labels: Mapping[tuple[str, str], tuple[str, str]]
    notes: tuple[str, ...] = ()
    zeros: tuple[Zero, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the codebook's order."""
        return tuple(column.name for column in self.columns)

    def with_parents(self) -> Codebook:
        """The same with every parent of any level as a value too, to read records in which some are shown so."""
        wide = ((each.name, (*each.values, *self._higher(each))) for each in self.columns)
        return Codebook(tuple(Column(name, values, (-1,) * len(values), ()) for name, values in wide), {}, self.labels)

    def _higher(self, column: Column) -> tuple[str, ...]:
        """The parents of a column's values, their parents, and so on."""
        found = dict.fromkeys(column.groups)
        waiting = list(column.groups)
        while waiting:
            over = self.above.get((column.name, waiting.pop()))
            if over is not None and over not in found:
                found[over] = None
                waiting.append(over)
        return tuple(found)

    def label(self, column: str, value: str, language: str) -> str:
        """The words for a value, in English where the language has none, and the value itself without either."""
        english, french = self.labels.get((column, value), ("", ""))
        return (french if language == "fr" else "") or english or value


@dataclass
class _Sheet:
    """The rows of one codebook while it is read, and what is wrong with them."""

    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    above: dict[tuple[str, str], str] = field(default_factory=dict)
    labels: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def of(self, column: str) -> list[str]:
        """The values of a column, in the order of the file."""
        return [value for name, value in self.lines if name == column]


def read(path: Path) -> Codebook:
    """The codebook of a CSV file with `column,value` and, if wanted, `parent,label_en,label_fr`.

    Refusal names every fault with its line. A row with an empty value is set aside with a note: an empty cell means
    "not recorded", which every column has without being told.
    """
    sheet = _Sheet()
    reading = rows(path)
    header = _header(path, *next(reading))
    for line, cells in reading:
        if len(cells) != len(header):
            sheet.faults.append((line, f"{len(cells)} cells where the header has {len(header)}; quote commas"))
        else:
            _take(sheet, line, dict(zip(header, cells, strict=True)))
    if not sheet.lines and not sheet.faults:
        raise refuse(path, 0, "no value is listed; write a row for each value of each column")
    sheet.faults += _circles(sheet)
    columns = () if sheet.faults else tuple(_columns(sheet))
    sheet.faults += [
        (0, f"column {each.name} has more than {MOST:,} values; group them") for each in _too_long(columns)
    ]
    if sheet.faults:
        raise all_of(path, sorted(sheet.faults))
    return Codebook(columns, sheet.above, sheet.labels, tuple(f"{path}:{line}: {said}" for line, said in sheet.notes))


def _header(path: Path, line: int, cells: list[str]) -> list[str]:
    """The names of the first row, when all are known, none twice, and the two that are needed among them."""
    faults = [
        (line, f"column {name!r} stands twice in the header") for name in dict.fromkeys(cells) if cells.count(name) > 1
    ]
    unknown = [name for name in dict.fromkeys(cells) if name not in KNOWN]
    faults += [(line, f"unknown column {name!r} in the header; a codebook has {', '.join(KNOWN)}") for name in unknown]
    faults += [(line, f"no column {name!r} in the header") for name in NEEDED if name not in cells]
    if faults:
        raise all_of(path, faults)
    return cells


def _take(sheet: _Sheet, line: int, row: Mapping[str, str]) -> None:
    key = row["column"], row["value"]
    said = list(_wrong(*key, row.get("parent", "")))
    if key in sheet.lines:
        said.append(f"{key[1]!r} stands twice for {key[0]!r} (first on line {sheet.lines[key]}); keep one")
    sheet.faults += [(line, each) for each in said]
    if not key[0] or said:
        return
    if not key[1]:
        sheet.notes.append((line, "a row without a value is left out: an empty cell is 'not recorded' in any column"))
        return
    sheet.lines[key] = line
    sheet.labels[key] = row.get("label_en", ""), row.get("label_fr", "")
    if row.get("parent"):
        sheet.above[key] = row["parent"]


def _wrong(column: str, value: str, parent: str) -> Iterator[str]:
    """What is wrong with a row by itself."""
    if not column:
        yield "a row names no column"
    for text in (column, value, parent):
        if ";" in text or not text.isprintable() or len(text) > 200:
            yield f"{text[:40]!r} holds a semicolon or a control character, or is longer than 200; write it otherwise"
        elif text[:1] in ("=", "@"):
            yield f"{text[:40]!r} begins like a formula; write it otherwise"
    if "=" in column:
        yield f"the column name {column[:40]!r} holds '='; write it otherwise"
    if finer_than_a_year(value):
        yield f"{value!r} is a date finer than a year; list years"


def _circles(sheet: _Sheet) -> list[tuple[int, str]]:
    """Values that are reached again from their own parents."""
    found = []
    for (column, value), line in sheet.lines.items():
        seen, now = {value}, sheet.above.get((column, value))
        while now is not None and now not in seen:
            seen.add(now)
            now = sheet.above.get((column, now))
        if now == value:
            found.append((line, f"{value!r} is among its own parents in {column!r}; break the circle"))
    return found


def _columns(sheet: _Sheet) -> Iterator[Column]:
    """A value that is nobody's parent is a leaf; its parent is a group, whether the file lists it or not."""
    for name in dict.fromkeys(column for column, _value in sheet.lines):
        values = sheet.of(name)
        inner = {parent for (column, _value), parent in sheet.above.items() if column == name}
        leaves = [value for value in values if value not in inner]
        parents = [sheet.above.get((name, value)) for value in leaves]
        groups = list(dict.fromkeys(parent for parent in parents if parent is not None))
        index = {group: number for number, group in enumerate(groups)}
        yield Column(name, tuple(leaves), tuple(index.get(each or "", -1) for each in parents), tuple(groups))


def _too_long(columns: tuple[Column, ...]) -> list[Column]:
    return [column for column in columns if len(column.values) > MOST]
