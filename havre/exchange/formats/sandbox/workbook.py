"""Rows of a workbook: of the one sheet that holds names of the standard, and without working anything out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from havre.exchange.formats.sandbox.header import Row, find, strength
from havre.exchange.formats.sandbox.package import Package, broken_is_refused, events, local
from havre.exchange.formats.sandbox.refused import Refused
from havre.exchange.formats.sandbox.shown import Shown, Unshown, number, shown, unescaped

MOST_MERGED = 1001
RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
WIDEST = 16_384
Wrong = list[tuple[int, str]]  # columns from 0, and codes of what is wrong there


@dataclass
class Merged:
    """Cells that were made one: first and last row, first and last column (from 0)."""

    row: int
    last_row: int
    column: int
    last_column: int


class Workbook:
    """What the sheets of a workbook share, and its rows."""

    def __init__(self, file: bytes) -> None:
        self.package = Package(file)
        self.merged: list[Merged] = []  # of the sheet that was read to its end
        with broken_is_refused():
            (book,) = [name for kind, name in self.package.related("").values() if kind == "officeDocument"]
            related = self.package.related(book)
            tree = self.package.tree(book)
            self.sheets = dict(self._sheets(tree, related))
            since_1904 = any(
                each.get("date1904") in ("1", "true") for each in tree.iter() if local(each) == "workbookPr"
            )
            parts = {kind: name for kind, name in related.values() if name in self.package.names}
            self.styles = self._styles(parts["styles"], since_1904) if "styles" in parts else []
            self.strings = list(self._strings(parts["sharedStrings"])) if "sharedStrings" in parts else []

    def _sheets(self, tree: Element, related: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for each in tree.iter():
            if local(each) == "sheet":
                own = next(value for name, value in each.attrib.items() if name.endswith("}id"))
                kind, part = related[own]
                if kind == "worksheet":
                    yield each.get("name", ""), part

    def _styles(self, part: str, since_1904: bool) -> list[Shown]:
        patterns: dict[int, str] = {}
        codes: list[int] = []
        for each in self.package.tree(part):
            if local(each) == "numFmts":
                patterns = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in each}
            elif local(each) == "cellXfs":
                codes = [int(one.get("numFmtId", 0)) for one in each]
        return [shown(code, patterns.get(code, ""), since_1904) for code in codes]

    def _strings(self, part: str) -> Iterator[str]:
        with self.package.open(part) as file:
            root = None
            for event, element in events(file):
                if root is None:
                    root = element
                elif event == "end" and local(element) == "si":
                    yield _words(element)
                    root.clear()

    def header(self) -> tuple[str, Row]:
        """The sheet that holds the register, and its header; Refused where none does, or several do."""
        with broken_is_refused():
            found = {name: row for name, part in self.sheets.items() if (row := find(self._plain(part)))}
        best = [name for name, row in found.items() if strength(row) > 1] or list(found)
        if not best:
            raise Refused("no_sheet", sheets=_list(self.sheets))
        if len(best) > 1:
            raise Refused("sheets", sheets=_list(best))
        return best[0], found[best[0]]

    def _plain(self, part: str) -> Iterator[Row]:
        return ((row, cells) for row, cells, _wrong in self._rows(part))

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str], Wrong]]:
        """The rows of a sheet that hold something: number, cells, and which of them cannot be handed on."""
        with broken_is_refused():
            yield from self._rows(self.sheets[sheet])

    def _rows(self, part: str) -> Iterator[tuple[int, list[str], Wrong]]:
        self.merged, number, data = [], 0, None
        with self.package.open(part) as file:
            for event, element in events(file):
                name = local(element)
                if event == "start":
                    data = element if name == "sheetData" else data
                elif name == "row":
                    number = int(element.get("r", number + 1))
                    cells, wrong = self._cells(element)
                    if data is not None:
                        data.clear()
                    if wrong or any(cell.strip() for cell in cells):
                        yield number, cells, wrong
                elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
                    self.merged += _range(element.get("ref", ""))

    def _cells(self, row: Element) -> tuple[list[str], Wrong]:
        cells: list[str] = []
        wrong: Wrong = []
        for cell in row:
            place = _column(cell.get("r", "")) if "r" in cell.attrib else len(cells)
            if not len(cells) <= place < WIDEST:
                raise ValueError(place)
            cells += [""] * (place - len(cells))
            try:
                cells.append(self._text(cell))
            except Unshown as unshown:
                cells.append("")
                wrong.append((place, str(unshown)))
        return cells, wrong

    def _text(self, cell: Element) -> str:
        value, kind = "", cell.get("t", "n")
        for part in cell:
            name = local(part)
            if name == "f":
                raise Unshown("formula")
            if name == "v":
                value = part.text or ""
            elif name == "is":
                value = _words(part)
        if not value or kind in ("inlineStr",):
            return value
        return self._typed(kind, value, int(cell.get("s", 0)))

    def _typed(self, kind: str, value: str, style: int) -> str:
        if kind == "s":
            return self.strings[int(value)]
        if kind == "n":
            return (self.styles[style] if style < len(self.styles) else number)(value.strip())
        if kind == "b":
            return "true" if value.strip() in ("1", "true") else "false"
        if kind == "e":
            raise Unshown("error")
        return value.removesuffix("T00:00:00") if kind == "d" else unescaped(value)


def _words(element: Any) -> str:
    """The text of a cell, whatever its letters look like, without the readings that stand above them."""
    said = []
    for part in element:
        if (name := local(part)) == "t":
            said.append(part.text or "")
        elif name == "r":
            said += [run.text or "" for run in part if local(run) == "t"]
    return unescaped("".join(said))


def _column(reference: str) -> int:
    """The column of a cell, from 0."""
    column = 0
    for letter in reference.rstrip("0123456789"):
        column = column * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    return column - 1


def _range(reference: str) -> list[Merged]:
    found = RANGE.fullmatch(reference)
    if found is None:
        return []
    return [Merged(int(found[2]), int(found[4]), _column(found[1]), _column(found[3]))]


def _list(names: Any) -> str:
    """Names of sheets, some of them and none too long."""
    some = [name[:40] for name in list(names)[:6]]
    return ", ".join(some) + (", …" if len(names) > len(some) else "")
