"""Finding publications: what is asked, and a page of those that fit, with a piece of text round what was found."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import QueryDict
from django.utils.safestring import SafeString

from . import wording
from .models import Publication
from .numbers import isbn_key, plain

PAGE = 20
MOST = 200  # counted up to here
KEY = re.compile(r"([01])\.(\d{1,5})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Query:
    """What is looked for; all that is asked together."""

    text: str = ""
    kinds: Sequence[str] = ()
    countries: Sequence[str] = ()
    topics: Sequence[str] = ()
    languages: Sequence[str] = ()
    since: int | None = None
    until: int | None = None
    with_file: bool = False
    series: str | None = None
    open: bool = False  # what everybody may see, for those who see more too

    @classmethod
    def read(cls, values: QueryDict) -> Query:
        """What an address asks; what it says wrongly is left out."""
        lists = {
            each.name: tuple(filter(None, values.getlist(each.name)[:40])) for each in fields(cls) if each.default == ()
        }
        years = {name: _year(values.get(name, "")) for name in ("since", "until")}
        text = values.get("text", "").replace("\0", "").strip()[:200]
        return cls(text, **lists, **years, with_file=bool(values.get("with_file")))  # type: ignore[arg-type]

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return replace(self, open=False) != Query()

    @property
    def filtered(self) -> bool:
        """Whether anything beside words is asked."""
        return replace(self, text="", open=False) != Query()

    @property
    def words(self) -> list[str]:
        """The words of the text; a number that is an ISBN is looked for as one word, however it is written."""
        key = isbn_key(self.text)
        return [key] if key else wording.asked(plain(self.text) if _is_number(self.text) else self.text)

    def address(self, after: str = "") -> str:
        """The part of an address that asks this."""
        told = QueryDict(mutable=True)
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in ("series", "open") and value not in ((), "", None, False):
                told.setlist(each.name, list(value) if isinstance(value, tuple) else [str(value)])
        if after:
            told["after"] = after
        return told.urlencode()

    def put(self) -> dict[str, Any]:
        """The same for `havre.library_find`."""
        lists = {name: list(getattr(self, name)) for name in ("kinds", "countries", "topics", "languages")}
        more: dict[str, Any] = {"since": self.since, "until": self.until, "with_file": self.with_file}
        more |= {"series": self.series, "open": self.open}
        words = self.words
        return {**lists, **more, "words": words if words or not self.text else ["-"]}


@dataclass
class Found:
    """One publication, and a piece of text round the words that were asked for, with the page it stands on."""

    row: Publication
    snippet: SafeString | None = None
    page: int | None = None
    file: UUID | None = None


@dataclass(frozen=True)
class Page:
    """Some of those that fit; `later` is where the next ones begin."""

    found: list[Found] = field(default_factory=list)
    total: int | None = None  # on the first page
    later: str = ""

    @property
    def more_than_counted(self) -> bool:
        return (self.total or 0) >= MOST


def find(query: Query, after: str = "", size: int = PAGE) -> Page:
    """A page of those that fit, those with the words in a title first, then the newest first."""
    rows = _keys(query, after, size + 1)
    shown = rows[:size]
    found = _told([key for key, _in_title, _year, _total in shown], query)
    total = None if after else (rows[0][3] if rows else 0)
    last = shown[-1] if len(rows) > size else None
    return Page(found, total, f"{int(last[1])}.{last[2]}.{last[0]}" if last else "")


def of_country(code: str, size: int = 5) -> list[Publication]:
    """The newest publications about a country that whoever asks may see."""
    return [each.row for each in find(Query(countries=(code,)), size=size).found]


def parts_of(row: Publication, size: int = 100, *, open: bool = False) -> list[Publication]:
    """What stands in a series or serial."""
    rows = _keys(Query(series=row.title, open=open), "", size)
    parts = _rows([key for key, *_rest in rows])
    return sorted(parts, key=lambda each: (_leading(each.number), each.number, each.title))


def _rows(keys: Sequence[UUID]) -> list[Publication]:
    """These, without the words they are found by, which may be many."""
    return list(Publication.objects.filter(pk__in=keys).defer("titled", "words")) if keys else []


def _keys(query: Query, after: str, many: int) -> list[tuple[UUID, bool, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, in_title, year, total from havre.library_find(%s::jsonb, %s::jsonb, %s, %s)",
            [json.dumps(query.put()), _place(after), many, MOST],
        )
        return cursor.fetchall()


def _place(after: str) -> str | None:
    found = KEY.fullmatch(after)
    return json.dumps({"in_title": found[1] == "1", "year": int(found[2]), "id": found[3]}) if found else None


def _told(keys: Sequence[UUID], query: Query) -> list[Found]:
    """These in this order, with a piece of the abstract or of a page where the words stand."""
    rows = {each.pk: Found(each) for each in _rows(keys)}
    words = query.words
    if words and rows:
        stems = _stems(tuple(words))
        for each in rows.values():
            each.snippet = wording.marked(each.row.abstract, stems)
        _with_pages([each for each in rows.values() if each.snippet is None], words, stems)
    return [rows[key] for key in keys if key in rows]


def _with_pages(found: list[Found], words: list[str], stems: Sequence[str]) -> None:
    if not found:
        return
    by_key = {each.row.pk: each for each in found}
    with connection.cursor() as cursor:
        cursor.execute("select publication, file, number, text from havre.library_pages(%s, %s)", [list(by_key), words])
        for key, file, number, text in cursor.fetchall():
            each = by_key[key]
            each.snippet, each.page, each.file = wording.marked(" ".join(text.split()), stems), number, file


@lru_cache(maxsize=500)
def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    """What the database makes of the words."""
    with connection.cursor() as cursor:
        cursor.execute("select havre.library_question(%s, false)::text", [list(words)])
        (told,) = cursor.fetchone()
    return tuple(dict.fromkeys(re.findall(r"'([^']+)'", told or "")))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"(?i)[\dX\s\-]{8,20}", text)) and len(plain(text)) in (8, 10, 13)


def _leading(number: str) -> int:
    found = re.match(r"\d{1,6}", number)
    return int(found[0]) if found else 10**6


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
