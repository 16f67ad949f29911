"""How a name is heard: in Latin letters, without what differs between scripts, spellings and ears.

The promise: a name is found though it is misspelt, in another order, or written in another script; nothing here reads
or keeps a name by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from anyascii import anyascii
from rapidfuzz import fuzz, process

K = TypeVar("K", bound=Hashable)
ARTICLE = re.compile(r"(?<!\w)\u0627\u0644(?=\w{3})")  # the Arabic article, which no romanised name is sure to have
# Ways to write one sound, the longest first; what is left of w and y is a vowel as often as not.
ALIKE = (
    ("shch", "s"), ("chtch", "s"), ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "ks"), ("v", "f"),
    ("z", "s"),
)  # fmt: skip
VOWELS = re.compile(r"[aeiouyw]")
TWICE = re.compile(r"(.)\1+")
PARTICLES = frozenset({"al", "el", "ul", "bin", "ben", "ibn", "bint", "de", "da", "van", "von"})
EXACT, BEGINS = 100.0, 96.0
NEAR = 74  # of 100: how much of a word must be the same
SOUNDS = 80
SAME_BONES, SHORT = 78, 5
ENOUGH, ONE_SURE, WITH_ONE_SURE = 68, 95, 48


@dataclass(frozen=True)
class Name:
    """A name as it is compared: its words with their sounds, and two neighbours as one word too, as some write them."""

    words: tuple[str, ...]
    sounds: Mapping[str, str]


def heard(text: str) -> Name:
    """A name, in any script, as it is compared."""
    words = tuple(romanised(text).split())
    every = (*words, *(first + second for first, second in pairwise(words)))
    return Name(words, {word: sound(word) for word in every})


def romanised(text: str) -> str:
    """Lower-case Latin letters and digits, words apart."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    # Each Chinese sign becomes a syllable with a capital: they are words, not one long word.
    latin = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(ARTICLE.sub("", plain)))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`]", "", latin.lower())).strip()


def sound(word: str) -> str:
    """The consonants of a word as an ear keeps them."""
    for written, said in ALIKE:
        word = word.replace(written, said)
    bones = VOWELS.sub("", word)
    # A final h is the Arabic ending that others write with an a.
    return TWICE.sub(r"\1", bones.removesuffix("h") or bones)


def rank(asked: Name, names: Mapping[K, Name]) -> list[K]:
    """The keys of the names that are near enough, nearest first."""
    every: dict[str, str] = {}
    for name in names.values():
        every.update(name.sounds)
    wanted = [word for word in asked.words if word not in PARTICLES] or list(asked.words)
    scores = [near_words(word, every) for word in wanted]
    whole = near_words("".join(wanted), every) if len(wanted) > 1 else {}
    known = {word for near in (*scores, whole) for word in near}
    near = {key: _score(name, scores, whole) for key, name in names.items() if not known.isdisjoint(name.sounds)}
    return sorted((key for key in near if near[key]), key=lambda key: (-near[key], -_alike(asked, names[key])))


def near_words(asked: str, every: Mapping[str, str]) -> dict[str, float]:
    """How near each of these words is to the one asked for; words that are far are missing."""
    near = dict(_alike_enough(asked, every, NEAR))
    if len(asked) >= 3:
        begun = (word for word in every if word.startswith(asked))
        near |= {word: EXACT if word == asked else BEGINS for word in begun}
    by_sound: dict[str, list[str]] = {}
    for word, said in every.items():
        by_sound.setdefault(said, []).append(word)
    for word, score in _near_sounds(asked, by_sound):
        near[word] = max(near.get(word, 0), score)
    return near


def _near_sounds(asked: str, by_sound: Mapping[str, list[str]]) -> Iterator[tuple[str, float]]:
    said = sound(asked)
    if len(said) >= 3:
        for other, score in _alike_enough(said, by_sound, SOUNDS):
            yield from ((word, 0.95 * score) for word in by_sound[other])
    elif said:
        # One or two consonants say little: only the very same ones count, and of one only in short words.
        for word in by_sound.get(said, ()):
            if len(said) == 2 or max(len(word), len(asked)) <= SHORT:
                yield word, SAME_BONES


def _alike_enough(asked: str, known: Collection[str], least: int) -> list[tuple[str, float]]:
    found = process.extract(asked, list(known), scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return [(each, score) for each, score, _place in found]


def _score(name: Name, scores: list[dict[str, float]], whole: dict[str, float]) -> float:
    each = [max(near.get(word, 0) for word in name.sounds) for near in scores]
    near = max(sum(each) / len(each), *(whole.get(word, 0) for word in name.sounds))
    return near if near >= ENOUGH or (max(each) >= ONE_SURE and near >= WITH_ONE_SURE) else 0


def _alike(asked: Name, name: Name) -> float:
    """Of names that are equally near, the one whose other words fit best comes first."""
    return float(fuzz.token_sort_ratio(" ".join(asked.words), " ".join(name.words)))
