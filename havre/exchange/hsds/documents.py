"""HSDS JSON, written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from .leaving import Rows, nested

FREE = {
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "meta_table_descriptions": "meta_table_description",
}


def write(batches: Iterable[Rows], free: Rows, out: BinaryIO) -> int:
    """Writes one document, and says how many organizations are in it."""
    many = 0
    out.write(b'{"organizations": [')
    for rows in batches:
        for each in nested(rows):
            out.write(b",\n" if many else b"\n")
            out.write(_json(each))
            many += 1
    out.write(b"\n]")
    for name, entity in FREE.items():
        out.write(f',\n"{name}": '.encode() + _json(free.get(entity, [])))
    out.write(b"}\n")
    return many


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
