"""What somebody agreed to: each version stays as it was, with the needs and services as they stood that day."""

from __future__ import annotations

from django.db import models

from havre.cases.people.models import Case
from havre.cases.people.models.base import CaseTable, Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

from .needs import Need, ServiceDelivery


class Plan(Dated):
    """One version of the plan, agreed by the person or a guardian (SPEC 8.3)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans", db_index=False)
    number = models.SmallIntegerField()
    agreed_on = models.DateField()
    agreed_how = models.CharField(max_length=12, blank=True, default="")
    agreed_by = models.CharField(max_length=10, default="self")
    review_on = models.DateField(null=True)
    words = SealedText(subject="case_id")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_version_of_a_plan_once"),
            models.CheckConstraint(
                condition=models.Q(review_on=None) | models.Q(review_on__gte=models.F("agreed_on")),
                name="a_plan_is_reviewed_after_it_was_agreed",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "number", "agreed_how", "agreed_by", "supersedes"}
        coarse = {"at": "year", "agreed_on": "year", "review_on": "year"}
        never = {"words"}


class PlanLine(CaseTable):
    """One need or service as it stood when the plan was agreed; a need without help is a line without a service."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(ServiceDelivery, models.PROTECT, null=True, related_name="+")
    need_code = models.CharField(max_length=20, blank=True, default="")
    goal = SealedText(subject="case_id")
    service_code = models.CharField(max_length=20, blank=True, default="")
    provider = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=10, blank=True, default="")
    start = models.DateField(null=True)
    due = models.DateField(null=True)

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "plan", "need", "service", "need_code", "service_code", "status"}
        coarse = {"start": "year", "due": "year"}
        never = {"goal", "provider"}
