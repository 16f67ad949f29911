"""A journey as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from havre.cases.children import standing as children
from havre.cases.people.actions.move import CONDITIONS, conditions
from havre.cases.people.models import Case
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared
from havre.platform.ui.parts import Condition

from . import hard, rules, standing, zones
from .models import ReturnJourney, TravelDocument, TravelLeg

JOURNEYS = Prepared(lambda case: ReturnJourney.objects.filter(case_id=case).order_by("-number"))
PREPARING = ("S7", "S8")


@dataclass(frozen=True)
class Leg:
    """One leg in the words of its clocks."""

    row: TravelLeg

    @property
    def departs(self) -> str:
        """When it leaves, by the clocks there."""
        return zones.said(self.row.departs_at, self.row.departs_zone)

    @property
    def arrives(self) -> str:
        """When it arrives, by the clocks there."""
        return zones.said(self.row.arrives_at, self.row.arrives_zone)

    @property
    def is_alone(self) -> bool:
        """Whether nobody travels along."""
        return self.row.escort in ("", rules.NOBODY)


@dataclass(frozen=True)
class Earlier:
    """A choice that no longer stands, with the way that was planned for it."""

    row: ReturnJourney
    legs: list[Leg]


@dataclass(frozen=True)
class Trip:
    """A journey and how it stands now."""

    row: ReturnJourney
    now: datetime
    state: str  # of the file

    @property
    def came_back(self) -> bool:
        """Whether the person had left and stands before the departure again."""
        return self.row.departed_at is not None and self.state in PREPARING

    @property
    def is_under_way(self) -> bool:
        """Whether the person left and nobody has said that they arrived."""
        return self.row.departed_at is not None and self.row.arrived_at is None and not self.came_back

    @property
    def lateness(self) -> rules.Lateness:
        """Whether the arrival waits, is late, or nobody knows where the person is."""
        return rules.lateness(self.row.due_at, self.now) if self.is_under_way else "waits"

    @property
    def hours(self) -> int:
        """Hours since the arrival was due."""
        return rules.hours_late(self.row.due_at, self.now)

    @property
    def departed(self) -> str:
        """When the person left, by the clocks there."""
        return zones.said(self.row.departed_at, self.row.departed_zone) if self.row.departed_at else ""

    @property
    def arrived(self) -> str:
        """When the person arrived, by the clocks there."""
        return zones.said(self.row.arrived_at, self.row.arrived_zone) if self.row.arrived_at else ""

    @property
    def due(self) -> str:
        """When the last leg arrives, by the clocks of this office."""
        return zones.said(self.row.due_at, timezone.get_current_timezone_name()) if self.row.due_at else ""


class Preparation:
    """One page about one journey."""

    def __init__(self, case: Case, journey: ReturnJourney | None) -> None:
        self.case, self.ready = case, hard.Ready(case, journey)
        self.trip = Trip(journey, timezone.now(), case.state) if journey else None

    @property
    def points(self) -> list[str]:
        """What was explained before the choice, by its codes."""
        return [each for each in self.trip.row.points.split(";") if each] if self.trip else []

    @property
    def is_preparing(self) -> bool:
        """Whether the person has chosen and not left."""
        return self.trip is not None and not self.trip.row.departed_at and not self.trip.row.arrived_at

    @cached_property
    def conditions(self) -> Sequence[Condition]:
        """What must hold before the departure, by every stage that knows something of it."""
        told = CONDITIONS.get("S9", [])
        return [each for about in told if about is not hard.departed for each in about(self.case)]

    @property
    def missing(self) -> int:
        """How many conditions do not hold."""
        return sum(each.state != "yes" for each in self.conditions)

    @cached_property
    def before_preparation(self) -> Sequence[Condition]:
        """What keeps a choice from being prepared."""
        return conditions(self.case, "S8") if self.case.state == "S7" else []

    @property
    def later(self) -> Sequence[Condition]:
        """What must hold before the departure beside what keeps a choice from being prepared."""
        said = {each.title for each in self.before_preparation}
        return [each for each in self.conditions if each.title not in said]

    @property
    def can_prepare(self) -> bool:
        """Whether the preparation may begin now."""
        return self.case.state == "S7" and all(each.state == "yes" for each in self.before_preparation)

    @cached_property
    def legs(self) -> list[Leg]:
        """The legs in their order."""
        return [Leg(row) for row in self.ready.legs]

    @cached_property
    def earlier(self) -> list[Earlier]:
        """Every other choice, the latest first: nothing of them is lost."""
        rows = ReturnJourney.objects.filter(case=self.case).prefetch_related("legs").order_by("-number")
        others = [row for row in rows if self.trip is None or row.pk != self.trip.row.pk]
        legs = [(row, sorted(row.legs.all(), key=lambda leg: leg.seq)) for row in others]
        return [Earlier(row, [Leg(leg) for leg in found]) for row, found in legs]

    @property
    def papers(self) -> list[TravelDocument]:
        """The papers."""
        return self.ready.papers

    @cached_property
    def child_on_the_way(self) -> list[str]:
        """What is missing for somebody who travels and turns out to be a child; nothing for others."""
        travels = self.trip is not None and self.trip.is_under_way
        return children.missing_for_return(self.case) if travels else []


def panel(case: Case) -> dict[str, Any]:
    """What `returns/panel.html` shows of a case: the journey that stands, and who is still to be told of another."""
    keyring.load([case.pk])
    rows = list(JOURNEYS(case.pk))
    stands = _stands(rows)
    trip = Trip(stands, timezone.now(), case.state) if stands else None
    return {"case": case, "trip": trip, "tell": standing.to_tell(case) if len(rows) > bool(stands) else None}


def _stands(rows: Sequence[ReturnJourney]) -> ReturnJourney | None:
    superseded = {row.supersedes_id for row in rows}
    ended = (row for row in rows if row.withdrawn_on or row.cancelled_on or row.pk in superseded)
    gone = {row.pk for row in ended}
    return next((row for row in rows if row.pk not in gone and row.option != standing.STAY), None)
