"""Calls and visits afterwards, and every attempt at them."""

from __future__ import annotations

from django.db import models

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment


class FollowUp(Dated):
    """One planned contact, with its window and what came of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups", db_index=False)
    code = models.CharField(max_length=4)
    planned = models.DateField()
    window_days = models.SmallIntegerField()
    state = models.CharField(max_length=10, default="planned")
    done_on = models.DateField(null=True)
    living = models.CharField(max_length=20, blank=True, default="")
    safe = models.CharField(max_length=8, blank=True, default="")
    work = models.CharField(max_length=20, blank=True, default="")
    health = models.CharField(max_length=8, blank=True, default="")
    family = models.CharField(max_length=8, blank=True, default="")
    wish_to_leave = models.CharField(max_length=8, blank=True, default="")
    re_trafficking_sign = models.CharField(max_length=8, blank=True, default="")
    words = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="a_follow_up_once")]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "code", "window_days", "state", "version"}
        open |= {"living", "safe", "work", "health", "family", "wish_to_leave", "re_trafficking_sign"}
        coarse = {"at": "year", "planned": "year", "done_on": "year"}
        never = {"words"}


class ContactAttempt(Dated):
    """One try to reach the person."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attempts")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="attempts", null=True)
    means = models.CharField(max_length=20)
    result = models.CharField(max_length=20)

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "follow_up", "means", "result"}
        coarse = {"at": "year"}


class SatisfactionQuerySet(models.QuerySet["Satisfaction"]):
    def standing(self) -> SatisfactionQuerySet:
        """What the person said last of each service."""
        return self.filter(superseded_by=None)


class Satisfaction(Dated):
    """What the person says of one service, from 1 to 5; what was said before stays (SPEC 9.4)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="satisfactions")
    service = models.ForeignKey(ServiceDelivery, models.PROTECT, related_name="+")
    score = models.SmallIntegerField()
    words = SealedText(subject="case_id")
    on = models.DateField()
    contact = models.CharField(max_length=4, blank=True, default="")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = SatisfactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="satisfaction_from_1_to_5")
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "service", "score", "contact", "supersedes"}
        coarse = {"at": "year", "on": "year"}
        never = {"words"}
