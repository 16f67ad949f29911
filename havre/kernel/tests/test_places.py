"""Countries and languages are those of ISO, under their names in the reader's language."""

import pytest

from havre.kernel.places import (
    countries,
    country_choices,
    country_label,
    language_choices,
    language_label,
    languages,
    read_country,
    read_language,
)


def test_there_are_the_countries_of_the_standard_and_kosovo() -> None:
    assert len(countries) == 249 + 1 and "XK" in countries


def test_namibia_is_a_country_and_not_a_missing_value() -> None:
    assert read_country("NA") == read_country("nam") == "NA"
    assert (country_label("NA", "en"), country_label("NA", "fr")) == ("Namibia", "Namibie")


@pytest.mark.parametrize(("text", "code"), [(" md ", "MD"), ("MDA", "MD"), ("xkx", "XK"), ("COD", "CD"), ("ROU", "RO")])
def test_two_and_three_letters_are_read(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize("text", ["", "EU", "ZZ", "XA", "SUN", "ZAR", "YUG", "Moldova", "00"])
def test_what_is_no_country_is_none(text: str) -> None:
    assert read_country(text) is None


def test_every_country_has_three_letters_too() -> None:
    assert len({read_country(code) for code in ("AFG", "ZWE", "SSD", "CUW", "ESH", "TWN", "PSE", "VAT")}) == 8


@pytest.mark.parametrize(
    ("text", "code"),
    [("fr", "fr"), ("FRE", "fr"), ("fra", "fr"), ("tir", "ti"), ("prs", "prs"), ("kar", "kar"), ("twi", "tw")],
)
def test_languages_are_read_in_each_form(text: str, code: str) -> None:
    assert read_language(text) == code


@pytest.mark.parametrize("text", ["", "und", "xx", "french", "fr_CA"])
def test_what_is_no_language_is_none(text: str) -> None:
    assert read_language(text) is None


def test_languages_have_names() -> None:
    assert [language_label(code, "fr") for code in ("ti", "prs", "kar", "zz")] == [
        "tigrigna",
        "dari",
        "Langues karen",
        "zz",
    ]
    assert [code for code in languages if language_label(code, "en") == code] == []


def test_choices_stand_in_the_order_of_the_alphabet_of_the_reader() -> None:
    names = [name for _, name in country_choices("fr")]
    assert names.index("Érythrée") < names.index("Espagne") < names.index("Éthiopie") < names.index("Fidji")
    assert {code for code, _ in language_choices("fr")} < set(languages)
