"""References are random, say nothing, and survive a bad telephone line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.kernel.references import ALPHABET, clean, new


def test_a_reference_has_two_groups_of_three() -> None:
    assert all(re.fullmatch(rf"[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}", new()) for _ in range(200))


def test_references_rarely_meet() -> None:
    assert len({new() for _ in range(2000)}) > 1990


def test_no_vowel_makes_a_word_and_no_two_signs_look_alike() -> None:
    assert not set(ALPHABET) & set("AEIOUY018SZ") - {"Y"}


@pytest.mark.parametrize(
    "typed",
    ["7QK-4M2", "7qk4m2", " 7qk 4m2 ", "7QK–4M2", "70K-4MZ", "7ok.4mz", "\u20667QK-4M2\u2069"],
)
def test_what_was_meant_is_understood(typed: str) -> None:
    assert clean(typed) == "7QK-4M2"


@pytest.mark.parametrize("typed", ["", "7QK-4M", "7QK-4M22", "7AK-4M2", "7QK/4M2", "7ФK-4M2", "%%%-%%%", "７" * 300])
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert clean(typed) is None


def test_each_reference_reads_back_as_itself() -> None:
    assert all(clean(reference) == reference for reference in (new() for _ in range(200)))


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = clean(text)
    assert found is None or clean(found) == found
