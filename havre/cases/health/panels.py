"""The health of one person as the pages show it: three times side by side, and one line for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language

from havre.cases.people.models import Case
from havre.kernel.dates import PartialDate
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import Membership, User
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared
from havre.platform.permissions import Compartment

from . import rules
from .models import CareTopic, Fitness, HealthRecord, RestrictedResult

SAID = Prepared(lambda case: Fitness.objects.filter(case_id=case).order_by("on", "at"))
# The tone and the icon of each word on travelling; one that ran out waits in lamp.
BADGES = {"yes": ("calm", "check"), "conditions": ("calm", "check"), "no": ("", "hand-stop")}


@dataclass(frozen=True)
class Word:
    """What was said last about travelling, and whether it still holds."""

    row: Fitness
    holds: bool
    over: bool

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "lamp" if self.over else BADGES.get(self.row.fit, ("", ""))[0]

    @property
    def icon(self) -> str:
        """The icon of its badge."""
        return "clock-exclamation" if self.over else BADGES.get(self.row.fit, ("", "circle-dashed"))[1]


@dataclass(frozen=True)
class Line:
    """One condition in one phase: how it stands now, and how often it was looked at."""

    row: HealthRecord
    earlier: Sequence[HealthRecord]

    @property
    def when(self) -> str:
        """The day it was said of, as exactly as it is known."""
        row = self.row
        # What stands in `precision` is one of three: the form writes no other.
        return PartialDate(row.on, row.precision).words(get_language() or "en") if row.on else ""  # type: ignore[arg-type]


@dataclass(frozen=True)
class Phase:
    """Before, during or now, with what is known of it."""

    code: str
    lines: Sequence[Line]


def word(case: Case, today: date) -> Word | None:
    """What was said last about travelling; the answer of one query."""
    said = SAID(case.pk)
    later = {each.supersedes_id for each in said}
    last = next((each for each in reversed(said) if each.pk not in later), None)
    if last is None:
        return None
    over = last.valid_until is not None and last.valid_until < today
    return Word(last, rules.may_travel(last.fit, last.on, last.valid_until, today), over)


def panel(case: Case) -> dict[str, Any]:
    """What `health/panel.html` shows of a case, to everybody: whether the person may travel, never why."""
    keyring.load([case.pk])
    return {"case": case, "fitness": word(case, localdate())}


def phases(case: Case) -> list[Phase]:
    """The record in its three columns, what weighs most first."""
    lines: dict[tuple[str, str], list[HealthRecord]] = {}
    for row in HealthRecord.objects.filter(case=case).order_by("-at"):
        lines.setdefault((row.phase, row.condition), []).append(row)
    said = [Line(rows[0], rows[1:]) for rows in lines.values()]
    said.sort(key=lambda line: -(line.row.severity or 0))
    return [Phase(code, [each for each in said if each.row.phase == code]) for code in load("health_phases")]


def file(case: Case) -> dict[str, Any]:
    """What the page of a health worker shows."""
    times = phases(case)
    return {
        **panel(case),
        "phases": times,
        "empty": not any(each.lines for each in times),
        "tests": RestrictedResult.objects.filter(case=case).order_by("-consented_on", "-at"),
        "done": set(CareTopic.objects.filter(case=case).values_list("topic", flat=True)),
    }


def keepers(user: User) -> list[User]:
    """Those in the house whose role reaches a health record."""
    held = Membership.objects.current().filter(user__agency=user.agency_id, user__is_active=True)
    found = {each.user for each in held.select_related("user") if each.compartments & Compartment.HEALTH}
    return sorted(found, key=lambda each: each.name)
