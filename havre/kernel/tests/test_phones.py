"""Truth table 5: telephone numbers follow E.164."""

import pytest

from havre.kernel.phones import clean, is_e164, normalise


@pytest.mark.parametrize("number", ["+41227179111", "41227179111", "+123456789012345"])
def test_an_international_number_is_accepted(number: str) -> None:
    assert is_e164(number) and clean(number) == number


@pytest.mark.parametrize(
    "number",
    [
        "0041227179111",
        "+0227179111",
        "+1234567890123456",
        "1234567890123456",
        "",
        "+",
        "7",
        "+41227179111\n",
        "12a4",
        "++41",
    ],
)
def test_what_cannot_be_dialled_from_anywhere_is_refused(number: str) -> None:
    assert not is_e164(number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+41 22 717 91 11", "+41227179111"),
        ("+41 (0)22 717.91.11", "+41227179111"),
        ("\u202a+41\u00a022\u202f717\u201191-11\u202c", "+41227179111"),
        ("+٤١٢٢٧١٧٩١١١", "+41227179111"),
        ("(41) 22/717/9111", "41227179111"),
    ],
)
def test_separators_are_taken_off(typed: str, number: str) -> None:
    assert normalise(typed) == number == clean(typed)


@pytest.mark.parametrize("typed", ["00 41 22 717 91 11", "call me", "🙂" * 300])
def test_cleaning_never_mends_a_wrong_number(typed: str) -> None:
    assert clean(typed) is None
