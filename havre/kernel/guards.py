"""Signs that a spreadsheet would run, and the apostrophe that keeps it from doing so.

Written cells that would run get an apostrophe before them; reading takes that one away. So that nothing else loses its
first sign, a text that is such a text behind apostrophes of its own gets one more, and only such texts lose one:
`'t Hooft` is written and read as it is, `=1` goes out as `'=1`, and `'=1` as `''=1`.
"""

from __future__ import annotations

import re

# Blanks before the sign too: a program that trims the cell would find it first. Wide signs are run in East Asia.
RUNS = r"(?:\s*[=+\-@＝＋－＠]|[\t\r\n\0])"
_AS_WRITTEN = re.compile(rf"'*{RUNS}")
_GUARDED = re.compile(rf"'+{RUNS}")
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\0]")
# A telephone number and a number below zero are what they look like.
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,20})?", flags=re.ASCII)
_DASH = re.compile(r"[-+]\s")


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if _AS_WRITTEN.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The inverse of `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def runs(text: str) -> bool:
    """Whether a spreadsheet would take the text for more than text."""
    return _RUNS.match(text) is not None and not _NUMBER.fullmatch(text)


def runs_in_words(text: str) -> bool:
    """The same for longer texts, where a line may begin with a dash and a blank."""
    return runs(text) and not _DASH.match(text)
