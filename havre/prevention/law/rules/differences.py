"""Where two versions of a text differ: which article became which, and word by word within each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from .articles import Article

TOKEN = re.compile(r"\w+(?:[’'-]\w+)*\s*|[^\w\s]\s*|\s+")
ALIKE, LOOSELY = 0.5, 0.3  # of all their words, the part that two articles share
MOST_WORDS = 4_000_000  # words of the one times words of the other; longer ones are compared line by line
MOST_PAIRS = 40_000


class Piece(NamedTuple):
    """Some words that stand in both, or in one of them alone."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Pair:
    """An article as it was and as it is; one of them is missing where it was added or removed."""

    before: Article | None
    after: Article | None
    old: Sequence[Piece] = ()
    new: Sequence[Piece] = ()

    @property
    def state(self) -> str:
        """added, removed, renumbered, changed, or same."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        if any(each.kind != "same" for each in (*self.old, *self.new)):
            return "changed"
        return "same" if self.before.number == self.after.number else "renumbered"

    @property
    def number(self) -> str:
        """Of the article as it is now, else as it was."""
        return self.after.number if self.after else self.before.number if self.before else ""


def compared(before: Sequence[Article], after: Sequence[Article]) -> list[Pair]:
    """Every article of both, in the order of the later text; one that is gone stands where it stood."""
    partner = _partners(before, after)
    gone = set(range(len(before))) - set(partner.values())
    pairs: list[Pair] = []
    for place, article in enumerate(after):
        at = partner.get(place)
        if at is not None:
            pairs += _gone(before, gone, at)
        pairs.append(_pair(before[at] if at is not None else None, article))
    return pairs + _gone(before, gone, len(before))


def _gone(before: Sequence[Article], gone: set[int], until: int) -> list[Pair]:
    """The articles that stood before this place and are in the later text no more; each is told once."""
    told = sorted(each for each in gone if each < until)
    gone -= set(told)
    return [_pair(before[each], None) for each in told]


def _pair(before: Article | None, after: Article | None) -> Pair:
    if before is None or after is None:
        old = [Piece("removed", before.whole)] if before else []
        return Pair(before, after, old, [Piece("added", after.whole)] if after else [])
    same = _title(before).split() == _title(after).split()
    old, new = words(before.body, after.body) if same else words(_bare(before), _bare(after))
    return Pair(before, after, old, new)


def _title(article: Article) -> str:
    """What stands beside the number of an article."""
    return re.sub(r"^\W*\w+\W+\w+(?: (?:bis|ter|quater))?\W*", "", article.heading) if article.number else ""


def _bare(article: Article) -> str:
    """The article without its number: that another was put before it does not change it."""
    return f"{_title(article)}\n{article.body}".strip()


def words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts, each cut into what both have and what it alone has."""
    if _same(before, after):
        return [Piece("same", before)], [Piece("same", after)]
    first, second = TOKEN.findall(before), TOKEN.findall(after)
    if len(first) * len(second) > MOST_WORDS:
        first, second = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(first) * len(second) > MOST_WORDS:
        return [Piece("removed", before)], [Piece("added", after)]
    old: list[Piece] = []
    new: list[Piece] = []
    matcher = SequenceMatcher(None, [each.strip() for each in first], [each.strip() for each in second])
    for kind, a, b, c, d in matcher.get_opcodes():
        _put(old, "same" if kind == "equal" else "removed", "".join(first[a:b]))
        _put(new, "same" if kind == "equal" else "added", "".join(second[c:d]))
    return old, new


def _put(pieces: list[Piece], kind: Literal["same", "added", "removed"], text: str) -> None:
    if text.strip() or kind == "same":
        pieces.append(Piece(kind, text))


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _partners(before: Sequence[Article], after: Sequence[Article]) -> dict[int, int]:
    """For places of the later text, the place in the earlier of the article it was."""
    found: dict[int, int] = {}
    free, bags = set(range(len(before))), [set(_bare(each).casefold().split()) for each in before]
    bare = [" ".join(_bare(each).split()) for each in before]

    def take(place: int, at: int) -> None:
        found[place] = at
        free.discard(at)

    by_number = {each.number: at for at, each in enumerate(before)}
    left = _left(after, found)
    for place in left:
        at = by_number.get(after[place].number)
        if at is not None and bare[at] == " ".join(_bare(after[place]).split()):
            take(place, at)
    for place in _left(after, found):
        words = " ".join(_bare(after[place]).split())
        same = next((at for at in sorted(free) if bare[at] == words and words), None)
        if same is not None:
            take(place, same)
    for least, numbered in ((LOOSELY, True), (ALIKE, False), (0.0, True)):
        for place in _left(after, found):
            bag = set(_bare(after[place]).casefold().split())
            for at in _candidates(by_number, after[place], free, numbered):
                if at in free and _share(bag, bags[at]) >= least:
                    take(place, at)
                    break
    return found


def _left(after: Sequence[Article], found: dict[int, int]) -> list[int]:
    return [place for place in range(len(after)) if place not in found]


def _candidates(by_number: dict[str, int], article: Article, free: set[int], numbered: bool) -> Iterator[int]:
    if numbered:
        yield from [by_number[article.number]] if article.number in by_number else []
    elif len(free) ** 2 <= MOST_PAIRS:
        yield from sorted(free)


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
