"""Decisions of the digest (SPEC 13.5): what is the same link or story, which quarter and region, when to try again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from rapidfuzz import fuzz, process

from havre.kernel.vocabularies import load

COUNTS_CLICKS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref|ref_src|cmp|ito|xtor|at_\w+", re.IGNORECASE)
PAGES = re.compile(r"/(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)
ALIKE, HOLDS, WORDS = 86, 93, 5  # of 100; a title that holds another has as many words at least
COPIED = 85  # of 100: an abstract that is this near to the text of its source
USUAL, FIRST, LONGEST = timedelta(hours=3), timedelta(minutes=30), timedelta(days=1)
WORLD = "world"


def canonical(link: str) -> str:
    """A link without what does not change where it leads: how it is fetched, whose click it was, where on the page."""
    parts = urlsplit(link.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        port = ""
    path = PAGES.sub("", quote(unquote(parts.path), safe="/-._~:@!$&'()*+,;=")).rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query) if not COUNTS_CLICKS.fullmatch(pair[0]))
    return f"{host}{port}{path}" + (f"?{urlencode(asked)}" if asked else "")


def key_of(link: str, other: str = "") -> str:
    """What tells a story again: its link, else what its source calls it; empty for one that has neither."""
    named = f"link {canonical(link)}" if link else f"other {other}" if other else ""
    return sha256(named.encode()).hexdigest() if named else ""


def title_key(title: str) -> str:
    """The words of a title: without accents, case, signs, and the name of the paper at its end."""
    said = re.sub(r"\s[|–—-]\s[^|–—-]{2,40}$", "", title) if len(title) > 50 else title
    plain = unicodedata.normalize("NFKD", said).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))[:300]


def alike(one: str, other: str) -> bool:
    """Whether two keys of titles tell the same story: nearly the same words, or one longer by a few."""
    if fuzz.token_sort_ratio(one, other) >= ALIKE:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) >= WORDS and len(short) / len(long) >= 0.6 and fuzz.token_set_ratio(one, other) >= HOLDS


def leader_of(title: str, others: Sequence[tuple[str, str]]) -> str | None:
    """Of pairs (leader, key of a title), the leader of the first that tells the same story."""
    if not title:
        return None
    near = process.extract_iter(title, [each[1] for each in others], scorer=fuzz.token_set_ratio, score_cutoff=ALIKE)
    return next((others[place][0] for key, _score, place in near if alike(title, key)), None)


def pause(failures: int) -> timedelta:
    """Until a feed is read again: three hours; after each failure twice as long, from half an hour to a day."""
    return min(FIRST * 2 ** min(failures - 1, 10), LONGEST) if failures else USUAL


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    """The region of the world of each country, as the UN has it (M49)."""
    rows = load("world_regions").rows
    return {country: row["code"] for row in rows for country in row["countries"].split(";") if country}


def region_of(countries: Iterable[str]) -> str:
    """The region that all these countries are in; several regions, or none known, is the world."""
    found = {_regions().get(each, WORLD) for each in countries}
    return found.pop() if len(found) == 1 else WORLD


def quarter_of(day: date) -> tuple[int, int]:
    """The year and quarter of a day."""
    return day.year, (day.month + 2) // 3


def wanted(day: date | None, today: date) -> tuple[int, int]:
    """The quarter whose issue tells of that day: its own if it is this one or the last, else this one."""
    now = quarter_of(today)
    last = quarter_of(days_of(*now)[0] - timedelta(days=1))
    own = quarter_of(day) if day else now
    return own if own in (now, last) else now


def days_of(year: int, quarter: int) -> tuple[date, date]:
    """The first day of a quarter, and the first after it."""
    first = date(year, 3 * quarter - 2, 1)
    return first, date(year + quarter // 4, 3 * quarter % 12 + 1, 1)


def is_own(abstract: str, source: str) -> bool:
    """Whether an abstract is in other words than its source: no long piece of it stands there as it is."""
    mine, theirs = title_key_of_text(abstract), title_key_of_text(source)
    if len(mine) < 60 or len(theirs) < 60:
        return True
    return fuzz.partial_ratio(mine, theirs) < COPIED


def title_key_of_text(text: str) -> str:
    """The words of a longer text, to be compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))
