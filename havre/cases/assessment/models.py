"""What a worker notes of the indicators and of vulnerability; readings and assessments stay as they were kept."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from havre.cases.people.models import Case
from havre.cases.people.models.base import CaseTable, Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import Unguarded, case_rows
from havre.platform.permissions import Compartment

ANSWERS = ("yes", "no", "unknown")
NOBODY = "Causes seen from a place, never from a person: every agency reads and completes the same page of a country."


class IndicatorMark(Dated):
    """What a worker says of one indicator by hand; an empty answer leaves it to what the person told."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    list = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    answer = models.CharField(max_length=8, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "list", "code"], name="an_indicator_is_marked_once"),
            models.CheckConstraint(
                condition=models.Q(answer__in=("", *ANSWERS)), name="a_mark_is_yes_no_unknown_or_taken_back"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "list", "code", "answer", "version"}
        coarse = {"at": "year"}


class IndicatorResult(Dated):
    """A reading as it was kept: with the list it was made by, so that a new list rewrites nothing (SPEC 6.1)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    profile = models.CharField(max_length=12)
    list_version = models.CharField(max_length=8)
    answers = models.JSONField(default=dict)  # indicator to yes or no
    counts = models.JSONField(default=dict)  # dimension to strong, medium, weak: at least, at most
    strict_low = models.CharField(max_length=40, default="")
    strict_high = models.CharField(max_length=40, default="")
    palermo_low = models.BooleanField(default=False)
    palermo_high = models.BooleanField(default=False)
    ilo = models.CharField(max_length=40, blank=True, default="")  # codes of the eleven, joined by ';'

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(palermo_low=False) | models.Q(palermo_high=True),
                name="what_is_unknown_adds_and_never_takes",
            )
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "profile", "list_version", "answers", "counts", "ilo"}
        open |= {"strict_low", "strict_high", "palermo_low", "palermo_high"}
        coarse = {"at": "year"}


class Vulnerability(Dated):
    """One factor in one assessment; a later assessment adds rows and leaves these as they are (SPEC 7)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    level = models.CharField(max_length=10, default="individual")
    factor = models.CharField(max_length=30)
    direction = models.CharField(max_length=10, default="risk")
    present = models.CharField(max_length=8, default="unknown")
    weight = models.SmallIntegerField(default=0)
    note = SealedText(subject="case_id")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "factor", "at"], name="a_factor_once_an_assessment"),
            models.CheckConstraint(
                condition=models.Q(level__in=("individual", "household")), name="levels_of_a_person_stand_in_the_file"
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=("risk", "protective")), name="a_factor_has_a_direction"
            ),
            models.CheckConstraint(condition=models.Q(present__in=ANSWERS), name="a_factor_is_yes_no_or_unknown"),
            models.CheckConstraint(
                condition=models.Q(weight=0) | models.Q(present="yes", weight__range=(1, 3)),
                name="only_what_is_there_weighs",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "level", "factor", "direction", "present", "weight"}
        coarse = {"at": "year", "on": "year"}
        never = {"note"}


class PlaceFactor(CaseTable):
    """One cause seen from a place in a year: about nobody, and the same for every agency (SPEC 7)."""

    country = models.CharField(max_length=2)
    area = models.CharField(max_length=200, blank=True, default="")
    period = models.SmallIntegerField()
    factor = models.CharField(max_length=30)
    present = models.CharField(max_length=8, default="unknown")
    source = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "area", "period", "factor"], name="a_factor_once_a_place_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(present__in=ANSWERS), name="a_factor_of_a_place_is_yes_no_or_unknown"
            ),
        ]

    class Sensitivity:
        rows = Unguarded(reason=NOBODY, verbs=("select", "insert", "update"))
        open = {"id", "country", "area", "period", "factor", "present", "source", "at", "version"}
