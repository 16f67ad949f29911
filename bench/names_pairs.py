"""How invented names are written by others: the pairs of the measure, and the register that they stand in.

Words come from `names_ways.csv` (written by hand: a word, and how others write it), `names_words.csv` (lists of common
names) and the table of the demonstration. Everything else is a rule below, drawn from fixed seeds. `names.csv` holds
what came out; `python -m bench.names_pairs` writes it anew.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
PAIRS = HERE / "names.csv"
DEMO = HERE.parent / "havre" / "site" / "demo" / "names.csv"
HALVES = ("tuning", "held")
KINDS = ("misspelt", "swapped", "romanised")
EACH = 12  # pairs of one kind, language and half
FAMILY_FIRST = frozenset({"zh", "vi", "km"})
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "ضصثقفغعهخحج", "شسيبلاتنمك")
SLIPS = ("neighbour", "dropped", "doubled", "transposed", "two slips", "joined", "split", "missing")
ORDERS = ("swapped", "comma", "and misspelt", "and romanised")


@dataclass(frozen=True)
class Pair:
    """A name as it is stored, and as somebody else writes it."""

    half: str
    kind: str
    how: str
    language: str
    stored: str
    asked: str


@dataclass(frozen=True)
class Word:
    """A given or family name and the ways to write it; of a listed name there is one way."""

    stored: str
    ways: tuple[str, ...]


Words = dict[tuple[str, str], list[Word]]  # by language and part


@cache
def by_hand() -> Words:
    """The words of names_ways.csv."""
    found: Words = defaultdict(list)
    for row in _rows(HERE / "names_ways.csv"):
        found[row["language"], row["part"]].append(Word(row["stored"], tuple(row["ways"].split(";"))))
    return found


@cache
def listed() -> Words:
    """The words of names_words.csv."""
    return {
        (row["language"], row["part"]): [Word(word, (word,)) for word in row["words"].split(";")]
        for row in _rows(HERE / "names_words.csv")
    }


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(newline="") as lines:
        yield from csv.DictReader(lines)


def of_half(words: Words, language: str, part: str, which: str) -> list[Word]:
    """The words of one half: in the order of their hash, every other one. A word belongs to one half for good, so that
    no spelling is tuned on and measured as well.
    """

    def place(word: Word) -> bytes:
        return hashlib.sha256(f"{language}|{word.stored}".encode()).digest()

    return sorted(words.get((language, part), ()), key=place)[HALVES.index(which) :: len(HALVES)]


def whole(language: str, given: str, family: str) -> str:
    """A name in the order of its language."""
    if language in FAMILY_FIRST:
        return f"{family}{given}" if not (family + given).isascii() and language == "zh" else f"{family} {given}"
    return f"{given} {family}"


def pairs() -> list[Pair]:
    """Every pair, without repeats."""
    made: list[Pair] = []
    for which in HALVES:
        for language in sorted({language for language, part in by_hand() if part != "short"}):
            given, family = (of_half(by_hand(), language, part, which) for part in ("given", "family"))
            rng = Random(f"pairs|{which}|{language}")
            made += _romanised(which, language, given, family)
            made += _misspelt(which, language, given, family, rng)
            made += _swapped(which, language, given, family, rng)
        for language in ("fr", "es", "pt", "sw", "ig", "tw", "kab", "tr"):
            given, family = (of_half(listed(), language, part, which) for part in ("given", "family"))
            rng = Random(f"pairs|{which}|{language}")
            made += _misspelt(which, language, given, family, rng)
            made += _swapped(which, language, given, family, rng)
    made += [
        Pair("short", "short", "short form", language, word.stored, word.ways[0])
        for (language, part), words in sorted(by_hand().items())
        if part == "short"
        for word in words
    ]
    return list(dict.fromkeys(pair for pair in made if pair.stored.casefold() != pair.asked.casefold()))


def _romanised(which: str, language: str, given: list[Word], family: list[Word]) -> Iterator[Pair]:
    """From the script to one of the ways, from one way to another, and from a way back to the script."""
    for number in range(EACH):
        one, two = given[number % len(given)], family[(number + number // len(given)) % len(family)]
        turn = number // 3 + number % len(one.ways)
        first = whole(language, one.ways[turn % len(one.ways)], two.ways[turn % len(two.ways)])
        second = whole(language, one.ways[(turn + 1) % len(one.ways)], two.ways[(turn + 1) % len(two.ways)])
        native = whole(language, one.stored, two.stored)
        how = ("from its script", "another way", "into its script")[number % 3]
        stored, asked = ((native, first), (first, second), (first, native))[number % 3]
        yield Pair(which, "romanised", how, language, stored, asked)


def _misspelt(which: str, language: str, given: list[Word], family: list[Word], rng: Random) -> Iterator[Pair]:
    """One slip of the hand, or two; parts written together, apart, or left out. Every third in its own script."""
    for number, how in zip(range(EACH), cycle(SLIPS), strict=False):
        one, two = given[number % len(given)], family[(number + 1 + number // len(given)) % len(family)]
        third = family[(number + 3) % len(family)]
        script = number % 3 == 2 and language != "zh"
        first, last, other = (word.stored if script else word.ways[0] for word in (one, two, third))
        if how == "missing":
            yield Pair(which, "misspelt", how, language, f"{first} {last} {other}", f"{first} {other}")
        elif how == "joined":
            yield Pair(which, "misspelt", how, language, f"{first} {last} {other}", f"{first}{last} {other}")
        elif how == "split":
            long = max(first, last, key=len)
            cut = f"{long[: len(long) // 2]} {long[len(long) // 2 :]}"
            asked = whole(language, cut, last) if long == first else whole(language, first, cut)
            yield Pair(which, "misspelt", how, language, whole(language, first, last), asked)
        else:
            asked = _slipped(language, first, last, how, rng)
            yield Pair(which, "misspelt", how, language, whole(language, first, last), asked)


def _slipped(language: str, first: str, last: str, how: str, rng: Random) -> str:
    """A slip in the longer part; two slips are one in each."""
    if how == "two slips":
        return whole(language, slip(first, rng.choice(SLIPS[:4]), rng), slip(last, rng.choice(SLIPS[:4]), rng))
    if len(first) > len(last):
        return whole(language, slip(first, how, rng), last)
    return whole(language, first, slip(last, how, rng))


def slip(word: str, how: str, rng: Random) -> str:
    """The word after one slip, never of its first letter; words of two letters stay."""
    places = [place for place in range(1, len(word)) if word[place].isalpha()]
    if len(word) < 3 or not places:
        return word
    place = rng.choice(places)
    if how == "dropped":
        return word[:place] + word[place + 1 :]
    if how == "doubled":
        return word[:place] + word[place] + word[place:]
    if how == "transposed":
        place = min(place, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + _neighbour(word[place], rng) + word[place + 1 :]


def _neighbour(letter: str, rng: Random) -> str:
    """The key beside it; where the keyboard is not known, the letter is left out."""
    for row in ROWS:
        if (place := row.find(letter.lower())) >= 0:
            return rng.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
    return ""


def _swapped(which: str, language: str, given: list[Word], family: list[Word], rng: Random) -> Iterator[Pair]:
    """The parts in the other order: alone, with a comma, with a slip, in another spelling."""
    for number, how in zip(range(EACH), cycle(ORDERS), strict=False):
        one, two = given[(number + 2) % len(given)], family[(number + number // len(given)) % len(family)]
        first, last = (word.stored if number % 8 > 3 else word.ways[0] for word in (one, two))
        stored = whole(language, first, last)
        if how == "and misspelt":
            last = slip(last, rng.choice(SLIPS[:4]), rng)
        elif how == "and romanised":
            first, last = one.ways[-1], two.ways[-1]
        front, back = (first, last) if language in FAMILY_FIRST else (last, first)
        yield Pair(which, "swapped", how, language, stored, f"{front}{',' if how == 'comma' else ''} {back}")


def register(size: int, planted: list[str]) -> list[str]:
    """That many different names, the planted ones among them: of the countries of the demonstration, by their share,
    and in their scripts. No name is put together from two words of names_ways.csv but the planted ones.
    """
    rng = Random("register")
    shares = {row["language"]: 0.0 for row in _rows(DEMO)} | dict.fromkeys(("ru", "el", "yo", "ig", "ka", "tr"), 2.0)
    pools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _rows(DEMO):
        shares[row["language"]] += float(row["share"])
        pools[row["language"], "given"] += f"{row['feminine']} {row['masculine']}".split()
        pools[row["language"], "family"] += row["family"].split()
    for (language, part), words in listed().items():
        shares.setdefault(language, 1.0)
        pools[language, part] += [word.stored for word in words]
    names = dict.fromkeys(planted)
    languages, weights = list(shares), list(shares.values())
    while len(names) < size:
        language = rng.choices(languages, weights)[0]
        names.setdefault(_anybody(language, pools, rng))
    return list(names)[:size]


def _anybody(language: str, pools: dict[tuple[str, str], list[str]], rng: Random) -> str:
    """A name of that language; one in three with a word written by hand, in one of its ways; some of three parts."""
    given, family = (rng.choice(pools[language, part]) for part in ("given", "family"))
    known = by_hand().get((language, "given")), by_hand().get((language, "family"))
    if known[0] and known[1] and rng.random() < 1 / 3:
        word = rng.choice(known[0] if rng.random() < 0.5 else known[1])
        if word in known[0]:
            given = rng.choice((word.stored, *word.ways))
        else:
            family = rng.choice((word.stored, *word.ways))
    if rng.random() < 0.3:
        family = f"{family} {rng.choice(pools[language, 'family'])}"
    return whole(language, given, family)


def read() -> list[Pair]:
    """The pairs of names.csv."""
    return [Pair(**row) for row in _rows(PAIRS)]


def main() -> None:
    """Writes names.csv."""
    with PAIRS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Pair))
        writer.writerows(map(astuple, pairs()))


if __name__ == "__main__":
    main()
