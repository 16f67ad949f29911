"""What stands beside a child: who came with them, their guardian, and what was found to be best for them (SPEC 8.7)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment


class Circumstances(Dated):
    """Who the child came with, and what holds them meanwhile. One row a case."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="child_circumstances")
    accompanied = models.CharField(max_length=8, blank=True)  # yes, no, unknown; empty: not asked
    with_whom = SealedText(subject="case_id")
    family_contact = models.CharField(max_length=8, blank=True)
    contact_safe = models.CharField(max_length=8, blank=True)
    school = models.CharField(max_length=12, blank=True)
    words = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = case_rows(Compartment.CHILD, "insert", "update")
        open = {"id", "case", "by", "accompanied", "family_contact", "contact_safe", "school", "version"}
        coarse = {"at": "year"}
        never = {"with_whom", "words"}


class Guardian(Dated):
    """Somebody named to speak and decide for the child, from a day on."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="guardians")
    name = SealedText(subject="case_id")
    body = models.CharField(max_length=200, blank=True)
    contact = SealedText(subject="case_id")
    appointed_on = models.DateField()
    ended_on = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("appointed_on")), name="a_guardian_ends_after_they_begin"
            )
        ]

    class Sensitivity:
        rows = case_rows(Compartment.CHILD, "insert", "update")
        open = {"id", "case", "by", "version"}
        coarse = {"at": "year", "appointed_on": "year", "ended_on": "year"}
        never = {"name", "body", "contact"}


class BestInterestQuerySet(models.QuerySet["BestInterest"]):
    def standing(self) -> BestInterestQuerySet:
        """Those that no later one took the place of."""
        return self.filter(superseded_by=None)


class BestInterest(Dated):
    """What is best for the child in one decision: weighed by a worker, or determined by a panel of three at least."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="best_interests")
    kind = models.CharField(max_length=13)  # assessment, determination
    about = models.CharField(max_length=20)
    options = SealedText(subject="case_id")
    views = SealedText(subject="case_id")
    family_assessment = models.CharField(max_length=8, blank=True)
    family_assessed_on = models.DateField(null=True)
    carer_confirmed = models.CharField(max_length=8, blank=True)
    carer = SealedText(subject="case_id")
    safety = SealedText(subject="case_id")
    health = SealedText(subject="case_id")
    development = SealedText(subject="case_id")
    panel = SealedText(subject="case_id")  # the members, one a line
    panel_size = models.SmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True)
    reasons = SealedText(subject="case_id")
    on = models.DateField()
    review_on = models.DateField(null=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = BestInterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="determination") | Q(panel_size__gte=3) & ~Q(outcome=""),
                name="a_determination_by_three",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gte=F("on")), name="a_review_after_the_decision"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.CHILD, "insert")
        open = {"id", "case", "by", "kind", "about", "family_assessment", "carer_confirmed", "panel_size", "outcome"}
        open |= {"supersedes"}
        coarse = {"at": "year", "on": "year", "review_on": "year", "family_assessed_on": "year"}
        never = {"options", "views", "carer", "safety", "health", "development", "panel", "reasons"}
