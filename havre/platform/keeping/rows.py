"""Rows that one agency keeps: others read them as far as `visibility` goes, nobody else writes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from havre.platform.database.rows import Rows, Where

REACH = "(select havre.directory_reach())"
HOUSE = "(select havre.agency())"


class Visibility(IntEnum):
    """How far a row goes, from the most open: stored as it stands, compared by the policies."""

    PUBLIC = 0
    PARTNERS = 1  # whoever works in this installation
    VETTED = 2
    OWNER_ONLY = 3


@dataclass(frozen=True)
class KeptRows(Rows):
    """Read as far as `visibility` goes, without an account too; written by the agency in `owner_id` alone."""

    writes: tuple[str, ...] = ("insert", "update", "delete")

    def condition(self, table: str, verb: str) -> str:
        mine = f"{table}.owner_id = {HOUSE}"
        return f"{table}.visibility <= {REACH} or {mine}" if verb == "select" else mine

    def sql(self, table: str) -> list[str]:
        """As for any table, without the floor: what is public is read without an account."""
        return [each for each in super().sql(table) if not each.startswith("create policy floor")]


def house_rows(*writes: str) -> Where:
    """Rows that the agency in `owner_id` alone reads and writes."""
    mine = f"owner_id = {HOUSE}"
    return Where(writes=writes, select=mine, insert=mine, update=mine, delete=mine)
