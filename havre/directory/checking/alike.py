"""Cards that may be of the same organisation (SPEC 12): same name and a common country, same number, same website."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import connection

from havre.directory.folding import WORD, fold

HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?(?:www\.)?([^/:?#\[\]@]+)")
MOST = 12  # a number or a website that more cards have tells nothing about any two of them
HOSTS = frozenset(
    {"facebook.com", "instagram.com", "twitter.com", "x.com", "linkedin.com", "youtube.com", "wordpress.com"}
    | {"blogspot.com", "sites.google.com", "linktr.ee", "wixsite.com", "wa.me", "t.me"}
)
CARDS = "select id, owner_id, name, countries, website from directory_organisation"
NUMBERS = "select distinct organisation_id, e164 from directory_phone where e164 <> ''"
DECIDED = "select first_id, second_id from directory_duplicate where owner_id = %s"
Key = tuple[UUID, UUID]


@dataclass
class Pair:
    """Two cards, and why they look alike: name, phone, website."""

    first: UUID
    second: UUID
    why: set[str] = field(default_factory=set)


def pairs(house: UUID) -> list[Pair]:
    """The pairs with a card of this agency that it has not decided on, those with most signs first."""
    cards = _read(CARDS)
    owners = {row[0]: row[1] for row in cards}
    found: dict[Key, Pair] = {}
    for why, group in _groups(cards):
        if any(owners[each] == house for each in group):
            for first, second in combinations(sorted(group), 2):
                if house in (owners[first], owners[second]):
                    found.setdefault((first, second), Pair(first, second)).why.add(why)
    for first, second in _read(DECIDED, house):
        found.pop((first, second), None)
    return sorted(found.values(), key=lambda each: (-len(each.why), each.first, each.second))


def _groups(cards: list[Any]) -> Iterator[tuple[str, set[UUID]]]:
    known = {row[0] for row in cards}
    names = ((name and f"{name} {land}", row[0]) for row in cards for name in [named(row[2])] for land in row[3])
    yield from (("name", each) for each in _same(names))
    yield from (("phone", each & known) for each in _same((row[1], row[0]) for row in _read(NUMBERS)))
    yield from (("website", each) for each in _same((domain(row[4]), row[0]) for row in cards))


def _same(keys: Iterable[tuple[str, UUID]]) -> list[set[UUID]]:
    groups: dict[str, set[UUID]] = defaultdict(set)
    for key, card in keys:
        if key:
            groups[key].add(card)
    return [each for each in groups.values() if 1 < len(each) <= MOST]


def named(name: str) -> str:
    """A name as it is compared: its words without accents, capitals and signs."""
    return " ".join(WORD.findall(fold(name)))


def domain(website: str) -> str:
    """The host of a website, without www; nothing for one where everybody may have a page."""
    found = HOST.match(website.strip().lower())
    host = found[1].strip(".") if found else ""
    return "" if "." not in host or host in HOSTS or any(host.endswith(f".{each}") for each in HOSTS) else host


def _read(question: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()
