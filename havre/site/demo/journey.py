"""The way of a file through its states, told backwards from today, so that the register never grows old."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from havre.site.demo.people import Invented

FIRST = ["S0", "S1", "S2", "S3", "S4", "S5", "S6"]
RETURN = ["S7", "S8", "S9", "S10"]
# Days from one state to the next, and days a file has stood where it stands now.
GAPS = {
    "S1": (0, 0), "S2": (0, 3), "S3": (0, 5), "S4": (1, 18), "S5": (1, 14), "S6": (3, 20), "S7": (40, 160),
    "S8": (5, 40), "S9": (10, 40), "S10": (1, 2), "S11": (2, 9), "S12": (90, 260), "S13": (3, 20),
}  # fmt: skip
AFTER_HELP = (90, 280)  # from assistance on to reintegration, follow-up or closing
STAYS = {
    "S0": (0, 3), "S1": (0, 5), "S2": (1, 9), "S3": (1, 18), "S4": (1, 12), "S5": (1, 20), "S6": (12, 190),
    "S7": (3, 28), "S8": (3, 28), "S9": (0, 2), "S10": (0, 5), "S11": (12, 180), "S12": (10, 380), "S13": (6, 640),
}  # fmt: skip
AT_HOME = "FR"


def stages(person: Invented, today: date) -> list[tuple[str, date]]:
    """Each state of the file with the day it was entered, the first contact first."""
    rng = person.rng
    way = [person.state] if person.imported else _way(person)
    stay = int(person.desk["days"]) if person.desk else rng.randint(*STAYS[person.state])
    day = today - timedelta(days=stay)
    back = [(way[-1], day)]
    for earlier, state in zip(reversed(way[:-1]), reversed(way), strict=False):
        day -= timedelta(days=rng.randint(*_gap(earlier, state)))
        back.append((earlier, day))
    return back[::-1]


def _gap(earlier: str, state: str) -> tuple[int, int]:
    if earlier in ("S6", "S11", "S12") and state in ("S11", "S12", "S13"):
        return AFTER_HELP
    return GAPS[state]


def _way(person: Invented) -> list[str]:
    state, rng = person.state, person.rng
    if state in FIRST:
        return FIRST[: FIRST.index(state) + 1]
    if state in RETURN:
        return FIRST + RETURN[: RETURN.index(state) + 1]
    if state == "S11":
        return [*_helped(person), "S11"]
    if state == "S12":
        return _rebuilt(person)
    return [*_closed_from(person, rng), "S13"]


def _helped(person: Invented) -> list[str]:
    """Assistance, then the way home for some who came from elsewhere; for a child after a panel's decision, rarely."""
    abroad = person.origin["country"] != AT_HOME
    share = 0.15 if person.is_child else 0.35
    return FIRST + (RETURN if abroad and person.rng.random() < share else [])


def _rebuilt(person: Invented) -> list[str]:
    """Up to follow-up: through reintegration for whoever went home, and for most who stayed."""
    helped = _helped(person)
    through = helped[-1] in RETURN or person.rng.random() < 0.6
    return [*helped, *(["S11"] if through else []), "S12"]


def _closed_from(person: Invented, rng: Random) -> list[str]:
    if person.refused:
        return FIRST[:3]
    if person.story == "free":
        return FIRST[:5]
    way = rng.choices(["follow_up", "assistance", "before"], [60, 30, 10])[0]
    if way == "before":
        return FIRST[: rng.randint(3, 5)]
    return FIRST if way == "assistance" else _rebuilt(person)
