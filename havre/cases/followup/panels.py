"""The calls of one person as the pages show them: when, how they stand, what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from havre.cases.people.models import Case, CaseMove
from havre.cases.reintegration.asked import asks as asked
from havre.cases.reintegration.ledger import Part, ledger
from havre.cases.reintegration.models import Survey
from havre.cases.returns.standing import arrived_on
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared

from . import rules
from .actions import DONE, ENDED, GIVEN, LOST, PLANNED, is_wanted, wish
from .models import FollowUp
from .said import standing

FOLLOW_UP = "S12"
FOLLOW_UPS = Prepared(lambda case: FollowUp.objects.filter(case_id=case).order_by("planned"))
# The tone and icon of each standing: late waits in lamp, done and later stay quiet.
BADGES = {
    "overdue": ("lamp", "clock-exclamation"),
    "open": ("calm", "phone"),
    "later": ("", "circle-dashed"),
    DONE: ("", "check"),
    LOST: ("", "circle-off"),
    ENDED: ("", "circle-off"),
}


@dataclass(frozen=True)
class Call:
    """One planned contact and how it stands today."""

    row: FollowUp
    planned: rules.Planned
    standing: str

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return BADGES[self.standing][0]

    @property
    def icon(self) -> str:
        """The icon of its badge."""
        return BADGES[self.standing][1]

    @property
    def waits(self) -> bool:
        """Whether somebody still calls."""
        return self.row.state == PLANNED

    @property
    def danger(self) -> bool:
        """Whether what was said asks for safety first."""
        return self.row.state == DONE and rules.is_danger(self.row.safe, self.row.re_trafficking_sign)


@dataclass(frozen=True)
class Calls:
    """The calls of a case, earliest first."""

    all: Sequence[Call]
    due: bool  # the case stands at follow-up, and nothing is planned yet
    case: Case

    @property
    def next(self) -> Call | None:
        """The earliest call that somebody still makes."""
        return next((call for call in self.all if call.waits), None)

    @cached_property
    def wish(self) -> str:
        """What the person decided about being contacted; asked for only where it is shown."""
        return wish(self.case)

    @property
    def wanted(self) -> bool:
        """Whether the person may be contacted."""
        return is_wanted(self.wish)


def calls_of(case: Case) -> Calls:
    """The calls of a case with how they stand today."""
    keyring.load([case.pk])
    today = localdate()
    calls = [call_of(row, today) for row in FOLLOW_UPS(case.pk)]
    return Calls(calls, case.state == FOLLOW_UP and not calls, case)


def call_of(row: FollowUp, today: date) -> Call:
    """One call with how it stands on a day."""
    planned = rules.contact(row.code, row.planned, row.window_days)
    standing = row.state if row.state in (LOST, ENDED) else rules.standing(planned, row.done_on, today)
    return Call(row, planned, standing)


def panel(case: Case) -> dict[str, Any]:
    """What `followup/panel.html` shows of a case."""
    return {"case": case, "calls": calls_of(case)}


@dataclass(frozen=True)
class Asks:
    """What the schedule asks for at one contact beside the call, and the money that is due."""

    survey: bool
    surveyed: bool
    satisfaction: bool
    instalment: Part | None

    @property
    def anything(self) -> bool:
        """Whether there is something to bring."""
        return self.survey or self.satisfaction or self.instalment is not None


def asks(case: Case, row: FollowUp) -> Asks:
    """What to bring to a contact: the survey, what the person says of the help, the next instalment."""
    surveyed = Survey.objects.filter(case=case, contact=row.code).exists()
    money = ledger(case, localdate())
    return Asks(asked(row.code, "survey"), surveyed, asked(row.code, "satisfaction"), money.next)


def beside(case: Case) -> dict[str, Any]:
    """What the page of the reintegration shows of follow-up: the next visit, what was said of the help, danger."""
    calls = calls_of(case)
    coming = calls.next
    last = next((call for call in reversed(calls.all) if call.row.state == DONE), None)
    after = [call for call in calls.all if call.waits and call is not coming]
    return {
        "calls": calls,
        "call": coming,
        "after": after[0] if after else None,
        "asks": asks(case, coming.row) if coming else None,
        "last": last,
        "words": sorted(standing(case).values(), key=lambda row: row.service.at),
    }


def anchor(case: Case) -> date:
    """The day from which calls are counted: the arrival, else when follow-up began, or today while it has not."""
    arrived = arrived_on(case)
    if arrived:
        return arrived
    begun = CaseMove.objects.filter(case=case, to_state=FOLLOW_UP).exclude(kind="resume").order_by("-at").first()
    return localdate(begun.at) if begun else localdate()


def proposed(case: Case, decided: str) -> list[rules.Planned]:
    """The calls to plan, on the days already chosen; the optional one only with the person's agreement."""
    rows = {row.code: row for row in FollowUp.objects.filter(case=case)}
    wanted = [each for each in rules.plan(anchor(case)) if decided == GIVEN or not each.optional or each.code in rows]
    chosen = [
        rules.contact(each.code, rows[each.code].planned, rows[each.code].window_days) if each.code in rows else each
        for each in wanted
    ]
    return [each for each in chosen if each.code not in rows or rows[each.code].state == PLANNED]
