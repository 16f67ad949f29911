"""What a person sees in a cell of a workbook, as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
NO_LEAP_DAY = 60  # spreadsheets believe in 29 February 1900
EXACT = 15  # digits a spreadsheet keeps of a number
# Formats that every spreadsheet knows by number: days, months of a year, times.
KNOWN = dict.fromkeys([14, 15, 16, *range(27, 37), *range(50, 59)], "d/m/yyyy") | {17: "mmm-yy", 22: "d/m/yyyy h:mm"}
KNOWN |= dict.fromkeys([18, 19, 20, 21, 45, 46, 47], "h:mm")
ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|\.0+')
ZEROS = re.compile(r"0{2,15}")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Shown = Callable[[str], str]


class Unshown(ValueError):
    """A cell holds what cannot be handed on: the code of what is wrong."""


def number(raw: str) -> str:
    """A number with the digits that are seen."""
    if raw.isascii() and raw.isdigit() and len(raw) <= EXACT:
        return raw.lstrip("0") or "0"
    value = float(raw)
    if abs(value) >= 10**EXACT or value != value:
        raise Unshown("digits")
    plain = f"{Decimal(f'{value:.{EXACT}g}'):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def shown(code: int, pattern: str, since_1904: bool) -> Shown:
    """How a number of that format is shown."""
    plain = ASIDE.sub("", KNOWN.get(code, pattern).partition(";")[0]).lower()
    if ZEROS.fullmatch(plain):
        return lambda raw: number(raw).zfill(len(plain))
    if plain == "general" or not re.search(r"[dmyhs]", plain) or re.search(r"[0#?]", plain):
        return number
    origin, written = (FIRST_DAY_1904 if since_1904 else FIRST_DAY), _written(plain)
    return lambda raw: _moment(raw, origin, written)


def _written(pattern: str) -> str:
    """The part of a moment that is seen: a month of a year must not become its first day."""
    clock = bool(re.search("[hs]", pattern))
    if "d" in pattern or ("m" in pattern and "y" not in pattern and not clock):
        return "%Y-%m-%d %H:%M" if clock else "%Y-%m-%d"
    if clock:
        return "%H:%M"
    return "%Y-%m" if "m" in pattern else "%Y"


def _moment(raw: str, origin: datetime, written: str) -> str:
    serial = float(raw)
    if origin == FIRST_DAY and serial < NO_LEAP_DAY:
        serial += 1
    try:
        moment = origin + timedelta(seconds=round(serial * 86400))
    except (OverflowError, ValueError):
        raise Unshown("moment") from None
    # `strftime` leaves out zeros of early years.
    whole = f"{moment.isoformat(' ', 'minutes')}".removesuffix(" 00:00") if "%d" in written else ""
    if not whole:
        return moment.isoformat()[: {"%Y-%m": 7, "%Y": 4}[written]] if "%Y" in written else f"{moment:%H:%M}"
    return whole if "%H" in written else whole[:10]


def unescaped(text: str) -> str:
    """Text with the signs that XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
