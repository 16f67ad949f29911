"""Telephone numbers as E.164 wants them (SPEC 2.4): country code first, at most fifteen digits."""

import re
import unicodedata

_E164 = re.compile(r"\+?[1-9][0-9]{1,14}")
# U+2010 to U+2015 are the dashes a word processor puts in place of the hyphen.
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015()/]")
# The trunk zero of "+41 (0)22" is dialled at home only; kept, it would make another number.
_TRUNK_ZERO = re.compile(r"(?<=[\d\s])\(0\)")


def is_e164(text: str) -> bool:
    """Whether the text is a number in the form the data standard accepts."""
    return _E164.fullmatch(text) is not None


def normalise(text: str) -> str:
    """The number without separators and marks of direction, its digits in Western form; not checked."""
    bare = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    bare = _SEPARATORS.sub("", _TRUNK_ZERO.sub("", bare))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in bare)


def clean(text: str) -> str | None:
    """The number as it is kept, or None when it is not one that can be dialled from anywhere."""
    number = normalise(text)
    return number if is_e164(number) else None
