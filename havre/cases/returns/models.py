"""The journey somebody chose, its legs and their papers. What was chosen before is superseded, never overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment


class ReturnJourney(Dated):
    """One choice of the person (stay, return, relocate) and the journey that follows from it (SPEC 9.1)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="journeys", db_index=False)
    number = models.SmallIntegerField(default=1)  # the first, the second… choice in this file
    option = models.CharField(max_length=10)
    points = models.CharField(max_length=200, blank=True, default="")  # what was explained, codes joined by ';'
    chosen_on = models.DateField(null=True)
    destination = models.CharField(max_length=2, blank=True, default="")
    declared_on = models.DateField(null=True)
    declared_how = models.CharField(max_length=12, blank=True, default="")
    guardian_on = models.DateField(null=True)  # a child: the day the guardian consented
    assent = models.BooleanField(null=True)  # a child: whether the child wishes it too
    receiving = SealedText(subject="case_id")
    receiving_confirmed_on = models.DateField(null=True)
    sending = SealedText(subject="case_id")  # somebody received from abroad: the body that sent them
    planned_on = models.DateField(null=True)
    departed_at = models.DateTimeField(null=True)
    departed_zone = models.CharField(max_length=40, blank=True, default="")
    due_at = models.DateTimeField(null=True)  # when the last leg arrives: whoever may not read the legs sees lateness
    arrived_at = models.DateTimeField(null=True)
    arrived_zone = models.CharField(max_length=40, blank=True, default="")
    confirmed_by = models.CharField(max_length=12, blank=True, default="")
    confirmed_how = models.CharField(max_length=20, blank=True, default="")
    handover_on = models.DateField(null=True)
    handover_to = SealedText(subject="case_id")
    onward = SealedText(subject="case_id")
    withdrawn_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    cancel_reason = SealedText(subject="case_id")
    told_on = models.DateField(null=True)  # the receiving body was told that nobody comes
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_journey_once"),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(departed_at=None) | Q(arrived_at__gt=F("departed_at")),
                name="a_journey_arrives_after_it_departs",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(departed_at=None), name="a_journey_is_withdrawn_before_it_departs"
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(withdrawn_on=None, cancelled_on=None),
                name="a_journey_that_arrived_was_not_ended",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "number", "option", "points", "destination", "declared_how", "assent"}
        open |= {"departed_zone", "arrived_zone", "confirmed_by", "confirmed_how", "supersedes", "version"}
        coarse = {"at": "year", "chosen_on": "year", "declared_on": "year", "guardian_on": "year"}
        coarse |= {"receiving_confirmed_on": "year", "planned_on": "year", "departed_at": "year", "due_at": "year"}
        coarse |= {"arrived_at": "year", "handover_on": "year", "withdrawn_on": "year", "cancelled_on": "year"}
        coarse |= {"told_on": "year"}
        never = {"receiving", "sending", "handover_to", "onward", "cancel_reason"}


class TravelLeg(Dated):
    """One part of the way, by one means, in the local times of both ends."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="travel_legs")
    journey = models.ForeignKey(ReturnJourney, models.PROTECT, related_name="legs")
    seq = models.SmallIntegerField(default=1)  # by the hour of departure
    mode = models.CharField(max_length=12)
    carrier = SealedText(subject="case_id")
    number = SealedText(subject="case_id")
    from_place = SealedText(subject="case_id")
    to_place = SealedText(subject="case_id")
    departs_at = models.DateTimeField()
    departs_zone = models.CharField(max_length=40)
    arrives_at = models.DateTimeField()
    arrives_zone = models.CharField(max_length=40)
    escort = models.CharField(max_length=10, default="none")
    escort_name = SealedText(subject="case_id")
    note = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(arrives_at__gte=F("departs_at")), name="a_leg_arrives_after_it_departs")
        ]

    class Sensitivity:
        rows = case_rows(Compartment.WHEREABOUTS, "insert", "update", "delete")
        open = {"id", "case", "by", "journey", "seq", "mode", "departs_zone", "arrives_zone", "escort", "version"}
        coarse = {"at": "year", "departs_at": "year", "arrives_at": "year"}
        never = {"carrier", "number", "from_place", "to_place", "escort_name", "note"}


class TravelDocument(Dated):
    """A paper that lets somebody travel; it stays theirs when a journey is called off."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="travel_documents")
    kind = models.CharField(max_length=20)
    number = SealedText(subject="case_id")
    issued_by = models.CharField(max_length=2, blank=True, default="")  # a country
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=10)
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = case_rows(Compartment.WHEREABOUTS, "insert", "update")
        open = {"id", "case", "by", "kind", "issued_by", "state", "version"}
        coarse = {"at": "year", "valid_until": "year"}
        never = {"number"}
