"""Currencies (ISO 4217), with their names from CLDR and the money that a country uses now."""

from functools import lru_cache

from babel import Locale
from babel.core import get_global

FIRST = ("EUR", "USD", "XOF", "XAF", "GBP", "CHF")


@lru_cache(maxsize=8)
def currency_choices(language: str) -> list[tuple[str, str]]:
    """Codes and names in use today, those met most often first, then by code."""
    names = Locale.parse(language.replace("-", "_")).currencies
    others = sorted(current() - set(FIRST))
    return [(code, f"{code} · {names.get(code, code)}") for code in (*FIRST, *others)]


@lru_cache(maxsize=1)
def current() -> frozenset[str]:
    """The code of every currency that some country uses now."""
    used = get_global("territory_currencies").values()
    return frozenset(code for each in used for code, _begun, ended, tender in each if ended is None and tender)


def currency_of(country: str) -> str:
    """The money of a country, the euro where it is not known."""
    used = get_global("territory_currencies").get(country, ())
    now = [(begun or (), code) for code, begun, ended, tender in used if ended is None and tender]
    return max(now)[1] if now else "EUR"
