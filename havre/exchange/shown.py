"""A register on its way in, as its page shows it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.exchange import staging
from havre.exchange.formats.faults import Fault
from havre.exchange.formats.fields import missing
from havre.exchange.told import faults as faults_of
from havre.kernel.guards import guarded
from havre.kernel.vocabularies import load

from .beside import is_alive
from .models import RegisterImport

PATIENCE = timedelta(seconds=45)  # then a worker that has not begun is missed
WRITES = ("agreed", "importing")
ROWS_NAMED, GROUPS_SHOWN = 12, 40


@dataclass
class Group:
    """Faults of one column that say the same, with their rows."""

    column: str
    sentence: str
    rows: list[int]

    @property
    def meaning(self) -> str:
        """The column in words."""
        return meaning(self.column)

    @property
    def named(self) -> list[int]:
        """The first rows."""
        return self.rows[:ROWS_NAMED]

    @property
    def more(self) -> int:
        """How many rows are not named."""
        return len(self.rows) - len(self.named)


def meaning(column: str) -> str:
    """What a column of the standard holds, in words; empty for any other."""
    known = load("htcds_fields")
    return known.label(column, get_language() or "en") if column in known else ""


def step(row: RegisterImport) -> tuple[str, dict[str, Any]]:
    """Which of the pages the register stands at, and what it shows."""
    if row.waits:
        return at_work(row)
    if row.state == "faulty":
        return "faults", _faults(row.told)
    if row.state == "done":
        return "done", _preview(json.loads(row.told))
    if row.state == "cancelled":
        return "stopped", {"why": "cancelled"}
    if not staging.waits(row.staged):
        return "stopped", {"why": "gone"}
    if row.state == "checked":
        return "preview", _preview(json.loads(row.told))
    return "stopped", {"why": "failed", "refused": json.loads(row.told or "{}").get("refused", "")}


def at_work(row: RegisterImport) -> tuple[str, dict[str, Any]]:
    begun = row.state in ("checking", "importing")
    if begun and not is_alive(row.pk):
        return "stopped", {"why": "died" if staging.waits(row.staged) else "gone"}
    writes, waited = row.state in WRITES, not begun and timezone.now() - row.began > PATIENCE
    return "working", {"percent": _percent(row, writes), "begun": begun, "waited": waited, "writes": writes}


def _percent(row: RegisterImport, writes: bool) -> int | None:
    """How far it is; nothing where nobody can know: of a workbook that is read, how many people come is not known."""
    if writes:
        return min(99, row.tried * 100 // max(1, json.loads(row.told)["persons"]))
    if row.passed >= row.size and row.tried:
        return None
    return min(99, row.passed * 100 // max(1, row.size))


def _preview(told: dict[str, Any]) -> dict[str, Any]:
    consents = {"given": 0, "refused": 0, **told["consents"]}
    silent = told["persons"] - consents["given"] - consents["refused"]
    return {
        "told": told,
        "states": [(code, told["states"][code]) for code in load("case_states") if told["states"].get(code)],
        "consents": {**consents, "silent": silent},
        "columns": [(name, meaning(name)) for name in told["columns"]],
        "missing": [(name, meaning(name)) for name in missing(told["columns"])],
        "kept": sorted(told["kept"].items()),
        "own": told["persons"] - sum(told["owners"].values()),
    }


def groups(faults: Iterable[Fault]) -> list[Group]:
    """Faults that say the same of the same column, together; first those of the whole file, then the most frequent."""
    found: dict[tuple[str, str], Group] = {}
    for each in faults:
        sentence = str(each.sentence)
        found.setdefault((each.column, sentence), Group(each.column, sentence, [])).rows.append(each.row)
    return sorted(found.values(), key=lambda each: (bool(each.column), -len(each.rows), each.rows[0]))


def _faults(told: str) -> dict[str, Any]:
    listed, more = faults_of(told)
    every = groups(listed)
    shown = every[:GROUPS_SHOWN]
    return {"groups": shown, "rest": len(every) - len(shown), "total": len(listed) + more, "more": more}


def fault_table(row: RegisterImport) -> bytes:
    """The faults as CSV that a spreadsheet opens: row, column, its meaning, what to do. No cell of the register."""
    if row.state != "faulty":
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), _("Column"), _("Meaning"), _("What to do")])
    for each in faults_of(row.told)[0]:
        told = (guarded(each.column), meaning(each.column), guarded(str(each.sentence)))
        writer.writerow([each.row or "", *told])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
