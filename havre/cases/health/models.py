"""The health of a person before, during and after, kept by health workers alone; and whether they are fit to travel."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import NamedRows, case_rows
from havre.platform.permissions import Compartment


class HealthRecord(Dated):
    """One symptom or condition, in one phase, as the person or a clinician says it (SPEC 8.6)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="health_records")
    phase = models.CharField(max_length=6)  # before, during, after
    condition = models.CharField(max_length=40)
    severity = models.SmallIntegerField(null=True)
    source = models.CharField(max_length=10, blank=True)
    on = models.DateField(null=True)
    precision = models.CharField(max_length=5, blank=True)
    note = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(severity=None) | Q(severity__gte=0, severity__lte=3), name="a_severity_from_0_to_3"
            ),
            models.CheckConstraint(condition=Q(on=None) | ~Q(precision=""), name="a_health_day_says_how_exact"),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.HEALTH, "insert", "update")
        open = {"id", "case", "by", "phase", "condition", "severity", "source", "precision", "version"}
        coarse = {"at": "year", "on": "year"}
        never = {"note"}


class CareTopic(Dated):
    """One action sheet of "Caring for Trafficked Persons" that was gone through with the person."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="care_topics", db_index=False)
    topic = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "topic"], name="a_care_topic_once")]

    class Sensitivity:
        rows = case_rows(Compartment.HEALTH, "insert", "delete")
        open = {"id", "case", "by", "topic"}
        coarse = {"at": "year"}


class RestrictedResult(Dated):
    """A test that needs a yes of its own and a talk before it. Only those named in the row itself reach it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="restricted_results")
    test = models.CharField(max_length=20)
    consented_on = models.DateField()
    counselled_on = models.DateField()
    counselled_after_on = models.DateField(null=True)
    on = models.DateField(null=True)
    result = SealedText(subject="case_id")
    readers = ArrayField(models.BigIntegerField())  # principals, as in `case_access`
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(on=None) | Q(on__gte=F("consented_on")) & Q(on__gte=F("counselled_on")),
                name="a_test_after_consent_and_talk",
            ),
            models.CheckConstraint(
                condition=Q(counselled_after_on=None) | Q(on__isnull=False, counselled_after_on__gte=F("on")),
                name="a_talk_after_the_test",
            ),
        ]

    class Sensitivity:
        rows = NamedRows(writes=("insert", "update"), compartment=Compartment.HEALTH)
        open = {"id", "case", "by", "version"}
        coarse = {"at": "year"}
        never = {"test", "result", "readers", "consented_on", "counselled_on", "counselled_after_on", "on"}


class Fitness(Dated):
    """Whether the person is fit to travel. The why stays in the health record; a later look supersedes."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="fitness")
    fit = models.CharField(max_length=10)  # yes, conditions, no
    conditions = SealedText(subject="case_id")  # what the journey must offer, in words without a diagnosis
    clinician = SealedText(subject="case_id")
    on = models.DateField()
    valid_until = models.DateField(null=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(fit__in=["yes", "conditions"]) | Q(valid_until__isnull=False),
                name="fit_to_travel_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("on")), name="a_fitness_ends_after_it_begins"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "fit", "supersedes"}
        coarse = {"at": "year", "on": "year", "valid_until": "year"}
        never = {"conditions", "clinician"}
