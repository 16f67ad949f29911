"""ISBN and ISSN (SPEC 13.5): whether the last figure fits the others. A number that does not is kept and told of."""

from __future__ import annotations

import re

BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")
ISBN = re.compile(r"(?i)(97[89]\d{10}|\d{9}[\dX])")
ISSN = re.compile(r"(?i)\d{7}[\dX]")


def plain(text: str) -> str:
    """The figures of a number alone."""
    bare = re.sub(r"(?i)^\s*is[bs]n(-?1[03])?\s*:?\s*", "", text)
    return BETWEEN.sub("", bare).upper()


def isbn_fits(text: str) -> bool:
    """Whether this is an ISBN of ten or thirteen figures whose last one fits."""
    return bool(isbn_key(text))


def isbn_key(text: str) -> str:
    """The thirteen figures of an ISBN, of one of ten too; nothing for what is none or does not fit."""
    figures = plain(text)
    if not ISBN.fullmatch(figures):
        return ""
    if len(figures) == 10:
        if sum((10 - at) * _worth(each) for at, each in enumerate(figures)) % 11:
            return ""
        figures = "978" + figures[:9]
        return figures + str(-_weighed(figures) % 10)
    return "" if _weighed(figures) % 10 else figures


def issn_fits(text: str) -> bool:
    """Whether this is an ISSN whose last sign fits."""
    figures = plain(text)
    fits = bool(ISSN.fullmatch(figures))
    return fits and sum((8 - at) * _worth(each) for at, each in enumerate(figures)) % 11 == 0


def is_issn(text: str) -> bool:
    """Whether this looks like an ISSN, right or wrong, rather than like an ISBN."""
    return len(plain(text)) == 8


def spellings(text: str) -> list[str]:
    """The number as somebody may write it to find it: without hyphens, and an ISBN of ten with thirteen figures too."""
    return [each for each in dict.fromkeys((plain(text).lower(), isbn_key(text))) if each]


def _worth(sign: str) -> int:
    return 10 if sign == "X" else int(sign)


def _weighed(figures: str) -> int:
    return sum((1, 3)[at % 2] * int(each) for at, each in enumerate(figures))
