"""Money is named as people name it, and every country has its own."""

import pytest

from havre.kernel.money import currency_choices, currency_of, current


@pytest.mark.parametrize("country, code", [("FR", "EUR"), ("BD", "BDT"), ("SN", "XOF"), ("NA", "NAD"), ("??", "EUR")])
def test_a_country_has_its_money(country, code):
    assert currency_of(country) == code


def test_the_list_offers_each_once_and_none_of_the_past():
    codes = [code for code, _name in currency_choices("fr")]
    assert len(codes) == len(set(codes)) == len(current())
    assert "FRF" not in codes and codes[0] == "EUR"
