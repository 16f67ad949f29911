"""Every page of the house with its address, and who gets which answer from it, as the lists in access/ say."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

PERSONAS = ("amina", "boris", "chloe", "dao", "ferdinand", "eve", "hana", "ines")


@dataclass(frozen=True)
class Page:
    """One address."""

    name: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    @property
    def methods(self) -> tuple[str, ...]:
        """How it may be asked."""
        return getattr(self.view, "page_methods", ())


@dataclass(frozen=True)
class Line:
    """One row of a list in access/: a page, a method, values for its address, the answer each persona gets."""

    page: str
    method: str
    values: str
    answers: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.page}"

    def arguments(self) -> dict[str, str]:
        """What stands in the address: `reference`, of Amina's case; `pk=user`; `letter=A`, `pk=assistance.Need`."""
        return {name: value for name, _, value in (each.partition("=") for each in self.values.split())}


def _patterns(patterns: list[Any], names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns, (*names, each.namespace) if each.namespace else names)
        elif isinstance(each, URLPattern):
            yield ":".join((*names, each.name or str(each.pattern))), each


def pages() -> dict[str, Page]:
    """Every page by its name."""
    found = _patterns(get_resolver().url_patterns)
    return {name: Page(name, each.callback, frozenset(each.pattern.regex.groupindex)) for name, each in found}


def lines() -> list[Line]:
    """The rows of every list in access/, one list for each room or stage."""
    return [
        Line(row["page"], row["method"], row["values"], tuple(int(row[each]) for each in PERSONAS))
        for path in sorted((Path(__file__).parent / "access").glob("*.csv"))
        for row in csv.DictReader(line for line in path.read_text().splitlines() if not re.match(r"\s*(#|$)", line))
    ]


PAGES = pages()
