"""The small tables the invented register is drawn from: names, shares, stories, texts."""

from __future__ import annotations

import csv
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a table beside this file."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


@cache
def _shares(name: str) -> tuple[list[str], list[float]]:
    """The codes of a list of shares, and their shares added up."""
    rows = [row for row in table("shares") if row["list"] == name]
    return [row["code"] for row in rows], list(accumulate(float(row["share"]) for row in rows))


@cache
def _sentences(kind: str, language: str) -> list[str]:
    return [row[language] for row in table("texts") if row["kind"] == kind]


def drawn(name: str, rng: Random) -> str:
    """A code of a list of shares, as often as its share says."""
    codes, added = _shares(name)
    return rng.choices(codes, cum_weights=added)[0]


def happens(name: str, rng: Random) -> bool:
    """Whether something that happens to so many in a hundred happens here."""
    return rng.random() * 100 < _shares(name)[1][0]


def said(kind: str, language: str, rng: Random) -> str:
    """A sentence of a kind, in the worker's language."""
    return rng.choice(_sentences(kind, language))


def one(cell: str, rng: Random) -> str:
    """One of the alternatives of a cell."""
    return rng.choice(cell.split("|"))
