"""The interview, what was answered in it, and the finding a person makes of it."""

from __future__ import annotations

from django.db import models

from havre.cases.people.models import Case
from havre.cases.people.models.base import CaseTable, Dated
from havre.platform.accounts.models import User
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment


class Interview(CaseTable):
    """One conversation, or several sittings of it, along one version of a questionnaire."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="interviews")
    kind = models.CharField(max_length=20)
    questionnaire = models.CharField(max_length=40)
    questionnaire_version = models.CharField(max_length=20)
    interviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=20, blank=True, default="")

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "kind", "questionnaire", "questionnaire_version", "interviewer", "stopped_because"}
        coarse = {"began": "year", "ended": "year"}


class Answer(CaseTable):
    """What was said to one question: answered, declined, unknown or not asked are four different things."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="answers", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    item = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    codes = models.CharField(max_length=400, blank=True, default="")  # codes joined by ';'
    text = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "item"], name="an_item_once_an_interview")]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "interview", "case", "item", "state", "codes", "version"}
        never = {"text"}


class FindingQuerySet(models.QuerySet["Finding"]):
    def standing(self) -> FindingQuerySet:
        """The findings that no later one supersedes."""
        return self.filter(superseded_by=None)


class Finding(Dated):
    """What was computed, what a person decided and why, and who read it a second time. Never overwritten (SPEC 4)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="findings")
    age_group = models.CharField(max_length=8, blank=True)
    act = models.CharField(max_length=8, blank=True)
    means = models.CharField(max_length=8, blank=True)
    purpose = models.CharField(max_length=8, blank=True)
    computed = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=40)
    reason = SealedText(subject="case_id")
    definition = models.CharField(max_length=60, default="palermo")
    body = models.CharField(max_length=60, blank=True)
    second_reader = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    confirmed_on = models.DateTimeField(null=True)
    imported = models.BooleanField(default=False)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(second_reader=None, confirmed_on=None)
                | models.Q(second_reader__isnull=False, confirmed_on__isnull=False)
                & ~models.Q(second_reader=models.F("by")),
                name="a_second_reader_is_another_person",
            )
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "age_group", "act", "means", "purpose", "computed", "result", "definition", "body"}
        open |= {"second_reader", "imported", "supersedes"}
        coarse = {"at": "year", "confirmed_on": "year"}
        never = {"reason"}
