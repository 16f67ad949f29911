"""One organisation's card with all that hangs on it, collected for many and written at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from anyascii import anyascii
from django.db import models
from django.utils.text import slugify

from havre.directory.models import Language, Organisation, Phone
from havre.platform.accounts.models import Agency
from havre.platform.keeping.rows import Visibility
from havre.site.demo.directory.lists import Country, words
from havre.site.demo.people import SEED

M = TypeVar("M", bound=models.Model)
CHECK = timedelta(days=180)
METHODS = ("call", "call", "call", "email", "email", "visit", "web", "partner_report")


@dataclass
class Cards:
    """The rows of one country, all of one keeper."""

    country: Country
    owner: Agency
    today: date
    part: str = ""  # of the country, where its cards are written in several goes
    spoken: list[str] = field(default_factory=list)  # there; of the country unless told
    rng: Random = field(init=False)
    rows: list[models.Model] = field(default_factory=list)
    numbers: int = 0
    people: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(f"{SEED}|directory|{self.country.code}{self.part}")  # noqa: S311 - the same directory each time
        self.spoken = self.spoken or self.country.spoken
        self.numbers = self.rng.randint(10, 60) + 500 * bool(self.part)

    def put(self, model: type[M], **values: Any) -> M:
        """Adds a row."""
        row = model(id=UUID(int=self.rng.getrandbits(128), version=4), owner=self.owner, **values)
        self.rows.append(row)
        return row

    def number(self) -> str:
        """A number of the country's shape that is plainly nobody's."""
        self.numbers += self.rng.choice((3, 7, 9, 11))
        shape = self.country.row["phone"]
        digits = iter(f"{self.numbers:0{shape.count('#')}d}")
        return "".join(next(digits) if sign == "#" else sign for sign in shape)

    def person(self) -> str:
        """A name of the country."""
        names = words(self.country.language, "person")
        self.people += 1
        return names[self.people % len(names)].own

    def checked(self, *, often: bool = True) -> dict[str, Any]:
        """When somebody looked last: most within half a year, some long ago, a few never."""
        chance = self.rng.random()
        if chance < 0.03 and not often:
            return {}
        ago = self.rng.randint(2, 165) if chance < 0.87 else self.rng.randint(184, 430)
        on = self.today - timedelta(days=ago)
        by = self.person() if self.rng.random() < 0.5 else self.owner.name.partition(",")[0]
        method = self.rng.choice(METHODS)
        return {"verified_on": on, "next_check_due": on + CHECK, "verified_by": by, "verification_method": method}

    def offset(self) -> float:
        """The hours from UTC today, which HSDS writes down beside the zone."""
        at = datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=ZoneInfo(self.country.row["zone"]))
        apart = at.utcoffset() or timedelta()
        return apart / timedelta(hours=1)


@dataclass
class Card:
    """An organisation, to hang rows on."""

    cards: Cards
    organisation: Organisation

    def put(self, model: type[M], visibility: int | None = None, **values: Any) -> M:
        """A row of this card, as open as it unless told."""
        shown = self.organisation.visibility if visibility is None else max(visibility, self.organisation.visibility)
        return self.cards.put(model, organisation=self.organisation, visibility=shown, **values)

    def phone(self, number: str, spoken: list[str], **values: Any) -> Phone:
        """A number, with who is understood there."""
        plain = number.replace(" ", "")
        channels = values.pop("channels", ["voice"])
        e164 = plain if plain.startswith("+") else ""
        phone = self.put(Phone, number=number, e164=e164, type="voice", channels=channels, **values)
        for code in spoken:
            self.put(Language, phone.visibility, phone=phone, code=code)
        return phone


def site(name: str, code: str) -> str:
    """An address in the net that is nobody's."""
    return f"{slugify(anyascii(name))[:40].strip('-')}.{code.lower()}.example"


def opened(text: str) -> int:
    """A visibility by its code."""
    return int(Visibility[text.upper()])
