"""Who reads a card: everybody, whoever works here, vetted agencies, or its keeper alone. Only its keeper writes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from havre.platform.database.rows import Rows, Where

REACH = "(select havre.directory_reach())"
HOUSE = "(select havre.agency())"
PLACES = "owner_id = (select havre.keeps_places())"


class Visibility(IntEnum):
    """How far a card goes, from the most open: stored as it stands, compared by the policies."""

    PUBLIC = 0
    PARTNERS = 1
    VETTED = 2
    OWNER_ONLY = 3


@dataclass(frozen=True)
class CardRows(Rows):
    """Rows of a card: read as far as its visibility goes, without an account too; written by its keeper alone."""

    writes: tuple[str, ...] = ("insert", "update", "delete")

    def condition(self, table: str, verb: str) -> str:
        mine = f"{table}.owner_id = {HOUSE}"
        return f"{table}.visibility <= {REACH} or {mine}" if verb == "select" else mine

    def sql(self, table: str) -> list[str]:
        """As for any table, without the floor: what is public is read without an account."""
        return [each for each in super().sql(table) if not each.startswith("create policy floor")]


def place_rows() -> Where:
    """Rows of a confidential place: for the roles of its keeper that must know where it is."""
    return Where(writes=("insert", "update", "delete"), select=PLACES, insert=PLACES, update=PLACES, delete=PLACES)


def house_rows(*writes: str) -> Where:
    """Rows that the keeper of a card alone reads and writes."""
    mine = f"owner_id = {HOUSE}"
    return Where(writes=writes, select=mine, insert=mine, update=mine, delete=mine)


def suggestion_rows() -> Where:
    """Read by whoever keeps the card and by the agency that suggests; made in one's own name for a card one reads."""
    card = "select 1 from directory_organisation o where o.id = organisation_id"
    card += " and o.owner_id = directory_suggestion.owner_id"
    return Where(
        writes=("insert",),
        select=f"owner_id = {HOUSE} or agency_id = {HOUSE}",
        insert=f"user_id = (select havre.actor()) and agency_id = {HOUSE} and exists ({card})",
    )
