"""Invented lawful ways to work in some countries, by both agencies: no such permit, office or fee exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.timezone import localdate

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.site.countries import actions
from havre.site.demo.tables import table


def tell(users: Mapping[str, User]) -> None:
    """Each way by whoever keeps it."""
    for row in table("countries_ways"):
        with acting_as(users[row["by"]]):
            told = {name: row[name] for name in ("country", "title", "language", "how", "costs", "link", "source")}
            checked = localdate() - timedelta(days=int(row["checked"]))
            values = {**told, "origins": row["origins"].split(), "checked_on": checked, "visibility": int(row["seen"])}
            actions.save(None, values, by=users[row["by"]])
