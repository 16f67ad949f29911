"""French is complete, is French, and is set as French is set."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from havre.platform.i18n.collect import LANGUAGES, catalogue_of, collect, homes, messages, read

COGNATES = {
    line
    for line in (Path(__file__).parent / "cognates.txt").read_text().splitlines()
    if line and not line.startswith("#")
}
VALUE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
FRENCH = read("fr")
CODE = sorted(
    {(text if isinstance(text, tuple) else (text,), context) for _where, text, context in messages()}, key=str
)


def translated(text, context):
    """The French of a message, one text or one for each number; empty when there is none."""
    found = FRENCH.get(text[0], context)
    if found is None or not found.string:
        return ()
    return found.string if isinstance(found.string, tuple) else (found.string,)


def texts():
    """Every French text that is there."""
    return [each for text, context in CODE for each in translated(text, context) if each]


def test_no_message_is_missing():
    assert [text for text, context in CODE if not all(translated(text, context)) or not translated(text, context)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_holds_what_its_code_says_and_nothing_else(language):
    """`make messages` was run: a text stands once, with the first folder that uses it."""
    wanted = {home: _ids(new) for home, new in collect(FRENCH, language).items()}
    assert {home: _ids(_stored(home, language)) for home in homes()} == wanted


def _ids(catalogue):
    return {(str(message.id), message.context) for message in catalogue if message.id}


def _stored(home, language):
    path = catalogue_of(home, language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else ()


def test_no_message_is_doubtful():
    assert [message.id for message in FRENCH if message.id and message.fuzzy] == []


def test_french_is_not_english():
    same = [text[0] for text, context in CODE if translated(text, context)[:1] == text[:1]]
    worded = [text for text in same if re.search("[a-z]", VALUE.sub("", text))]
    assert [text for text in worded if text not in COGNATES] == []


def test_no_cognate_is_listed_in_vain():
    assert COGNATES - {text[0] for text, context in CODE if translated(text, context)[:1] == text[:1]} == set()


def test_both_languages_name_the_same_values():
    """A value that is missing in one of them would be lost, or break the page."""
    lost = [
        text
        for text, context in CODE
        for each in translated(text, context)[-1:]
        if sorted(set(VALUE.findall(each))) != sorted(set(VALUE.findall(text[-1])))
    ]
    assert lost == []


@pytest.mark.parametrize(
    "fault, words",
    [
        (r"[^\u202f\W][;!?](?!\w)", "a narrow no-break space stands before ; ! ?"),
        (r"[ \u00a0][;!?](?!\w)", "a narrow no-break space stands before ; ! ?, and no other"),
        (r"(?<![\u00a0\d]):(?=\s|$)", "a no-break space stands before a colon"),
        (r"«(?!\u202f)|(?<!\u202f)»", "narrow no-break spaces stand inside « »"),
        (r"'", "the apostrophe is ’"),
        (r"\"", "quotation marks are « »"),
        (r"\.\.\.", "an ellipsis is …"),
        (r"(?i)bénéficiaire|\bVdT\b|victimes? de traite", "say personne"),
    ],
)
def test_french_is_set_as_french_is_set(fault, words):
    plain = [re.sub(r"<[^>]*>|%\(\w+\)[sd]|\{\w*\}|https?:\S+", "X", text) for text in texts()]
    assert [text for text in plain if re.search(fault, text)] == [], words


def test_english_says_person():
    assert [text for text, _context in CODE if re.search(r"(?i)beneficiar|\bVoT\b", " ".join(text))] == []
