"""Cards on their way in, as their page shows them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from havre.exchange import staging
from havre.exchange.beside import is_alive
from havre.exchange.formats.faults import Fault
from havre.exchange.hsds.actions import Summary
from havre.exchange.hsds.reading import At
from havre.exchange.models import CardsImport
from havre.exchange.shown import PATIENCE, WRITES
from havre.exchange.told import faults as faults_of
from havre.kernel.guards import guarded
from havre.kernel.vocabularies import load

NAMED, GROUPS_SHOWN = 8, 40
NAMES = {
    "organization": gettext_lazy("Organisations"),
    "program": gettext_lazy("Programmes"),
    "service": gettext_lazy("Services"),
    "location": gettext_lazy("Places of organisations"),
    "service_at_location": gettext_lazy("Services at a place"),
    "contact": gettext_lazy("Contacts"),
    "phone": gettext_lazy("Telephone numbers"),
    "address": gettext_lazy("Addresses"),
    "schedule": gettext_lazy("Opening hours"),
    "service_area": gettext_lazy("Areas served"),
    "language": gettext_lazy("Languages"),
}


@dataclass
class Group:
    """Faults of one field that say the same, and where they are."""

    column: str
    sentence: str
    places: list[str]

    @property
    def named(self) -> list[str]:
        """The first places."""
        return self.places[:NAMED]

    @property
    def more(self) -> int:
        """How many places are not named."""
        return len(self.places) - len(self.named)


def of_summary(summary: Summary) -> str:
    """What came in or would come in, as it is kept: counts alone."""
    return json.dumps({"many": dict(summary.many), "replaced": summary.replaced, "read": summary.read})


def step(row: CardsImport) -> tuple[str, dict[str, Any]]:
    """Which of the pages the cards stand at, and what it shows."""
    if row.waits:
        return _at_work(row)
    if row.state == "faulty":
        return "faults", _faults(row.told)
    if row.state == "done":
        return "done", _counts(row.told)
    if row.state == "cancelled":
        return "stopped", {"why": "cancelled"}
    if not staging.waits(row.staged):
        return "stopped", {"why": "gone"}
    if row.state == "checked":
        return "preview", {**_counts(row.told), "reach": _reach(row.visibility)}
    return "stopped", {"why": "failed", "refused": json.loads(row.told or "{}").get("refused", "")}


def _at_work(row: CardsImport) -> tuple[str, dict[str, Any]]:
    begun = row.state in ("checking", "importing")
    if begun and not is_alive(row.pk):
        return "stopped", {"why": "died" if staging.waits(row.staged) else "gone"}
    writes, waited = row.state in WRITES, not begun and timezone.now() - row.began > PATIENCE
    return "working", {"percent": _percent(row, writes), "begun": begun, "waited": waited, "writes": writes}


def _percent(row: CardsImport, writes: bool) -> int | None:
    """How far it is; nothing where nobody can know: tables are read whole before the first row is tried."""
    if writes:
        return min(99, row.tried * 100 // max(1, json.loads(row.told)["read"]))
    if row.passed >= row.size and row.tried:
        return None
    return min(99, row.passed * 100 // max(1, row.size))


def _reach(visibility: int) -> str:
    """Who may read them at most, in words."""
    listed = load("visibilities")
    return listed.label(listed.codes[visibility], get_language() or "en")


def _counts(told: str) -> dict[str, Any]:
    found = json.loads(told)
    many = found["many"]
    rows = [(name, many[entity]) for entity, name in NAMES.items() if many.get(entity)]
    rest = sum(number for entity, number in many.items() if entity not in NAMES)
    return {"cards": many.get("organization", 0), "rows": rows, "rest": rest, "replaced": found["replaced"]}


def groups(faults: Iterable[Fault]) -> list[Group]:
    """Faults that say the same of the same field, together: those of the whole file first, then the most frequent."""
    found: dict[tuple[str, str], Group] = {}
    for each in faults:
        group = found.setdefault((each.column, str(each.sentence)), Group(each.column, str(each.sentence), []))
        if where := place_of(each):
            group.places.append(where)
    return sorted(found.values(), key=lambda each: (bool(each.column), -len(each.places)))


def place_of(fault: Fault) -> str:
    """Where in the file it is: a table and its row, or what stands where in a document."""
    part = fault.part if isinstance(fault, At) else ""
    return part if "[" in part or not fault.row else ":".join(filter(None, (part, str(fault.row))))


def _faults(told: str) -> dict[str, Any]:
    listed, more = faults_of(told, At)
    every = groups(listed)
    shown = every[:GROUPS_SHOWN]
    return {"groups": shown, "rest": len(every) - len(shown), "total": len(listed) + more, "more": more}


def fault_table(row: CardsImport) -> bytes:
    """The faults as CSV that a spreadsheet opens: file or place, row, field, what to do. No value of the file."""
    if row.state != "faulty":
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Part of the file"), _("Row"), _("Field"), _("What to do")])
    for each in faults_of(row.told, At)[0]:
        part = each.part if isinstance(each, At) else ""
        writer.writerow([guarded(part), each.row or "", guarded(each.column), guarded(str(each.sentence))])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
