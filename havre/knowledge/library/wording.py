"""The words a publication is found by, and those of a question: folded, so that accents and capitals do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, TextField, Value
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from havre.directory.folding import LONGEST, UNSPACED, WORD, fold, latin
from havre.kernel import places
from havre.kernel.vocabularies import load

from .models import Publication
from .numbers import spellings

MOST = 20  # words of a question
AROUND = 110  # signs on each side of what was found


def folded(text: str) -> str:
    """The words of a text, folded, between blanks; what is written without spaces as pairs of signs."""
    found: list[str] = []
    for each in WORD.findall(fold(text)):
        found += _pairs(each) if _unspaced(each) else [each[:LONGEST]]
    return " ".join(found)


def asked(text: str) -> list[str]:
    """The words of a question, likewise."""
    return folded(text[:500]).split()[:MOST]


def vector(texts: Iterable[str]) -> Any:
    """The texts as the database keeps them to be found."""
    plain = " ".join(filter(None, (folded(each) for each in texts)))
    return Func(Value(plain, TextField()), function="havre.library_words", output_field=SearchVectorField())


def bare(text: str) -> Any:
    """The text of a page likewise, without the places of its words, which nobody asks for."""
    return Func(vector([text]), function="strip", output_field=SearchVectorField())


def titles_of(row: Publication) -> list[str]:
    """What its titles are found by, in Latin letters too."""
    titles = [row.title, *row.titles.values()]
    return [*titles, *filter(None, map(latin, titles))]


def texts_of(row: Publication) -> list[str]:
    """All that its record is found by."""
    named = [name_of(each) for each in (*row.authors, *row.editors)]
    lands = [places.country_label(code, tongue) for code in row.countries for tongue in ("en", "fr")]
    topics = [load("publication_topics").label(code, tongue) for code in row.topics for tongue in ("en", "fr")]
    plain = [row.publisher, row.place, row.series, row.number, row.abstract, str(row.year or "")]
    numbers = [row.isbn, row.issn, *spellings(row.isbn), *spellings(row.issn)]
    return [*titles_of(row), *named, *map(latin, named), *plain, *numbers, *lands, *topics, *row.keywords]


def name_of(name: dict[str, str]) -> str:
    """A name as one says it."""
    return name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family"), name.get("suffix"))))


def marked(text: str, stems: Sequence[str]) -> SafeString | None:
    """A piece of the text round what was found, marked; nothing where none of it is there."""
    spans = [(each.start(), each.end()) for each in re.finditer(r"\w+", text) if _hit(each[0], stems)]
    if not spans:
        return None
    start, end = max(0, spans[0][0] - AROUND), min(len(text), spans[0][1] + 2 * AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if text.find(" ", end) > 0 else len(text)
    pieces, at = ["… " if start else ""], start
    for first, last in [each for each in spans if each[1] <= end]:
        pieces += [conditional_escape(text[at:first]), f"<mark>{conditional_escape(text[first:last])}</mark>"]
        at = last
    pieces += [conditional_escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece was escaped


def _hit(word: str, stems: Sequence[str]) -> bool:
    plain = fold(unicodedata.normalize("NFC", word))
    return any(plain.startswith(stem) for stem in stems)


def _unspaced(word: str) -> bool:
    return re.match(rf"[{UNSPACED}]", word) is not None


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
