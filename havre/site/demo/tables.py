"""The small tables the invented register is drawn from: names, shares, stories, texts."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a table beside this file."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


def drawn(name: str, rng: Random) -> str:
    """A code of a list of shares, as often as its share says."""
    rows = [row for row in table("shares") if row["list"] == name]
    return rng.choices([row["code"] for row in rows], [float(row["share"]) for row in rows])[0]


def happens(name: str, rng: Random) -> bool:
    """Whether something that happens to so many in a hundred happens here."""
    (row,) = (row for row in table("shares") if row["list"] == name)
    return rng.random() * 100 < float(row["share"])


def said(kind: str, language: str, rng: Random) -> str:
    """A sentence of a kind, in the worker's language."""
    return rng.choice([row[language] for row in table("texts") if row["kind"] == kind])


def one(cell: str, rng: Random) -> str:
    """One of the alternatives of a cell."""
    return rng.choice(cell.split("|"))
