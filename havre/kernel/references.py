"""References of cases and persons: random, without meaning or order, easy to say on a telephone.

No vowel, so that no word appears by chance; of each pair of look-alikes only one is used, and the other is read as it.
"""

import secrets
import unicodedata

ALPHABET = "2345679BCDFGHJKLMNPQRTVWXY"
LENGTH = 6
# Blanks, dashes of every length, and the marks of direction that come along from an Arabic or Hebrew text.
_BETWEEN = " -.\u2010\u2011\u2012\u2013\u2014\u200e\u200f\u2066\u2067\u2068\u2069"
_LOOK_ALIKES = str.maketrans("018IOSUZ", "QLBLQ5V2")


def new() -> str:
    """A fresh reference such as `7QK-4M2`; the caller holds uniqueness, in the database."""
    drawn, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        drawn, place = divmod(drawn, len(ALPHABET))
        letters += ALPHABET[place]
    return _grouped(letters)


def clean(text: str) -> str | None:
    """The reference a person meant by what they typed or heard, or None when it cannot be one."""
    typed = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(sign for sign in typed if sign.isalnum()).translate(_LOOK_ALIKES)
    others = [sign for sign in typed if not sign.isalnum() and sign not in _BETWEEN]
    if others or len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return f"{letters[:3]}-{letters[3:]}"
