"""BibTeX and CSL-JSON, entry by entry; what is wrong with one is told with its line or its place."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused

LARGEST, MOST = 8_000_000, 2000  # bytes, entries
Entries = Iterator[dict[str, Any]]


def entries(start: bytes, file: BinaryIO) -> Entries:
    """Each entry with its fields, or with the code of what is wrong with it."""
    from havre.knowledge.library.sandbox import bibtex

    bibtex.warm()
    for name in ("utf-8-sig", "cp1252", "utf-16"):
        codecs.lookup(name)
    limits.lock("bibliography")
    text = _text(start + file.read(LARGEST), file)
    found = _csl(text) if text.lstrip()[:1] in ("[", "{") else bibtex.entries(text)
    many = 0
    for each in found:
        many += 1
        if many > MOST:
            raise Refused("many", most=MOST)
        yield each
    if not many:
        raise Refused("none")


def _text(body: bytes, file: BinaryIO) -> str:
    if file.read(1):
        raise Refused("heavy")
    if b"\0" in body and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("none")
    try:
        text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _csl(text: str) -> Entries:
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused("json", error.lineno) from None
    items = read if isinstance(read, list) else read.get("items", [read])
    if not isinstance(items, list):
        raise Refused("none")
    for place, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield {"csl": item, "line": place, "key": str(item.get("id", ""))[:200]}
        else:
            yield {"wrong": "item", "line": place, "key": ""}
