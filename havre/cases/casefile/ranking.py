"""Which of many names are nearest to one that was typed.

The promise: each different word is compared once, however many people bear it. Names have numbers here; who they are,
and who may see them, is not known.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from heapq import nlargest
from itertools import chain, pairwise

from rapidfuzz import fuzz, process

from .sounds import PARTICLES, Name, drawn, otherwise, sound, syllables, together

EXACT, BEGINS, AS_ONE = 100.0, 96.0, 95.0
NEAR = 74  # of 100: how much of a word must be the same
SOUNDS = 80
FIRST_EAR, OTHER_EAR = 0.95, 0.90  # what a sound counts, as most hear it, and as readers of some tongue do
SYLLABLE = 88
SAME_BONES, SAME_LONG = 78, 66
TELLING = 3  # bones from which a sound says something by itself
AS_ONE_LEAST, SURE = 60, 4  # how alike two words and one must look, unless they share so many bones
ENOUGH, ONE_SURE, WITH_ONE_SURE = 68, 95, 48
LEFT_OVER = 8  # what a name loses for words of its own that nobody asked for
LOOKS = 10
FURTHER = 25  # what is so much further than the nearest is only in its way
LOOKED_AT = 150  # of those that are near by their words, how many are compared as a whole
Scores = dict[int, float]  # numbers of names, and how near each is
Near = dict[str, float]  # words, and how near each is


class Words:
    """Words by their sound, and the names that bear them."""

    def __init__(self) -> None:
        self.bearers: dict[str, set[int]] = {}
        self.in_order: list[str] = []
        self.first: dict[str, set[str]] = defaultdict(set)  # the words that sound so to most
        self.other: dict[str, set[str]] = defaultdict(set)  # to readers of some tongue
        self.chinese: dict[str, set[str]] = defaultdict(set)
        self.drawn: dict[str, str] = {}

    def add(self, word: str, number: int, *, all_tongues: bool) -> None:
        """One more name with that word."""
        if word not in self.bearers:
            self.bearers[word] = set()
            self.first[sound(word)].add(word)
            if all_tongues:
                insort(self.in_order, word)
                self.drawn[word] = drawn(word)
                for said in otherwise(word):
                    self.other[said].add(word)
            for said in syllables(word):
                self.chinese[said].add(word)
        self.bearers[word].add(number)

    def remove(self, word: str, number: int) -> None:
        """One name less; a word that nobody bears any more is forgotten."""
        self.bearers[word].discard(number)
        if not self.bearers[word]:
            del self.bearers[word]
            if self.drawn.pop(word, None) is not None:
                del self.in_order[bisect_left(self.in_order, word)]
            for known, sounds in (
                (self.first, {sound(word)}), (self.other, otherwise(word)), (self.chinese, syllables(word)),
            ):  # fmt: skip
                for said in sounds & known.keys():
                    known[said].discard(word)
                    if not known[said]:
                        del known[said]

    def beginning(self, asked: str) -> Iterator[str]:
        """The words that begin so."""
        place = bisect_left(self.in_order, asked)
        while place < len(self.in_order) and self.in_order[place].startswith(asked):
            yield self.in_order[place]
            place += 1

    def borne(self, near: Near, among: AbstractSet[int]) -> Scores:
        """How near each of these names is by the nearest of its words."""
        found: Scores = {}
        for word, score in sorted(near.items(), key=lambda each: each[1]):
            found.update(dict.fromkeys(self.bearers[word] & among, score))
        return found


class Index:
    """Names, to be ranked."""

    def __init__(self) -> None:
        self.names: dict[int, Name] = {}
        self._last = 0
        self._words = Words()
        self._together = Words()  # two neighbours in a name as one word

    def add(self, name: Name) -> int:
        """Keeps a name and gives it its number."""
        number = self._last = self._last + 1
        self.names[number] = name
        for word in set(name.words):
            self._words.add(word, number, all_tongues=True)
        for word in together(name.words):
            self._together.add(word, number, all_tongues=False)
        return number

    def remove(self, number: int) -> None:
        """Forgets a name."""
        name = self.names.pop(number)
        for word in set(name.words):
            self._words.remove(word, number)
        for word in together(name.words):
            self._together.remove(word, number)

    def rank(self, asked: Name, among: AbstractSet[int]) -> list[int]:
        """The numbers of those of these names that are near enough, nearest first; the others are not scored."""
        wanted = [word for word in asked.words if word not in PARTICLES] or list(asked.words)
        near = [self._near(word) for word in wanted]
        as_one = self._as_one(wanted, among)
        known = _averages(
            [_higher(self._words.borne(words, among), others) for words, others in zip(near, as_one, strict=True)]
        )
        first = nlargest(LOOKED_AT, known, key=known.__getitem__)
        joined = set(chain(*as_one))
        whole = {
            number: self._whole(asked, number, known[number] if number in joined else self._one_to_one(near, number))
            for number in first
        }
        least = max((score for _same, score, _alike in whole.values()), default=0) - FURTHER
        near_enough = [number for number in first if whole[number][1] > least]
        rest = [number for number in known.keys() - whole.keys() if known[number] > least]
        near_enough.sort(key=whole.__getitem__, reverse=True)
        return near_enough + sorted(rest, key=known.__getitem__, reverse=True)

    def _near(self, asked: str) -> Near:
        """The words that are near, by their letters or by their sound."""
        near = _alike(asked, self._words.in_order, NEAR)
        long = drawn(asked)
        for word, score in self._near_sounds(asked):
            looks = max(fuzz.ratio(word, asked), fuzz.ratio(self._words.drawn[word], long))
            near[word] = max(near.get(word, 0), score - (EXACT - looks) / LOOKS)
        for said in syllables(asked):
            near |= {word: max(near.get(word, 0), SYLLABLE) for word in self._words.chinese.get(said, ())}
        if len(asked) >= TELLING:
            near |= dict.fromkeys(self._words.beginning(asked), BEGINS)
        if asked in self._words.bearers:
            near[asked] = EXACT
        return near

    def _near_sounds(self, asked: str) -> Iterator[tuple[str, float]]:
        first, words = sound(asked), self._words
        if len(first) >= TELLING:
            for said, score in _alike(first, words.first, SOUNDS).items():
                yield from ((word, FIRST_EAR * score) for word in words.first[said])
        elif first:
            # One or two consonants say little: only the very same ones count, of one only with much the same vowels.
            long = drawn(asked)
            for word in words.first.get(first, ()):
                if len(first) == 2 or fuzz.ratio(long, words.drawn[word]) >= SAME_LONG:
                    yield word, SAME_BONES
        others = [(said, known) for said in otherwise(asked) for known in (words.first, words.other)]
        for said, known in ((first, words.other), *others):
            if len(said) >= 2:
                score = OTHER_EAR * EXACT if len(said) >= TELLING else SAME_BONES
                yield from ((word, score) for word in known.get(said, ()))

    def _as_one(self, wanted: list[str], among: AbstractSet[int]) -> list[Scores]:
        """For each word asked for: the names with two words in its place, or one in place of it and its neighbour."""
        found = [self._together.borne(_one_for(word, self._together), among) for word in wanted]
        for place, (first, second) in enumerate(pairwise(wanted)):
            names = self._words.borne(_one_for(first + second, self._words), among)
            for scores in found[place : place + 2]:
                _higher(scores, names)
        return found

    def _one_to_one(self, near: list[Near], number: int) -> float:
        """How near a name is when no word of it answers twice."""
        name = self.names[number].words
        words = [word for word in name if word not in PARTICLES] or list(name)
        cells = [(score, row, place) for row, scores in enumerate(near) for place, word in enumerate(words)
                 if (score := scores.get(word))]  # fmt: skip
        total = 0.0
        rows: set[int] = set()
        places: set[int] = set()
        for score, row, place in sorted(cells, reverse=True):
            if row not in rows and place not in places:
                total += score
                rows.add(row)
                places.add(place)
        return total / len(near) - LEFT_OVER * (len(words) - len(places)) / len(words)

    def _whole(self, asked: Name, number: int, score: float) -> tuple[bool, float, float]:
        """The very writing first; then the nearest; of equally near ones the one whose words fit best."""
        name = self.names[number]
        same = name.writing == asked.writing
        return same, score, fuzz.token_sort_ratio(" ".join(asked.words), " ".join(name.words))


def _one_for(asked: str, words: Words) -> Near:
    """The words that may be the one asked for, when one of both is two words written together."""
    near: Near = {}
    for said in {sound(asked)} | otherwise(asked):
        for word in words.first.get(said, ()) if len(said) >= TELLING else ():
            alike = fuzz.ratio(asked, word)
            if alike >= AS_ONE_LEAST or len(said) >= SURE:
                near[word] = AS_ONE - (EXACT - alike) / 5
    for said in syllables(asked) if len(asked) > 5 else ():
        near |= {word: max(near.get(word, 0), SYLLABLE) for word in words.chinese.get(said, ())}
    return near


def _averages(each: list[Scores]) -> Scores:
    """How near each name is by its words; names that are far are missing."""
    found: Scores = {}
    for number in set(chain(*each)):
        scores = [words.get(number, 0) for words in each]
        score = sum(scores) / len(scores)
        if score >= ENOUGH or (score >= WITH_ONE_SURE and max(scores) >= ONE_SURE):
            found[number] = score
    return found


def _higher(scores: Scores, others: Scores) -> Scores:
    """The scores, raised where the others are higher."""
    scores.update({number: score for number, score in others.items() if score > scores.get(number, 0)})
    return scores


def _alike(asked: str, known: Collection[str], least: int) -> dict[str, float]:
    found = process.extract(asked, list(known), scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return {each: score for each, score, _place in found}
