"""The cards of the two agencies of the demonstration, and a few cards that are there twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from havre.directory.models import Location, Organisation
from havre.platform.accounts.models import User
from havre.platform.keeping.rows import Visibility
from havre.site.demo.directory import lists
from havre.site.demo.directory.bodies import hide
from havre.site.demo.directory.card import Card, Cards, opened
from havre.site.demo.directory.services import offer
from havre.site.demo.tables import Row, table


def own_cards(keepers: Mapping[str, User], today: date) -> list[Cards]:
    """The card of each agency, linked to its tenant: it vets nobody, itself least."""
    return [_own(keepers[row["agency"]], row, today) for row in table("directory/own")]


def _own(keeper: User, row: Row, today: date) -> Cards:
    spoken = lists.codes(row["spoken"])
    cards = _cards("FR", keeper, today, spoken)
    town = next(each for each in cards.country.towns if each["name"] == row["town"])
    values: dict[str, Any] = {name: row[name] for name in ("name", "description", "email", "website", "org_category")}
    values |= {"nrm_role": lists.codes(row["nrm_role"]), "countries": ["FR"], "tenant": keeper.agency}
    values |= {"visibility": int(Visibility.PUBLIC), "vetting_status": "unvetted", **cards.checked()}
    card = Card(cards, cards.put(Organisation, **values))
    card.phone(row["phone"], spoken, reachable_from_abroad=True, channels=["voice", "sms", "signal"])
    place = card.put(Location, country="FR", region=town["region"], address_confidential=True, **cards.checked())
    cards.rows.append(hide(card, place, town, row["street"]))
    body = next(each for each in table("directory/bodies") if each["body"] == row["body"])
    whom = {name: row[name] for name in ("populations", "minimum_age")}
    for key in lists.codes(row["services"]):
        offer(card, key, {**body, **whom}, place, town)
    return cards


def twins(keepers: Mapping[str, User], today: date) -> list[Cards]:
    """Cards that somebody wrote down once more, as it happens: another spelling, the same number, the same site."""
    made: list[Cards] = []
    for row in table("directory/twins"):
        cards = _cards(row["country"], keepers[row["keeper"]], today)
        names = ("name", "alternate_name", "description", "website", "org_category")
        values: dict[str, Any] = {name: row[name] for name in names}
        values |= {"countries": [row["country"]], "visibility": opened(row["visibility"])}
        card = Card(cards, cards.put(Organisation, **values))
        if row["phone"]:
            card.phone(row["phone"], [cards.country.language])
        made.append(cards)
    return made


def _cards(code: str, keeper: User, today: date, spoken: Sequence[str] = ()) -> Cards:
    country = next(each for each in lists.countries() if each.code == code)
    return Cards(country, keeper.agency, today, f"own {keeper.login}", list(spoken))
