"""Words of a survey in the language of whoever answers, which need not be one that the program speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language

from havre.kernel.vocabularies import load

WORDS, AGES = "survey_words", "survey_ages"
SEXES = ("female", "male", "other")


def word(code: str, language: str) -> str:
    """A word or sentence of the page; in English when the list has no column for the language."""
    return load(WORDS).label(code, language)


def words(language: str) -> dict[str, str]:
    """All words of the page."""
    return {code: word(code, language) for code in load(WORDS)}


def chosen(languages: Sequence[str], *wanted: str | None) -> str:
    """The first language that is wanted and that the survey speaks; else the survey's first."""
    spoken = [each for each in wanted if each in languages]
    return str(spoken[0]) if spoken else (languages[0] if languages else "en")


def said(texts: Mapping[str, str], languages: Sequence[str]) -> str:
    """A text for somebody of the house: in their language when there is one, else in the survey's first."""
    return texts.get(chosen(languages, get_language()), "") or next(filter(None, texts.values()), "")


def choices(kind: str, language: str) -> list[tuple[str, str]]:
    """What can be answered to an item of this kind, as a form sends it."""
    codes = {
        "knowledge": ("true", "false", "unknown"),
        "attitude": ("1", "2", "3", "4", "5"),
        "practice": ("yes", "no"),
    }
    return [(code, word(code, language)) for code in codes[kind]]


STORED: dict[str, object] = {"true": True, "yes": True, "false": False, "no": False, "unknown": "unknown"}
STORED |= {str(degree): degree for degree in range(1, 6)}
