"""A list goes out and comes in again as it was; what is wrong with a list is told entry by entry."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.knowledge.library.formats import records, writing
from havre.knowledge.library.formats.fields import KINDS, MORE, OURS, by_entry
from havre.knowledge.library.models import Publication
from havre.knowledge.library.reading import Unread, told
from havre.knowledge.library.sandbox import bibtex

SIGNS = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" \\{}%$#&_~^-'`\"?!,<>@=é")
TEXT = st.text(SIGNS, max_size=40).map(lambda text: " ".join(text.split()))
WORDS = TEXT.filter(bool)
NAME = st.builds(lambda each: {"literal": each}, WORDS) | st.builds(
    lambda family, given: {"family": family, "given": given}, WORDS, WORDS
)
PLAIN = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=20)


@st.composite
def publications(draw):
    entry = draw(st.sampled_from(["", *(name for name, _csl, _kind in KINDS)]))
    kind = draw(st.sampled_from(OURS))
    if entry:
        kind, entry = by_entry(entry)
    texts = {name: draw(TEXT) for name in ("publisher", "place", "series", "number", "abstract", "citation", "link")}
    more = {name: text for name in MORE if name not in ("journal", "booktitle") and (text := draw(TEXT))}
    return Publication(
        kind=kind,
        title=draw(WORDS),
        title_language=draw(st.sampled_from(["", "en", "fr"])),
        titles=draw(st.dictionaries(st.sampled_from(["fr", "ar", "es"]), WORDS, max_size=2)),
        authors=draw(st.lists(NAME, max_size=3)),
        editors=draw(st.lists(NAME, max_size=1)),
        year=draw(st.none() | st.integers(1000, 2099)),
        languages=draw(st.lists(st.sampled_from(["en", "fr", "ar"]), unique=True)),
        countries=draw(st.lists(st.sampled_from(["NA", "FR", "XK"]), unique=True)),
        topics=draw(st.lists(st.sampled_from(["children", "law", "return"]), unique=True)),
        keywords=draw(st.lists(PLAIN, unique=True, max_size=2)),
        downloadable=draw(st.booleans()),
        more=more | ({"entry": entry} if entry else {}),
        **texts,
    )


def values(row, read):
    return {name: getattr(row, name) for name in read}


@settings(max_examples=15)
@given(publications())
def test_bibtex_comes_in_as_it_went_out(row):
    (read,), faults = records.records(bibtex.entries(writing.bibtex([row])))
    assert faults == []
    assert read == values(row, read)


@settings(max_examples=15)
@given(publications())
def test_csl_comes_in_as_it_went_out(row):
    items = json.loads(writing.csl([row]))
    (read,), faults = records.records({"csl": each, "line": 1, "key": ""} for each in items)
    assert faults == []
    assert read == values(row, read)


LATEX = r"""
@string{iom = {International Organization for Migration}}
@article{sm{\"u}ller, author = {M{\"u}ller, J{\'o}zef and {\O}stby, {\AA}se and {UN Office on Drugs and Crime}
   and Mar\'{\i}a de la {Pe\~na} and {\L}ukasz Wo{\'z}niak and Ho{\`a}ng, Jr, {\DJ}{\~u}ng},
  title = "{\OE}uvres \& \'etudes --- na{\"\i}ve, 100\% {\c{C}}a", journal = iom, year = {2003/04}, pages={3--9},
  language = {French and en-US}}
"""


def test_accents_of_latex_are_read():
    (read,), faults = records.records(bibtex.entries(LATEX.replace('sm{\\"u}ller', "muller")))
    assert faults == []
    assert read["title"] == "Œuvres & études — naïve, 100% Ça"
    assert read["authors"] == [
        {"family": "Müller", "given": "Józef"},
        {"family": "Østby", "given": "Åse"},
        {"literal": "UN Office on Drugs and Crime"},
        {"family": "de la Peña", "given": "María"},
        {"family": "Woźniak", "given": "Łukasz"},
        {"family": "Hoàng", "given": "Đũng", "suffix": "Jr"},
    ]
    assert (read["kind"], read["more"]["journal"]) == ("series_item", "International Organization for Migration")
    assert (read["year"], read["languages"]) == (2003, ["fr", "en"])


def test_each_fault_names_its_entry():
    text = "@book{a, title={x}}\n@book{a, title={y}}\n@book{b, title={never ends }\n@misc{c, year=1999}\n"
    text += "@misc{d, title={x}, year={soon}}\n@misc{e, title={x}, title={y}}\n@misc{f, title={x} # {y}}"
    _found, faults = records.records(told(io.BytesIO(text.encode())))
    assert [(each.line, each.key, each.code) for each in faults] == [
        (2, "a", "twice"),
        (3, "b", "syntax"),
        (4, "c", "title"),
        (5, "d", "year"),
        (6, "e", "field_twice"),
        (7, "f", "joined"),
    ]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (b"", "none", 0),
        (b"Dear colleague, here is our list.", "none", 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "none", 0),
        (b'[{"title": "x"},\n {"title" "y"}]', "json", 2),
        pytest.param(b"[" * 300_000, "memory", 0, id="deep"),
        pytest.param(b"@misc{a,title={x}}" + b" " * 9_000_000, "heavy", 0, id="heavy"),
    ],
)
def test_what_is_no_list_is_said_in_one_sentence(body, code, line):
    with pytest.raises(Unread) as unread:
        list(told(io.BytesIO(body)))
    assert (unread.value.code, unread.value.line) == (code, line)
