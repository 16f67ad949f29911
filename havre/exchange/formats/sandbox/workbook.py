"""A workbook that holds a register: which of its sheets that is, and where its header stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from havre.exchange.formats.sandbox.header import Row, find, strength
from havre.platform.sandbox.refused import Refused
from havre.platform.sandbox.sheet import workbook
from havre.platform.sandbox.sheet.package import broken_is_refused


class Workbook(workbook.Workbook):
    """A workbook with a register in it."""

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


def _list(names: Collection[str]) -> str:
    """Names of sheets, some of them and none too long."""
    some = [name[:40] for name in list(names)[:6]]
    return ", ".join(some) + (", …" if len(names) > len(some) else "")
