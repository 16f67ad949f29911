"""Words as they are searched: without accents and capitals, in any script, with or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from anyascii import anyascii

# Letters that accents do not explain: Latin ones with a stroke, and the Arabic ones that are written in two ways.
ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ـ": ""}
)
UNSPACED = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0f00-\u0fff"  # Thai, Lao, Burmese, Khmer, Tibetan
)
WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
BEGINS = re.compile(rf"[{UNSPACED}]")
LONGEST, MOST = 60, 2000  # letters of a word, words of a text: more helps nobody to find it
Weights = Mapping[str, Iterable[str]]  # A to D, and the texts that weigh so


class _Marks(dict[int, int | None]):
    """For `translate`: marks and signs without a shape go, all others stay."""

    def __missing__(self, sign: int) -> int | None:
        kept = None if unicodedata.category(chr(sign)) in ("Mn", "Cf") else sign
        self[sign] = kept
        return kept


MARKS = _Marks()


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """The text in lower case, without accents and marks; its script stays."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(unicodedata.normalize("NFC", plain.translate(MARKS)).translate(ALIKE).split())


def words(text: str) -> list[str]:
    """The words of a text as they are kept; what is written without spaces, as each two signs and the last one."""
    plain = fold(text)
    if not BEGINS.search(plain):
        return [each[:LONGEST] for each in WORD.findall(plain)[:MOST]]
    return [part for each in WORD.findall(plain)[:MOST] for part in _parts(each)]


@lru_cache(maxsize=10_000)
def _parts(word: str) -> tuple[str, ...]:
    return (*_pairs(word), word[-1]) if _unspaced(word) else (word[:LONGEST],)


def latin(text: str) -> str:
    """The text in Latin letters where it is in others; else nothing."""
    read = "" if text.isascii() else anyascii(text)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", read)


def vector(weights: Weights) -> str:
    """The texts as a `tsvector` is written: each word with the weights it has."""
    found: dict[str, str] = {}
    for weight, texts in sorted(weights.items()):
        place = "ABCD".index(weight) + 1
        told = f"{place}{weight}"
        for word in dict.fromkeys([word for text in texts for word in words(text)]):
            found[word] = f"{found[word]},{told}" if word in found else told
    return " ".join(f"'{word}':{places}" for word, places in found.items())


def question(text: str, weights: str = "") -> str:
    """What is asked as a `tsquery` is written: every word, each perhaps only begun; nothing where no word is."""
    asked: list[str] = []
    for each in WORD.findall(fold(text))[:20]:
        if _unspaced(each) and len(each) > 1:
            asked += [f"'{pair}':{weights}" if weights else f"'{pair}'" for pair in _pairs(each)]
        else:
            asked.append(f"'{each[:LONGEST]}':*{weights}")
    return " & ".join(asked)


def _unspaced(word: str) -> bool:
    return BEGINS.match(word) is not None


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
