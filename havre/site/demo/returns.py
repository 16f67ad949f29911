"""Journeys of people who went home, or prepare to: what they chose, who receives them, the legs, the papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from havre.cases.assistance.models import Risk
from havre.cases.children.models import BestInterest, Circumstances, Guardian
from havre.cases.health.models import Fitness
from havre.cases.people.models import Consent
from havre.cases.returns import zones
from havre.cases.returns.models import ReturnJourney, TravelDocument, TravelLeg
from havre.kernel.vocabularies import load
from havre.site.demo.people import HOME, SEED
from havre.site.demo.sheets import File, moment

BODIES = ("Casa Lumina", "Safe Harbour Trust", "Foyer Aurore", "Maison Espoir", "Beacon House")
MET = ("A. Bello", "M. Ionescu", "T. Okafor", "S. Rahman", "L. Traoré")
HERE = "Europe/Paris"
HIGH = 10  # a score from which a risk is high (SPEC 8.4)
AHEAD = (5, 20)  # days until a departure that is being prepared
# Hours until the arrival of who left today, yesterday, before: some are expected, some late, a few for over a day.
DUE = ((3, 8), (-9, 5), (-40, -27))


M = TypeVar("M", bound=models.Model)


@dataclass
class Trip:
    """What is drawn once for one journey."""

    file: File
    rng: Random
    journey: ReturnJourney
    departs: datetime | None = None
    arrives: datetime | None = None

    @property
    def zone(self) -> str:
        """The clocks of the place of arrival."""
        found = zones.of_country(self.journey.destination)
        return found[0] if found else HERE

    @property
    def going(self) -> bool:
        """Whether the person has left: then nothing of the preparation is missing."""
        return self.file.told.on("S9") is not None


def tell(file: File) -> None:
    """The journey of somebody whose way led through the choice of an option."""
    told = file.told
    chosen = told.on("S8")
    if chosen is None or told.imported or told.refused:
        return
    # A chance of its own, so that what is drawn here moves nothing that was drawn before.
    rng = Random(f"{SEED}|returns|{told.case_reference}")  # noqa: S311 - the same register each time is the point
    at = moment(chosen, rng)
    file.sheets.record(file, at, "journey.choose")
    option = "relocate" if told.origin["country"] == HOME else "return"
    points = {"option": option, "points": ";".join(load("return_points")), "destination": told.origin["country"]}
    written = {"by": file.sheets.worker, "at": at, "chosen_on": chosen}
    trip = Trip(file, rng, file.of_case(ReturnJourney, **points, **written))
    _times(trip)
    _declare(trip, chosen)
    _receive(trip, chosen)
    _legs(trip)
    _papers(trip, chosen)
    _health(trip, chosen)
    _risk(trip, chosen)
    if told.is_child:
        _protect(trip, chosen)
    _travel(trip)


def _times(trip: Trip) -> None:
    """When the journey begins and ends, as planned; nothing while no ticket is bought."""
    told, rng, today = trip.file.told, trip.rng, trip.file.sheets.today
    left, there = told.on("S9"), told.on("S10")
    hours = timedelta(hours=rng.randint(6, 11))
    if left is None:
        if told.desk or rng.random() < 0.6:
            day = today + timedelta(days=14 if told.desk else rng.randint(*AHEAD))
            trip.departs = _at(day, rng.randint(7, 20))
            trip.arrives = trip.departs + hours
            trip.journey.planned_on = day
        return
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    if there is not None:
        trip.departs = _at(left, rng.randint(7, 21))
        trip.arrives = trip.departs + hours
    else:
        trip.arrives = now + timedelta(hours=rng.randint(*DUE[min((today - left).days, 2)]))
        trip.departs = min(trip.arrives - hours, now - timedelta(hours=1))
    trip.journey.planned_on = timezone.localtime(trip.departs).date()


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 15)))


def _ready(trip: Trip, share: float) -> bool:
    return trip.going or trip.rng.random() < share


def _between(trip: Trip, begun: date) -> date:
    """A day between the choice and the departure, never after today."""
    last = trip.file.told.on("S9") or trip.file.sheets.today
    return min(begun + timedelta(days=trip.rng.randint(1, 6)), last)


def _declare(trip: Trip, begun: date) -> None:
    if not _ready(trip, 0.7):
        return
    day = _between(trip, begun)
    trip.journey.declared_on, trip.journey.declared_how = day, trip.rng.choice(("signed", "signed", "mark"))
    if trip.file.told.is_child:
        trip.journey.guardian_on, trip.journey.assent = day, True


def _receive(trip: Trip, begun: date) -> None:
    """Who receives the person, asked only after the person agreed that they are told."""
    if not _ready(trip, 0.8):
        return
    body, day = trip.rng.choice(BODIES), _between(trip, begun)
    trip.journey.receiving = body
    _share(trip, body, day)
    if _ready(trip, 0.5):
        trip.journey.receiving_confirmed_on = day


def _share(trip: Trip, body: str, day: date) -> None:
    child = trip.file.told.is_child
    how = {"given_by": "both" if child else "self", "assent": True if child else None, "method": "spoken"}
    said = {"scope": "share", "decision": "given", "recipient": body, "decided_on": day, **how}
    person = trip.file.person.pk
    trip.file.of_case(Consent, person_id=person, language=trip.file.told.origin["language"], **said, **_by(trip, day))


def _legs(trip: Trip) -> None:
    """One leg, or two with a train before the flight."""
    if trip.departs is None or trip.arrives is None:
        return
    rng, told = trip.rng, trip.file.told
    city = trip.file.sheets.worker.agency.name.rpartition(", ")[2]
    town = told.origin["towns"].split(";")[0]
    escort = "social" if told.is_child else rng.choices(("none", "social", "family", "medical"), (70, 15, 12, 3))[0]
    ends = [(city, HERE, trip.departs), (town, trip.zone, trip.arrives)]
    if rng.random() < 0.5:
        hours = (trip.arrives - trip.departs) / 4
        ends.insert(1, ("Paris", HERE, trip.departs + hours))
    for seq, (begin, end) in enumerate(pairwise(ends), 1):
        rail = end[0] == "Paris"
        departs = begin[2] + timedelta(minutes=50) if seq > 1 else begin[2]
        lines = (
            ("Ligne Bleue", f"LB {rng.randint(2000, 9900)}") if rail else ("Aile Claire", f"AC {rng.randint(100, 990)}")
        )
        trip.file.of_case(
            TravelLeg,
            **_by(trip, departs),
            journey=trip.journey,
            seq=seq,
            mode="rail" if rail else "air",
            carrier=lines[0],
            number=lines[1],
            from_place=begin[0],
            departs_at=departs,
            departs_zone=begin[1],
            to_place=end[0],
            arrives_at=end[2],
            arrives_zone=end[1],
            escort=escort,
            escort_name="" if escort == "none" else rng.choice(MET),
        )


def _by(trip: Trip, until: datetime | date) -> dict[str, Any]:
    """Who wrote a row, and when: before that moment and before now."""
    day = until.date() if isinstance(until, datetime) else until
    return {"by": trip.file.sheets.worker, "at": moment(min(day, trip.file.sheets.today), trip.rng)}


def _papers(trip: Trip, begun: date) -> None:
    rng, country = trip.rng, trip.file.told.origin["country"]
    lost = country != HOME and rng.random() < 0.3
    end = (trip.arrives.date() if trip.arrives else trip.file.sheets.today) + timedelta(days=rng.randint(20, 1500))
    if lost:
        trip.file.of_case(TravelDocument, kind="passport", state="lost", issued_by=country, **_by(trip, begun))
    usual = "identity_card" if country == HOME else "passport"
    kind, state = "laissez_passer" if lost else usual, "held" if _ready(trip, 0.6) else "asked"
    held = {"number": f"X{rng.randint(100000, 999999)}", "valid_until": end} if state == "held" else {}
    values = {"kind": kind, "state": state, "issued_by": country, **held}
    trip.file.of_case(TravelDocument, **values, **_by(trip, _between(trip, begun)))


def _mine(trip: Trip, model: type[M], **values: Any) -> list[M]:
    """The rows of this file that other stages wrote."""
    rows = [row for row in trip.file.sheets.rows.get(model, ()) if isinstance(row, model)]
    return [
        row
        for row in rows
        if getattr(row, "case_id", None) == trip.file.case.pk
        and all(getattr(row, name) == value for name, value in values.items())
    ]


def _health(trip: Trip, begun: date) -> None:
    """A word on the journey, where the health workers have left none; of who left, one that let them."""
    until = trip.arrives.date() if trip.arrives else begun
    said = _mine(trip, Fitness)
    for each in said if trip.going else ():
        each.fit, each.valid_until = ("yes" if each.fit == "no" else each.fit), max(each.on, until) + timedelta(30)
    if said or not _ready(trip, 0.5):
        return
    day = _between(trip, begun)
    holds = max(day, until) + timedelta(days=30)
    trip.file.of_case(Fitness, fit="yes", clinician="Dr K. Ansah", on=day, valid_until=holds, **_by(trip, day))


def _risk(trip: Trip, begun: date) -> None:
    """The risk of the return of somebody who left: judged, and below high unless a supervisor has decided."""
    if not trip.going:
        return
    judged = _mine(trip, Risk, about="return", override_by_id=None)
    for each in judged:
        if each.residual_likelihood is None or (each.residual or 0) >= HIGH:
            each.residual_likelihood, each.residual_impact = 2, 3
    if not _mine(trip, Risk, about="return"):
        values = {"likelihood": 2, "impact": 3, "owner": trip.file.sheets.worker}
        trip.file.of_case(Risk, about="return", threat="–", **values, **_by(trip, begun))


def _protect(trip: Trip, begun: date) -> None:
    """A child goes home after a panel found it best: who came with them, the guardian, the determination."""
    file, day = trip.file, begun
    if not _mine(trip, Circumstances):
        file.of_case(Circumstances, accompanied="no", **_by(trip, day))
    if not _mine(trip, Guardian):
        file.of_case(Guardian, name="C. Marchand", appointed_on=file.told.opened, **_by(trip, day))
    if not _mine(trip, BestInterest, kind="determination", about="return"):
        found = {"family_assessment": "yes", "family_assessed_on": day, "carer_confirmed": "yes", "panel_size": 3}
        panel = {"panel": "C. Marchand\nH. Dubois\nN. Bensaïd", "outcome": "in_interest", "on": day}
        file.of_case(BestInterest, kind="determination", about="return", **found, **panel, **_by(trip, day))


def _travel(trip: Trip) -> None:
    """The departure, the arrival and the handover, as far as the file went."""
    told, journey, rng = trip.file.told, trip.journey, trip.rng
    if trip.departs is None or trip.arrives is None or not trip.going:
        return
    journey.departed_at, journey.departed_zone, journey.due_at = trip.departs, HERE, trip.arrives
    trip.file.sheets.record(trip.file, moment(told.on("S9") or trip.departs.date(), rng), "journey.depart")
    there, met = told.on("S10"), told.on("S11")
    if there is None:
        return
    arrived = trip.arrives + timedelta(minutes=rng.randint(0, 90))
    journey.arrived_at = min(arrived, timezone.now() - timedelta(minutes=10))
    journey.arrived_zone, journey.confirmed_how = trip.zone, rng.choice(("call", "messaging", "through_agency"))
    journey.confirmed_by = rng.choice(("receiving", "receiving", "self", "escort"))
    trip.file.sheets.record(trip.file, moment(there, rng), "journey.arrive")
    if met is not None:
        journey.handover_on, journey.handover_to = met, rng.choice(MET)
        trip.file.sheets.record(trip.file, moment(met, rng), "journey.hand_over")
