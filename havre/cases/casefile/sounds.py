"""How a name is heard: in Latin letters, without what differs between scripts, spellings and ears.

The promise: a name is found though it is misspelt, in another order, or written in another script; nothing here reads
or keeps a name by itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise, product

from anyascii import anyascii

ARTICLE = re.compile(r"(?<!\w)\u0627\u0644(?=\w{3})")  # the Arabic article, which no romanised name is sure to have
FINAL_H = re.compile(r"(?<=[^bcdgkpstz])h$")  # the Arabic ending that others write with an a
VOWELS = re.compile(r"[aeiouyw]")  # w and y are vowels as often as not
LONG_I, LONG_U = re.compile(r"[eiy]+"), re.compile(r"[ouw]+")
TWICE = re.compile(r"(.)(?=\1)")
PARTICLES = frozenset({"al", "el", "ul", "bin", "ben", "ibn", "bint", "de", "da", "van", "von"})
# An article written together with its word, as heard before the letter that follows (Ez-Zahra); the same within Abdul-.
JOINED_ARTICLE = re.compile(r"^(?:[ae]l(?=.{4})|[ae](.)(?=\1.{3}))|(?<=^abd)[aeou]l(?=.{3})")

# Ways to write one sound, for every reader.
ALIKE = {
    "shch": "s", "chtch": "s", "tsch": "s", "tch": "s", "sch": "s", "ch": "s", "sh": "s", "cz": "s", "sz": "s",
    "ts": "s", "tz": "s", "z": "s", "zh": "j", "dj": "j", "kh": "h", "gh": "g", "ph": "f", "v": "f", "th": "t",
    "dh": "d", "ck": "k", "q": "k", "c": "k", "x": "ks",
}  # fmt: skip
# What readers of some tongue hear otherwise.
TONGUES = {
    "Polish, German or Czech": {"w": "f", "j": "", "c": "s", "ch": "h", "dz": "s"},
    "Ukrainian": {"g": "h", "gh": "h", "zh": "s", "j": "s"},
    "a silent h": {"h": ""},
    "Greek": {"mp": "b", "mb": "b", "nt": "d", "gg": "g", "ng": "g", "gk": "g", "gh": "g", "ch": "h"},
    "Arabic or Persian": {"th": "s", "dh": "s", "gh": "k", "g": "j", "p": "b"},
    "South or South-East Asian": {
        "kh": "k", "ph": "p", "bh": "b", "jh": "j", "c": "s", "v": "b", "w": "b", "j": "s", "x": "s",
    },
    "Italian or Romanian": {"ch": "k", "ci": "s", "ce": "s"},
    "Vietnamese": {"gi": "", "x": "s", "kh": "k", "nh": "n", "ng": "n", "ngh": "n", "qu": "k"},
}  # fmt: skip
# One Chinese syllable in pinyin and after Wade and Giles, who tell fewer sounds apart: both to one writing.
CHINESE = {
    "hs": "x", "zh": "c", "ch": "c", "j": "c", "q": "c", "tz": "z", "ts": "z", "c": "z", "sz": "s", "ss": "s",
    "b": "p", "d": "t", "g": "k", "ieh": "ie", "ueh": "ue", "ien": "ian", "yen": "yan", "ung": "ong", "ih": "i",
    "ho": "he", "ko": "ke", "lo": "le", "iung": "iong", "hsu": "xu", "kuei": "kui", "gui": "kui",
}  # fmt: skip
LONGEST_CHINESE = 10  # letters of two syllables
# How names from Hong Kong and Macao are written, and the same in pinyin.
CANTONESE = """
au ou, chan chen, cheng zheng, cheung zhang, chi zhi, chin qian, chiu zhao, choi cai, chow zhou, chu zhu, chuen quan,
chun zhen jun, chung zhong, fai hui, fong fang, fuk fu, fung feng, ha xia, hau hao, hing qing xing, hiu xiao, ho he hao,
hoi hai, hon han, hong kang, hui xu, hung hong, ip ye, ka jia, kam jin, kan jian, kei qi, keung qiang, kin jian,
king jing, kit jie, kong jiang, kuen quan, kwan guan, kwok guo, kwong guang, lai li, lam lin, lap li, lau liu, law luo,
lee li, leung liang, lo luo lu, lok le, lui lu, luk lu, mak mai, man wen min, mok mo, mui mei, ng wu, nga ya, oi ai,
on an, pak bai, po bao, poon pan, pui pei, sau xiu, sham cen, shing cheng, shuk shu, shum shen, sit xue, siu xiao,
so su, suen sun, suk shu, sum xin, sze si, tak de, tam tan, tang deng, tin tian, to du, tong tang, tsang zeng, tse xie,
tsui xu, tsz zi, wah hua, wai wei hui, wan wen yun, wing yong, wong wang huang, woo hu, yan ren xin, yat ri, yee yi,
yeung yang, yick yi, yim yan, yin yan xian, yip ye, yiu yao, yuen yuan, yuk yu
"""
PINYIN = {said: written for said, *written in (line.split() for line in CANTONESE.replace("\n", " ").split(","))}


@dataclass(frozen=True)
class Name:
    """A name as it is compared: its words in Latin letters, and a number that no other writing of it has."""

    words: tuple[str, ...]
    writing: int = 0


def _reader(alike: dict[str, str]) -> tuple[re.Pattern[str], dict[str, str]]:
    return re.compile("|".join(sorted(alike, key=len, reverse=True))), alike


READERS = [_reader(ALIKE | own) for own in ({}, *TONGUES.values())]
SYLLABLE = _reader(CHINESE)


def heard(text: str) -> Name:
    """A name, in any script, as it is compared."""
    return Name(tuple(romanised(text).split()), hash(unicodedata.normalize("NFKC", text).casefold()))


def romanised(text: str) -> str:
    """Lower-case Latin letters and digits, words apart."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    # Each Chinese sign becomes a syllable with a capital: they are words, not one long word.
    latin = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(ARTICLE.sub("", plain)))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`]", "", latin.lower())).strip()


def sound(word: str) -> str:
    """The consonants of a word as most ears keep them."""
    return _bones(word, *READERS[0])


def drawn(word: str) -> str:
    """The consonants of a word with its long vowels, which scripts without short vowels write as well: Amri, عمري."""
    said = _read(FINAL_H.sub("", word), *READERS[0])
    return TWICE.sub("", LONG_U.sub("u", LONG_I.sub("i", said.replace("a", ""))))


def otherwise(word: str) -> set[str]:
    """The consonants of a word as readers of some tongue keep them, where that is not what most hear."""
    said = {_bones(word, *reader) for reader in READERS[1:]}
    if (shorter := JOINED_ARTICLE.sub("", word)) != word:
        said.add(sound(shorter))
    return said - {sound(word)}


def syllables(word: str) -> set[str]:
    """A short word as Chinese, for any reader of it."""
    if len(word) > LONGEST_CHINESE:
        return set()
    return {_read(each, *SYLLABLE) for each in (word, *PINYIN.get(word, ()))}


def _bones(word: str, pattern: re.Pattern[str], alike: dict[str, str]) -> str:
    return TWICE.sub("", VOWELS.sub("", _read(FINAL_H.sub("", word), pattern, alike)))


def _read(word: str, pattern: re.Pattern[str], alike: dict[str, str]) -> str:
    return pattern.sub(lambda found: alike[found[0]], word)


def together(words: tuple[str, ...]) -> set[str]:
    """Two neighbours as one word, as some write them: over a particle with it and without; Chinese pairs in pinyin."""
    short = tuple(word for word in words if word not in PARTICLES)
    found = {first + second for each in (words, short) for first, second in pairwise(each)}
    for first, middle, last in zip(words, words[1:], words[2:], strict=False):
        if middle in PARTICLES:
            found.add(first + middle + last)
    for first, second in pairwise(words):
        if first in PINYIN and second in PINYIN:
            found.update(map("".join, product(PINYIN[first], PINYIN[second])))
    return found
