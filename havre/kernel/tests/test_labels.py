"""Truth table 20: no label is missing in English or French, and the French is French."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from havre.kernel.vocabularies import load, names

ROOM = Path(__file__).parents[2]
COGNATES = frozenset((Path(__file__).parent / "data" / "cognates.txt").read_text("utf-8").splitlines())
FILES = sorted([*(ROOM / "kernel" / "vocabularies").glob("*.csv"), *ROOM.glob("cases/**/questionnaire/*.csv")])
# French typography: spaces are narrow before ; ! ? and firm before the colon.
WRONG_FRENCH = re.compile(r"'|[^\u202f][;!?]|[^\u00a0]:|«[^\u202f]|[^\u202f]»|\.\.\.|\"")
WRONG_ENGLISH = re.compile(r"['\"]|\.\.\.|!")
NEVER_SAID = re.compile(r"\b(illegal|prostitutes?|beneficiar\w+|VoTs?|bénéficiaires?|clandestin\w*|illéga\w+)\b", re.I)


def texts(path: Path) -> Iterator[tuple[str, str, str]]:
    """English, French and where they stand, for each text of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            for column in row:
                if column.endswith("_en"):
                    yield row[column], row[f"{column[:-3]}_fr"], f"{path.name}:{number}"


def test_there_are_lists_and_a_questionnaire_to_look_at() -> None:
    assert len(FILES) == len(names()) + 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_text_is_missing_in_one_of_the_two_languages(path: Path) -> None:
    assert [where for english, french, where in texts(path) if bool(english.strip()) != bool(french.strip())] == []


@pytest.mark.parametrize("name", names())
def test_every_code_has_a_label_in_both_languages(name: str) -> None:
    assert all(row["label_en"].strip() and row["label_fr"].strip() for row in load(name).rows)


def test_french_differs_from_english_but_for_the_listed_words() -> None:
    same = {english for path in FILES for english, french, _ in texts(path) if english and english == french}
    assert same == COGNATES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_french_is_set_as_french_is_set(path: Path) -> None:
    assert [(where, french) for _, french, where in texts(path) if WRONG_FRENCH.search(french)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_english_has_its_own_quotes_and_no_exclamation(path: Path) -> None:
    assert [(where, english) for english, _, where in texts(path) if WRONG_ENGLISH.search(english)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_text_speaks_of_people_as_things(path: Path) -> None:
    assert [where for english, french, where in texts(path) if NEVER_SAID.search(f"{english} {french}")] == []
