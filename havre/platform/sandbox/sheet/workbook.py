"""Rows of a workbook, without working anything out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from havre.platform.sandbox.sheet.package import Package, broken_is_refused, local
from havre.platform.sandbox.sheet.shown import Shown, shown
from havre.platform.sandbox.sheet.stream import Sheet, Strings, Wrong, column

MOST_MERGED = 1001
RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@dataclass
class Merged:
    """Cells that were made one: first and last row, first and last column (from 0)."""

    row: int
    last_row: int
    column: int
    last_column: int


class Workbook:
    """What the sheets of a workbook share, and its rows."""

    archive: type[Package] = Package

    def __init__(self, file: bytes) -> None:
        self.package = self.archive(file)
        self.merged: list[Merged] = []  # of the sheet that was read to its end
        with broken_is_refused():
            (book,) = [name for kind, name in self.package.related("").values() if kind == "officeDocument"]
            related = self.package.related(book)
            tree = self.package.tree(book)
            self.sheets = dict(_sheets(tree, related))
            settings = [each.get("date1904") for each in tree.iter() if local(each) == "workbookPr"]
            parts = {kind: name for kind, name in related.values() if name in self.package.names}
            since_1904 = settings[:1] in (["1"], ["true"])
            self.styles = self._styles(parts["styles"], since_1904) if "styles" in parts else []
            self.strings = self._strings(parts["sharedStrings"]) if "sharedStrings" in parts else []

    def _styles(self, part: str, since_1904: bool) -> list[Shown]:
        patterns: dict[int, str] = {}
        codes: list[int] = []
        for each in self.package.tree(part):
            if local(each) == "numFmts":
                patterns = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in each}
            elif local(each) == "cellXfs":
                codes = [int(one.get("numFmtId", 0)) for one in each]
        return [shown(code, patterns.get(code, ""), since_1904) for code in codes]

    def _strings(self, part: str) -> list[str]:
        with self.package.open(part) as file:
            return list(Strings().read(file))

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str], Wrong]]:
        """The rows of a sheet that hold something: number, cells, and which of them cannot be handed on."""
        with broken_is_refused():
            yield from self._rows(self.sheets[sheet])

    def _rows(self, part: str) -> Iterator[tuple[int, list[str], Wrong]]:
        sheet = Sheet(self.strings, self.styles, MOST_MERGED)
        with self.package.open(part) as file:
            yield from sheet.read(file)
        self.merged = [each for reference in sheet.merged for each in _range(reference)]


def _sheets(tree: Element, related: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Names and parts of the sheets that hold cells."""
    for each in tree.iter():
        if local(each) == "sheet":
            own = next(value for name, value in each.attrib.items() if name.endswith("}id"))
            kind, part = related[own]
            if kind == "worksheet":
                yield each.get("name", ""), part


def _range(reference: str) -> list[Merged]:
    found = RANGE.fullmatch(reference)
    return [Merged(int(found[2]), int(found[4]), column(found[1]), column(found[3]))] if found else []
