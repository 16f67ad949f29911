"""What the directory is made of: countries with their towns, kinds of organisations and services, words by language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from havre.kernel import places
from havre.site.demo.tables import Row, table


@dataclass(frozen=True)
class Text:
    """Something in the language of a country, and in Latin letters where that is another script."""

    own: str
    latin: str
    more: str = ""

    @property
    def other(self) -> str:
        """The name in Latin letters; nothing where the own one is."""
        return "" if self.latin == self.own else self.latin

    def of(self, word: Text, town: Row) -> Text:
        """The text with a word and a town in it."""
        own = self.own.replace("{}", word.own).replace("{town}", town["name"])
        return Text(own, self.latin.replace("{}", word.latin).replace("{town}", in_latin(town, "name")), self.more)


@dataclass(frozen=True)
class Country:
    """A country of the directory, with its towns and the words of its language."""

    row: Row
    towns: tuple[Row, ...]

    @property
    def code(self) -> str:
        """ISO 3166-1."""
        return self.row["country"]

    @property
    def language(self) -> str:
        """The language that its cards are written in."""
        return self.row["language"]

    @property
    def spoken(self) -> list[str]:
        """The languages one meets there, the most spoken first."""
        return self.row["spoken"].split(";")

    @property
    def script(self) -> bool:
        """Whether it is written in other letters than Latin ones."""
        return bool(words(self.language, "word")[0].other)

    @cached_property
    def title(self) -> str:
        """Its name in its own language."""
        return places.country_label(self.code, "fil" if self.language == "tl" else self.language)

    def word(self, number: int) -> Text:
        """A proper word for an organisation there; two countries of one language begin elsewhere in the list."""
        same = [each["country"] for each in table("directory/countries") if each["language"] == self.language]
        found = words(self.language, "word")
        return found[(number + 4 * same.index(self.code)) % len(found)]


def in_latin(row: Row, column: str) -> str:
    """A name of a place in Latin letters: the other one, or its own."""
    return row["latin" if column == "name" else f"{column}_latin"] or row[column]


@cache
def countries() -> tuple[Country, ...]:
    """All of them, each with its towns."""
    towns = table("directory/towns")
    return tuple(
        Country(row, tuple(town for town in towns if town["country"] == row["country"]))
        for row in table("directory/countries")
    )


@cache
def words(language: str, kind: str) -> tuple[Text, ...]:
    """The texts of a kind in a language."""
    rows = table(f"directory/words/{language}")
    return tuple(Text(row["text"], row["latin"] or row["text"], row["more"]) for row in rows if row["kind"] == kind)


@cache
def said(language: str, kind: str, key: str) -> Text:
    """One text by its key."""
    rows = table(f"directory/words/{language}")
    row = next(each for each in rows if (each["kind"], each["key"]) == (kind, key))
    return Text(row["text"], row["latin"] or row["text"], row["more"])


@cache
def service(key: str) -> Row:
    """What a kind of service is, whoever offers it."""
    return next(row for row in table("directory/services") if row["service"] == key)


def codes(cell: str) -> list[str]:
    """The codes of a cell."""
    return [each for each in cell.split(";") if each]


def number(cell: str) -> int | None:
    """The number of a cell, if one stands there."""
    return int(cell) if cell else None


def one_of(rows: Sequence[Text], at: int) -> Text:
    """One after the other, from the beginning again when all were taken."""
    return rows[at % len(rows)]
