"""People who do not exist: a name in their script, an age, a country, what they went through, who looks after them.

Each is drawn from the seed and their number alone, so that a larger register begins with the same people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from havre.kernel.references import ALPHABET, LENGTH
from havre.site.demo import journey
from havre.site.demo.tables import Row, drawn, happens, table

SEED = "havre"
FAMILY_FIRST = {"CN", "VN", "KH"}
JOINED = {"CN"}
HOME = "FR"
MINE = "amina"
# Beside those of desk.csv: with them Amina looks after 23 people, as on the picture of the first page.
CASELOAD = ("S0", "S5", "S5", *["S6"] * 5, "S7", "S9", "S10", "S11", "S12", "S12", *["S13"] * 6)


@dataclass
class Invented:
    """One person and the frame of their story."""

    rng: Random
    worker: str
    origin: Row
    who: str
    age: int
    story: str
    state: str
    given: str
    family: str
    person_reference: str
    case_reference: str
    desk: Row | None = None
    refused: bool = False
    imported: bool = False
    restricted: bool = False
    stages: list[tuple[str, date]] = field(default_factory=list)  # each state and the day it was entered

    @property
    def opened(self) -> date:
        """The day of first contact."""
        return self.stages[0][1]

    @property
    def path(self) -> list[str]:
        """The states the file went through."""
        return [state for state, _day in self.stages]

    @property
    def is_child(self) -> bool:
        """Under eighteen."""
        return self.age < 18

    @property
    def full(self) -> str:
        """The whole name, in the order of its language."""
        parts = [self.family, self.given] if self.origin["country"] in FAMILY_FIRST else [self.given, self.family]
        if self.desk:
            parts = [self.given, self.family]
        return ("" if self.origin["country"] in JOINED else " ").join(filter(None, parts))

    def on(self, state: str) -> date | None:
        """The day a state was entered; nothing when the file never stood there."""
        return next((day for each, day in self.stages if each == state), None)


def invent(number: int, today: date) -> list[Invented]:
    """That many people; the first ones are Amina's."""
    return [one(index, today) for index in range(number)]


def _reference(rng: Random) -> str:
    letters = "".join(rng.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:3]}-{letters[3:]}"


def one(index: int, today: date) -> Invented:
    """The person of that number."""
    rng = Random(f"{SEED}|{index}")  # noqa: S311 - the same register each time is the point
    desk = table("desk")
    known = desk[index] if index < len(desk) else None
    mine = index < len(desk) + len(CASELOAD)
    fixed = known["state"] if known else CASELOAD[index - len(desk)] if mine else ""
    origin = _origin(rng, known["country"] if known else "")
    state = fixed or drawn("state", rng)
    who = known["gender"] if known else drawn("who", rng)
    person = Invented(
        rng=rng,
        worker=MINE if mine else drawn("worker", rng),
        origin=origin,
        who=who,
        age=int(known["age"]) if known else rng.randint(13, 17) if who in ("girl", "boy") else rng.randint(18, 52),
        story=known["story"] if known else drawn("story", rng),
        state=state,
        given=known["given"]
        if known
        else rng.choice(origin["feminine" if who in ("woman", "girl") else "masculine"].split(" ")),
        family=known["family"] if known else rng.choice(origin["family"].split(" ")),
        person_reference=_reference(rng),
        case_reference=known["reference"] if known else _reference(rng),
        desk=known,
    )
    if not mine:
        _mark(person)
        if not person.imported and person.worker in ("gita", "chloe") and person.state in journey.RETURN[:3]:
            person.worker = "rita"  # who prepares journeys in Lyon
    person.stages = journey.stages(person, today)
    return person


def _origin(rng: Random, country: str) -> Row:
    rows = table("names")
    if country:
        return next(row for row in rows if row["country"] == country)
    return rng.choices(rows, [float(row["share"]) for row in rows])[0]


def _mark(person: Invented) -> None:
    """What befalls some: a refusal, a file from another office, a file for one pair of eyes."""
    rng = person.rng
    if person.story == "free" and person.state not in ("S0", "S1", "S2", "S3", "S4"):
        person.state = "S13"  # not a victim of trafficking: the file is closed once other help is found
    if happens("imported", rng):
        person.imported = True
    elif person.state in ("S2", "S13") and person.story != "free" and happens("refused", rng):
        person.refused = True
    person.restricted = not person.imported and happens("restricted", rng)


def born(person: Invented, today: date) -> date:
    """A day of birth that gives them their age."""
    return today - timedelta(days=person.age * 365 + person.age // 4 + person.rng.randint(5, 350))
