"""Grants as a ledger, and enterprises with what is known of them after some months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from havre.cases.people.models import Case
from havre.kernel.dates import months_after

from .models import Enterprise, EnterpriseCheck, Grant, Instalment
from .rules import sums

MONTHS = (3, 6, 12)
BADGES = {
    "kept": ("calm", "receipt"),
    "missing": ("lamp", "receipt-off"),
    "waived": ("", "check"),
    "late": ("lamp", "clock-exclamation"),
    "today": ("lamp", "hourglass-low"),
    "later": ("", "circle-dashed"),
}


@dataclass(frozen=True)
class Part:
    """One instalment as a line of the ledger."""

    row: Instalment
    standing: sums.Standing

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return BADGES[self.standing][0]

    @property
    def icon(self) -> str:
        """The icon of its badge."""
        return BADGES[self.standing][1]


@dataclass(frozen=True)
class Ledger:
    """Grants with their instalments, and the sums of each currency."""

    grants: Sequence[tuple[Grant, Sequence[Part]]]

    @property
    def parts(self) -> list[Part]:
        """Every instalment."""
        return [part for _grant, parts in self.grants for part in parts]

    @property
    def totals(self) -> list[sums.Total]:
        """What was promised and paid, each currency by itself."""
        granted = [(grant.currency, grant.amount) for grant, _parts in self.grants]
        paid = [(g.currency, part.row.amount) for g, parts in self.grants for part in parts if part.row.paid_on]
        return sums.totals(granted, paid)

    @property
    def currency(self) -> str:
        """The one currency of every grant; nothing when there are several."""
        used = {grant.currency for grant, _parts in self.grants}
        return used.pop() if len(used) == 1 else ""

    @property
    def next(self) -> Part | None:
        """The instalment that is due next."""
        waiting = [part for part in self.parts if part.row.paid_on is None]
        return min(waiting, key=lambda part: part.row.due or date.max, default=None)

    @property
    def missing(self) -> int:
        """How many receipts are missing."""
        return sum(part.standing == "missing" for part in self.parts)

    @property
    def late(self) -> int:
        """How many instalments are late or due today."""
        return sum(part.standing in ("late", "today") for part in self.parts)


def ledger(case: Case, today: date) -> Ledger:
    """The grants of a case, in the order they were decided."""
    grants = Grant.objects.filter(case=case).order_by("decided_on", "at")
    return grouped(grants, Instalment.objects.filter(case=case).order_by("seq"), today)


def grouped(grants: Iterable[Grant], rows: Iterable[Instalment], today: date) -> Ledger:
    """The grants with the instalments of each."""
    parts: dict[Any, list[Part]] = defaultdict(list)
    for row in rows:
        parts[row.grant_id].append(Part(row, sums.standing(row.due, row.paid_on, row.receipt, today)))
    return Ledger([(grant, parts[grant.pk]) for grant in grants])


@dataclass(frozen=True)
class Business:
    """An enterprise with what is known of it at three, six and twelve months."""

    row: Enterprise
    checks: Sequence[tuple[int, EnterpriseCheck | None, date | None]]

    @property
    def last(self) -> EnterpriseCheck | None:
        """The last check that was made."""
        return next((check for _month, check, _on in reversed(self.checks) if check), None)


def businesses(case: Case) -> list[Business]:
    """The enterprises of a case, each with its checks, made or to be made on a day."""
    checks = {(each.enterprise_id, each.month): each for each in EnterpriseCheck.objects.filter(case=case)}
    rows = Enterprise.objects.filter(case=case).order_by("at")
    return [Business(row, [(m, checks.get((row.pk, m)), _due(row.started_on, m)) for m in MONTHS]) for row in rows]


def _due(started: date | None, months: int) -> date | None:
    return months_after(started, months) if started else None
