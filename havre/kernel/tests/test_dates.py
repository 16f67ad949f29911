"""Dates are kept as people know them, and refused with a code when they cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.kernel.dates import DateRefused, PartialDate, age_group, age_on, from_age, parse

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2019", "2019"),
        ("03/2019", "2019-03"),
        ("3.2019", "2019-03"),
        ("2019-03", "2019-03"),
        ("12/03/2019", "2019-03-12"),
        ("12 3 2019", "2019-03-12"),
        (" 12 / 03 / 2019 ", "2019-03-12"),
        ("2019-03-12", "2019-03-12"),
        ("1er mars 2019", "2019-03-01"),
        ("déc. 2019", "2019-12"),
        ("12 AOÛT 2019", "2019-08-12"),
        ("March 2019", "2019-03"),
        ("\u200f٢٠١٩", "2019"),
        ("29/02/2020", "2020-02-29"),
    ],
)
def test_what_people_type_is_read(typed: str, kept: str) -> None:
    assert str(parse(typed)) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2019", "impossible"),
        ("29/02/2019", "impossible"),
        ("13/2019", "impossible"),
        ("00/2019", "impossible"),
        ("0/03/2019", "impossible"),
        ("12/03/19", "unreadable"),
        ("", "unreadable"),
        ("yesterday", "unreadable"),
        ("3 brumaire 2019", "unreadable"),
        ("9" * 300, "unreadable"),
        ("🙂", "unreadable"),
        ("1850", "too_early"),
        ("2026", "future"),
        ("07/2025", "future"),
        ("16/06/2025", "future"),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(typed: str, code: str) -> None:
    with pytest.raises(DateRefused) as caught:
        parse(typed, not_after=TODAY)
    assert caught.value.code == code


@pytest.mark.parametrize("typed", ["2025", "06/2025", "15/06/2025"])
def test_the_present_year_month_and_day_have_come(typed: str) -> None:
    assert parse(typed, not_after=TODAY).first <= TODAY


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["day", "month", "year"]))
def test_a_date_shown_in_a_field_reads_back_the_same(day: date, precision: str) -> None:
    kept = PartialDate(day, precision)  # type: ignore[arg-type]
    assert parse(kept.typed()) == parse(str(kept)) == kept
    assert kept.first <= day <= kept.last


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        parse(text)
    except DateRefused as refused:
        assert refused.code in {"unreadable", "impossible", "too_early"}


def test_a_date_is_said_in_words() -> None:
    assert PartialDate(date(2019, 3, 1)).words("fr") == "1er mars 2019"
    assert PartialDate(date(2019, 3, 21)).words("fr") == "21 mars 2019"
    assert PartialDate(date(2019, 3, 1)).words("en") == "1 March 2019"
    assert PartialDate(date(2019, 3, 1), "month").words("fr") == "mars 2019"
    assert PartialDate(date(2019, 3, 1), "year").words("en") == "2019"


@pytest.mark.parametrize(
    ("born", "ages", "group"),
    [
        ("15/06/2007", (18, 18), "adult"),
        ("16/06/2007", (17, 17), "child"),
        ("06/2007", (17, 18), "unknown"),
        ("05/2007", (18, 18), "adult"),
        ("07/2007", (17, 17), "child"),
        ("2007", (17, 18), "unknown"),
        ("2006", (18, 19), "adult"),
        ("2008", (16, 17), "child"),
        ("2025", (0, 0), "child"),
    ],
)
def test_an_age_is_as_wide_as_the_birth_is_vague(born: str, ages: tuple[int, int], group: str) -> None:
    assert age_on(parse(born), TODAY) == ages
    assert age_group(parse(born), TODAY) == group


def test_without_a_birth_the_age_group_is_unknown() -> None:
    assert age_group(None, TODAY) == "unknown"


def test_a_birth_after_the_day_has_no_age() -> None:
    with pytest.raises(DateRefused, match="future"):
        age_on(parse("2026"), TODAY)


def test_someone_who_says_eighteen_may_still_be_a_child() -> None:
    assert age_group(from_age(18, TODAY), TODAY) == "unknown"
    assert age_group(from_age(17, TODAY), TODAY) == "child"
    assert age_group(from_age(19, TODAY), TODAY) == "adult"


@pytest.mark.parametrize("age", [-1, 200])
def test_an_age_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(DateRefused, match="impossible"):
        from_age(age, TODAY)
