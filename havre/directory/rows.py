"""Which rows of the directory are not simply kept (`havre.platform.keeping.rows`): secret places, and suggestions."""

from __future__ import annotations

from havre.platform.database.rows import Where
from havre.platform.keeping.rows import HOUSE

PLACES = "owner_id = (select havre.keeps_places())"


def place_rows() -> Where:
    """Rows of a confidential place: for the roles of its keeper that must know where it is."""
    return Where(writes=("insert", "update", "delete"), select=PLACES, insert=PLACES, update=PLACES, delete=PLACES)


def suggestion_rows() -> Where:
    """Read by whoever keeps the card and by the agency that suggests; made in one's own name for a card one reads."""
    card = "select 1 from directory_organisation o where o.id = organisation_id"
    card += " and o.owner_id = directory_suggestion.owner_id"
    return Where(
        writes=("insert",),
        select=f"owner_id = {HOUSE} or agency_id = {HOUSE}",
        insert=f"user_id = (select havre.actor()) and agency_id = {HOUSE} and exists ({card})",
    )
