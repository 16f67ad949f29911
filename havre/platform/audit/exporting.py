"""The record goes out to be checked elsewhere: the rows of the auditor's agency, of all others the hash, every seal."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, TextIO

from django.db import connection

from havre.platform.accounts.models import User
from havre.platform.permissions import Permission

from .actions import action
from .sealing import COLUMNS, read
from .verifying import FORMAT

SEALS = f"select {COLUMNS}, signature from audit_auditseal order by number"  # noqa: S608 - our own columns
ROWS = "select line, leaf from havre.record_export(%s, %s)"
END = 2**62  # later than any mark
Passed = Callable[[int, int], None]  # how many batches are done, and of how many


@action("record.export", needs=Permission.AUDIT_READ)
def export_record(out: BinaryIO, *, by: User, passed: Passed = lambda done, many: None) -> tuple[int, int]:
    """Writes all of the record, packed; gives how many seals and rows."""
    with gzip.open(out, "wt", compresslevel=4, encoding="utf-8", newline="\n") as text:
        header = {"havre": "record", "format": FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds")}
        text.write(json.dumps({**header, "agency": by.agency.code}) + "\n")
        seals, rows = _seals(text, passed)
        text.write(json.dumps({"end": {"seals": seals, "rows": rows}}) + "\n")
    return seals, rows


def _seals(out: TextIO, passed: Passed) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_auditseal")
        (many,) = cursor.fetchone()
    done, rows, upto = 0, 0, 0
    for *columns, signature in _fetched(SEALS):
        seal = read(columns)
        if seal.since > upto:
            rows += _loose(out, upto, seal.since)
        out.write(json.dumps({"batch": seal.number}) + "\n")
        rows += _lines(out, seal.since, seal.upto)
        out.write(json.dumps({"seal": seal.words, "signature": bytes(signature).hex()}) + "\n")
        done, upto = done + 1, max(upto, seal.upto)
        passed(done, many)
    return done, rows + _loose(out, upto, END)


def _fetched(statement: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        yield from cursor


def _loose(out: TextIO, since: int, upto: int) -> int:
    """Rows that no seal holds: at the end those of the last minute, elsewhere somebody took a seal away."""
    out.write(json.dumps({"loose": [since, upto]}) + "\n")
    return _lines(out, since, upto)


def _lines(out: TextIO, since: int, upto: int) -> int:
    many = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, [since, upto])
        for line, hashed in cursor:
            out.write(line if line is not None else f'"{bytes(hashed).hex()}"')
            out.write("\n")
            many += 1
    return many
