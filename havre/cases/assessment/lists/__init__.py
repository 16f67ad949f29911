"""The indicators as data: which belong to a profile and how much each weighs, and which answers show them.

`indicator_sources.csv` says what an answer of the screening (`answer`, `at_least`, `at_most`) or a code of the story
(`code`) shows: that an indicator is there, or, where the question asked it in full, that it is not. It is this
project's own reading, provisional throughout; an agency may put a file of that name in its HAVRE_VOCABULARIES.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from havre.kernel.vocabularies import BrokenList, Row, header, in_use, load, read_rows

NAME = "indicator_sources.csv"
SHIPPED = Path(__file__).parent / NAME
KEY = ("kind", "source", "answer", "shows")
KINDS = ("answer", "at_least", "at_most", "code")


@dataclass(frozen=True)
class Source:
    """One answer and the indicators it speaks of: `shows` is yes or no."""

    kind: str
    source: str
    answer: str
    shows: str
    indicators: tuple[str, ...]


def weights(profile: str) -> dict[str, dict[str, str]]:
    """The strength of each indicator of a profile, by dimension; those that are not in it are left out."""
    found: dict[str, dict[str, str]] = {}
    for row in load("delphi_indicators").rows:
        if row[profile]:
            found.setdefault(row["dimension"], {})[row["code"]] = row[profile]
    return found


def words(code: str, profile: str, language: str) -> str:
    """An indicator in words, which for sexual exploitation may differ."""
    listed = load("delphi_indicators")
    if code in listed and profile.endswith("sexual"):
        row = listed.row(code)
        own = row.get(f"sexual_{language.partition('-')[0]}") or row["sexual_en"]
        if own:
            return own
    return listed.label(code, language)


def is_provisional(code: str, profile: str) -> bool:
    """Whether the strength of an indicator in a profile is still to be confirmed by its source."""
    return load("delphi_indicators").row(code)[f"status_{profile}"] == "provisional"


def control_columns() -> dict[str, str]:
    """The methods of control that show each of the eleven indicators of forced labour."""
    return {row["code"]: row["htcds_methods_of_control"] for row in load("ilo_forced_labour_indicators").rows}


def sources() -> tuple[Source, ...]:
    """What each answer shows."""
    return _load(os.environ.get("HAVRE_VOCABULARIES", ""))


def version() -> str:
    """A short mark that changes whenever an indicator, its weight or its sources do; kept with each reading."""
    rows = [tuple(row.items()) for row in load("delphi_indicators").rows]
    return sha256(repr((rows, sources())).encode()).hexdigest()[:8]


@lru_cache(maxsize=4)
def _load(folder: str) -> tuple[Source, ...]:
    path = in_use(SHIPPED, NAME, folder)
    return tuple(_source(row, path) for row in read_rows(path, header(SHIPPED), key=KEY))


def _source(row: Row, path: Path) -> Source:
    codes = tuple(row["indicators"].split(";"))
    sound = row["kind"] in KINDS and row["shows"] in ("yes", "no")
    lacking = [code for code in codes if code not in load("delphi_indicators")]
    if not sound or lacking:
        raise BrokenList(f"{path}: {row['source']} {row['answer']}: no kind {row['kind']} or no indicator {codes}")
    return Source(row["kind"], row["source"], row["answer"], row["shows"], codes)
