"""A file of Amina's, and everything that must hold before a departure, to be taken away one at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import models
from django.utils import timezone

from havre.cases.assistance.models import Risk
from havre.cases.health.models import Fitness
from havre.cases.people import actions as people
from havre.cases.people.models import Case, Person
from havre.cases.returns import actions
from havre.cases.returns.models import ReturnJourney
from havre.platform.accounts.claims import acting_as

BODY = "Maison Tremplin"
CHOICE = {"option": "return", "points": "FREE;TAKE_BACK", "chosen_on": date(2026, 3, 12), "destination": "NG"}


def leaves(days: int = -1) -> datetime:
    """Noon, so many days from today."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=12)


def leg(departs: datetime, hours: float = 5, **more: object) -> dict[str, object]:
    """A leg that takes so many hours."""
    ends = {"departs_zone": "Europe/Paris", "arrives_zone": "Africa/Lagos"}
    places = {"from_place": "Marseille", "to_place": "Lagos", "mode": "air"}
    return {"departs_at": departs, "arrives_at": departs + timedelta(hours=hours), **ends, **places, **more}


class Build:
    """Brings a file, step by step, to the eve of a departure."""

    def __init__(self, case: Case, by: object) -> None:
        self.case, self.by = case, by

    @property
    def state(self) -> str:
        """Where the file stands now."""
        self.case.refresh_from_db()
        return self.case.state

    def stand(self, state: str, before: str = "") -> Case:
        """Sets the state of the file as it would be found."""
        closed = timezone.localdate() if state == "S13" else None
        Case.objects.filter(pk=self.case.pk).update(state=state, closed_on=closed, before_safety=before)
        self.case.refresh_from_db()
        return self.case

    def put(self, model: type[models.Model], **values: object) -> None:
        """A row as an earlier stage left it."""
        models.QuerySet(model).bulk_create([model(case=self.case, by=self.by, **values)])

    def choose(self, **more: object) -> ReturnJourney:
        """The person chose to go home."""
        self.stand("S6")
        return actions.choose(self.case, by=self.by, values={**CHOICE, **more})

    def declare(self, journey: ReturnJourney, **values: object) -> None:
        """The declaration is signed."""
        said = values or {"declared_on": date(2026, 3, 13), "declared_how": "signed"}
        version = ReturnJourney.objects.get(pk=journey.pk).version
        actions.declare(journey, by=self.by, version=version, values=said)

    def place(self, journey: ReturnJourney, **values: object) -> None:
        """The receiving body said yes."""
        said = values or {"receiving": BODY, "receiving_confirmed_on": date(2026, 3, 14)}
        version = ReturnJourney.objects.get(pk=journey.pk).version
        actions.place(journey, by=self.by, version=version, values=said)

    def share(self) -> None:
        """The person agrees that the body is told."""
        decisions = [people.Decision("share", "given", BODY)]
        people.record_consent(self.case, by=self.by, talk=people.Talk(on=date(2026, 3, 14)), decisions=decisions)

    def risk(self, likelihood: int = 2) -> None:
        """The risk of the return, judged."""
        self.put(Risk, about="return", threat="Debt", likelihood=likelihood, impact=3, owner=self.by)

    def fit(self, until: date | None = None) -> None:
        """Fit to travel."""
        self.put(Fitness, fit="yes", on=date(2026, 3, 1), valid_until=until or timezone.localdate() + timedelta(90))

    def paper(self, until: date | None = None, state: str = "held") -> None:
        """A passport."""
        valid = until or timezone.localdate() + timedelta(days=90)
        values = {"kind": "passport", "number": "A1", "issued_by": "NG", "valid_until": valid, "state": state}
        actions.save_paper(self.case, by=self.by, values=values)

    def way(self, journey: ReturnJourney, **more: object) -> None:
        """One leg, that left yesterday."""
        actions.save_leg(journey, by=self.by, values=leg(leaves(), **more))

    def all(self, *but: str) -> ReturnJourney:
        """Everything, but what is named."""
        journey = self.choose()
        for name in ("declare", "place", "way"):
            if name not in but:
                getattr(self, name)(journey)
        for name in ("share", "risk", "fit", "paper"):
            if name not in but:
                getattr(self, name)()
        return ReturnJourney.objects.get(pk=journey.pk)

    def depart(self, journey: ReturnJourney) -> ReturnJourney:
        """The person leaves."""
        version = ReturnJourney.objects.get(pk=journey.pk).version
        return actions.depart(journey, by=self.by, version=version, at=leaves(), zone="Europe/Paris")

    def grow(self, age: int) -> None:
        """The age as it is recorded from now on."""
        Person.objects.filter(pk=self.case.person_id).update(birth_year=timezone.localdate().year - age)
        self.case.refresh_from_db()


@pytest.fixture
def case(personas):
    with acting_as(personas.amina):
        arrival = people.Arrival(on=date(2026, 3, 12), called="Salam Haddad", in_danger="no")
        return people.open_contact(arrival, by=personas.amina)


@pytest.fixture
def build(personas, case):
    """The file, in Amina's hands."""
    with acting_as(personas.amina):
        yield Build(case, personas.amina)
