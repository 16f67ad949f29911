"""A list of people as it is jotted down."""

from datetime import date

import pytest

from havre.cases.intake.rules import Unreadable, born, circular, jotted, tie_fault

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Awa", ("Awa", "")),
        ("Awa, 17", ("Awa", "17")),
        ("3. Awa Diallo - 17 ans", ("Awa Diallo", "17")),
        ("• Awa 2009", ("Awa", "2009")),
        ("سلام حدّاد، 17", ("سلام حدّاد", "17")),
        ("17", ("17", "")),
        ("Awa 111", ("Awa 111", "")),
        ("Awa, 12/03/2009", ("Awa", "12/03/2009")),
    ],
)
def test_a_line_is_a_name_and_perhaps_an_age(line, read):
    assert jotted(line) == [read]


def test_empty_lines_are_nobody():
    assert jotted("\n  \nAwa\r\n\n") == [("Awa", "")]


@pytest.mark.parametrize(
    ("told", "year", "as_age"), [("17", 2009, True), ("0", 2026, True), ("2009", 2009, False), ("03/2009", 2009, False)]
)
def test_an_age_or_a_year_is_a_birth(told, year, as_age):
    read = born(told, TODAY)
    assert read and (read.when.value.year, read.as_age) == (year, as_age)


@pytest.mark.parametrize("told", ["111", "six", "2027", "-3", "1.5"])
def test_what_is_neither_cannot_be_read(told):
    with pytest.raises(Unreadable):
        born(told, TODAY)


def test_nothing_is_no_birth():
    assert born(" ", TODAY) is None


@pytest.mark.parametrize(
    ("to", "kind", "fault"),
    [
        (None, "", ""),
        (1, "child", ""),
        (None, "child", "no_row"),
        (1, "", "no_kind"),
        (2, "child", "itself"),
        (9, "child", "nobody"),
    ],
)
def test_a_tie_needs_somebody_else_who_is_there(to, kind, fault):
    assert tie_fault(2, to, kind, [1, 2]) == fault


def test_nobody_is_their_own_grandmother():
    assert circular({1: ("child", 2), 2: ("child", 3), 3: ("child", 1)}) in (1, 2, 3)
    assert circular({1: ("child", 2), 2: ("sibling", 1)}) is None
