"""The draft of a codebook: lists that Havre knows, ranges that were declared, and, marked as such, what a file holds.

A list that was taken from a file says that somebody in it has each of these values. Only a person who knows that the
list is public may let it stand; the draft says of each column where its values come from, so that they can be asked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from havre.kernel import places, vocabularies
from havre.workbench import whole
from havre.workbench.codebook import KNOWN
from havre.workbench.progress import Passed, quiet
from havre.workbench.reading import distinct
from havre.workbench.refusal import Refusal
from havre.workbench.text import finer_than_a_year

LONGEST = 1_000  # values: a column of a file with more is no list of answers
COUNTRY = re.compile(r"country|citizenship|nationality|pays|nationalité", re.IGNORECASE)
FEW = 20  # values that may be answers however few people gave them
Line = tuple[str, str, str, str]  # value, parent, English, French


@dataclass(frozen=True)
class Draft:
    """The values of a column, where they come from, and what a person must know or decide about it.

    `from_file` asks: is this list public? `outside` is how many values of the file the list lacks; `many` says that
    cells hold several answers; `problem` is why there is no list.
    """

    column: str
    lines: tuple[Line, ...]
    origin: str
    from_file: bool = False
    outside: int = 0
    many: bool = False
    problem: str = ""


def drafts(
    path: Path, ranges: Mapping[str, tuple[int, ...]], lists: Mapping[str, str], passed: Passed = quiet
) -> list[Draft]:
    """A draft for each column of a file, `lists` naming the vocabulary of a column where its name does not tell."""
    found = distinct(path, LONGEST, passed)
    for name in (*ranges, *lists):
        if name not in found:
            raise Refusal(f"{path}:1: there is no column {name!r}; its columns are {', '.join(found)}")
    return [
        _draft(name, values, many, ranges.get(name), lists.get(name)) or _from_file(name, values, filled, many)
        for name, (values, filled, many) in found.items()
    ]


def _draft(
    name: str, values: Sequence[str], many: bool, span: tuple[int, ...] | None, listed: str | None
) -> Draft | None:
    """Declared before known; None where nothing is."""
    if span is not None:
        return _known(name, tuple(_numbers(name, *span)), f"the range {span[0]} to {span[1]}", values, many)
    if listed is not None:
        return _known(name, _vocabulary(listed), f"Havre's list {listed}", values, many)
    for lines, origin in _guesses(name):
        draft = _known(name, lines, origin, values, many)
        if draft.outside * 2 <= len(values):
            return draft
    return None


def _numbers(name: str, first: int, last: int, *widths: int) -> Iterator[Line]:
    """Every number of a range, below bands of these widths, below wider ones."""
    if first > last or last - first >= LONGEST:
        raise Refusal(f"--range {name}={first}:{last}: write the first and the last number, the smaller first")
    if any(wide <= narrow or wide % narrow for narrow, wide in zip((1, *widths), widths, strict=False)):
        raise Refusal(f"--range {name}: each width of bands is a multiple of the one before, for example 5:10")

    def band(number: int, width: int) -> str:
        low = max(first, number // width * width)
        high = min(last, number // width * width + width - 1)
        return f"{low}–{high}" if low < high else str(low)

    over: dict[str, str] = {}
    for number in range(first, last + 1):
        chain = list(dict.fromkeys([str(number), *(band(number, width) for width in widths)]))
        over |= dict(zip(chain, [*chain[1:], ""], strict=True))
    yield from ((value, parent, "", "") for value, parent in sorted(over.items(), key=lambda each: "–" in each[0]))


def _known(name: str, lines: tuple[Line, ...], origin: str, values: Sequence[str], many: bool) -> Draft:
    listed = {line[0] for line in lines}
    return Draft(name, lines, origin, outside=sum(value not in listed for value in values), many=many)


def _vocabulary(name: str) -> tuple[Line, ...]:
    if name == "countries":
        return tuple(_countries())
    try:
        known = vocabularies.load(name)
    except KeyError:
        raise Refusal(f"Havre has no list {name!r}; it has countries, {', '.join(vocabularies.names())}") from None
    return tuple((code, "", known.label(code, "en"), known.label(code, "fr")) for code in known)


def _guesses(name: str) -> Iterator[tuple[tuple[Line, ...], str]]:
    """The lists that a column's name points to: the same name with or without its prefix, or a country."""
    plain = name.lower().replace("_", "")
    for listed in vocabularies.names():
        if plain in (listed.lower().replace("_", ""), listed.lower().partition("_")[2]):
            yield _vocabulary(listed), f"Havre's list {listed}"
    if COUNTRY.search(name):
        yield _vocabulary("countries"), "Havre's list of countries, with UN sub-regions and regions above them"


def _countries() -> Iterator[Line]:
    """Every country with the UN sub-region (M49) above it, those with their region above them, and the regions."""
    with (Path(__file__).parent / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    regions = {country: row["region"] for row in rows for country in row["countries"].split()}
    for code in places.countries:
        above = _place(regions[code], "en") if code in regions else ""
        yield code, above, places.country_label(code, "en"), places.country_label(code, "fr")
    over = {row["region"]: row["above"] for row in rows}
    for region in [*over, *dict.fromkeys(over.values())]:
        above = _place(over[region], "en") if region in over else ""
        yield _place(region, "en"), above, _place(region, "en"), _place(region, "fr")


def _place(code: str, language: str) -> str:
    return places.country_label(code, language)


def _from_file(name: str, values: Sequence[str], filled: int, many: bool) -> Draft:
    """What the file holds, to be asked about; no list where it would be one of people or of days."""
    if len(values) > min(LONGEST, max(FEW, filled // 2)):
        return Draft(name, (), "", problem="nearly each person has another value: a number or a name, not answers")
    if any(finer_than_a_year(value) for value in values):
        return Draft(name, (), "", problem="dates finer than a year; keep the year, then declare it with --range")
    if not values:
        return Draft(name, (), "", problem="no value in the whole file; leave it out")
    lines = tuple((value, "", "", "") for value in values)
    return Draft(name, lines, "the file itself", from_file=True, many=many)


def write(found: Sequence[Draft], out: Path) -> None:
    """The columns that have a list, as a codebook; whole or not at all."""
    with whole.file(out) as staged, staged.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(KNOWN)
        writer.writerows((draft.column, *line) for draft in found for line in draft.lines)
