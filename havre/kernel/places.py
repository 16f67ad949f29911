"""Countries (ISO 3166-1, and XK for Kosovo) and languages (ISO 639), with their names from CLDR.

`NA` is Namibia: codes are text here and stay text.
"""

import unicodedata
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from havre.kernel.vocabularies import load

# Territories that CLDR names and ISO 3166-1 does not list: islands of other states, unions, test codes.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_FORMER = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
# CLDR files these under another tag; people and registers use the codes on the left.
_NAMED_ELSEWHERE = {"prs": "fa_AF"}
# Of several codes of three letters: neither the bibliographic one (rum) nor that of one variety (arb).
_THE_CODE = """
ara aym aze bod cre ces cym deu dzo ell est eus fas ful fra grn guj hrv hye ipk isl iku kat kon kau kur kom lav mlg mri
mkd mon msa mya nep nld oji orm ori pus que ron san srd slk sqi srp swa uzb yid zha zho
"""
_NOT_LANGUAGES = frozenset({"und", "zxx", "mul"})
# Read when a register has them, but not offered: nobody we meet was brought up in them.
_NOT_OFFERED = """
ae akk ang arc avk chg cop cu dum egy enm eo frm fro gez gmh goh got grc hit ia ie io jbo jut la lfn liv lzh mga non nov
ota pal peo phn pi prg pro sa sam sga sux syc tlh tok uga vo zbl
"""


@lru_cache(maxsize=8)
def _territory_names(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(language.replace("-", "_")).territories.items()}


@lru_cache(maxsize=8)
def _language_names(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(language.replace("-", "_")).languages.items()}


def _countries() -> tuple[str, ...]:
    names = _territory_names("en")
    return tuple(sorted(code for code in names if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES))


def _alpha3() -> dict[str, str]:
    aliases = get_global("territory_aliases").items()
    found = {long: short[0] for long, short in aliases if len(long) == 3 and long.isalpha() and len(short) == 1}
    return {long: short for long, short in found.items() if short in countries and long not in _FORMER} | {"XKX": "XK"}


def _languages() -> tuple[str, ...]:
    names = (code for code in _language_names("en") if code.isalpha() and code not in _NOT_LANGUAGES)
    return tuple(sorted({*names, *_NAMED_ELSEWHERE, *load("language_groups").codes}))


def _shorter() -> dict[str, str]:
    aliases = get_global("language_aliases").items()
    found = {long: short for long, short in aliases if len(long) == 3 and short in languages and long not in languages}
    return found | {"twi": "tw"}


def _terminology() -> dict[str, str]:
    """The code of ISO 639-2/T for each code of two letters; a language of several codes has one of _THE_CODE."""
    return {short: long for long, short in _LANGUAGE_OF.items() if len(short) == 2 and _is_the_code(long, short)}


def _is_the_code(long: str, short: str) -> bool:
    return long in _THE_CODE.split() or list(_LANGUAGE_OF.values()).count(short) == 1


countries = _countries()
languages = _languages()
_COUNTRY_OF = _alpha3()
_LANGUAGE_OF = _shorter()
_TERMINOLOGY = _terminology()


def read_country(text: str) -> str | None:
    """The alpha-2 code for a two- or three-letter country code in any case, or None."""
    code = text.strip().upper()
    return code if code in countries else _COUNTRY_OF.get(code)


def country_label(code: str, language: str) -> str:
    """The country's name in a language, or the code itself when it is not a country's."""
    return _territory_names(language).get(code) or _territory_names("en").get(code, code)


def read_language(text: str) -> str | None:
    """The shortest ISO 639 code for a two- or three-letter language code in any case, or None."""
    code = text.strip().lower()
    return code if code in languages else _LANGUAGE_OF.get(code)


def iso_639_2(code: str) -> str:
    """The code of three letters that HTCDS asks for, or the code itself where there is none; both can be read."""
    return _TERMINOLOGY.get(code, code)


def language_label(code: str, language: str) -> str:
    """The name of a language in another (or the same), or the code itself when it is not a language's."""
    tag = _NAMED_ELSEWHERE.get(code, code)
    name = _language_names(language).get(tag) or _language_names("en").get(tag)
    return name or load("language_groups").label(code, language)


@lru_cache(maxsize=16)
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Codes and names of all countries, in the alphabetical order of the language."""
    return _by_name([(code, country_label(code, language)) for code in countries])


@lru_cache(maxsize=16)
def language_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Codes and names of the languages people speak, in the alphabetical order of the language."""
    offered = (code for code in languages if code not in _NOT_OFFERED.split())
    return _by_name([(code, language_label(code, language)) for code in offered])


def _by_name(pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: _folded(pair[1])))


def _folded(name: str) -> str:
    # Without this, Égypte and Éthiopie stand after Zimbabwe.
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
