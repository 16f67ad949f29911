"""Emergency access: who opened which file, why, until when, and what the review said (SECURITY-DESIGN 3)."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from havre.cases.people.models import Case
from havre.platform.accounts.models import Agency, User
from havre.platform.crypto.fields import ServerText
from havre.platform.database.rows import Where

HOURS = 4
REVIEW = timedelta(hours=72)
# Whoever asked, whoever looks after the file, and whoever reviews for the agency, who learns nothing of the file.
TOLD = "user_id = (select havre.actor()) or owner_id = (select havre.actor()) or agency_id = (select havre.reviews())"


class BreakGlass(models.Model):
    """One use. Written by the functions break_glass, end_glass and review_glass alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")  # of the file on that day
    compartments = models.IntegerField()
    reason = models.CharField(max_length=20)
    words = ServerText()
    begun = models.DateTimeField()
    until = models.DateTimeField()  # its real end, once it has ended earlier
    reviewed_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)
    verdict = models.CharField(max_length=20, blank=True, db_default="")
    sentence = ServerText()

    class Meta:
        constraints = [
            # Unreviewed use blocks the next one, however two requests race.
            models.UniqueConstraint(fields=["user"], condition=Q(reviewed_at=None), name="one_use_that_waits"),
            models.CheckConstraint(condition=Q(until__lte=F("begun") + timedelta(hours=HOURS)), name="four_hours"),
            models.CheckConstraint(condition=Q(reviewer=None) | ~Q(reviewer=F("user")), name="never_by_oneself"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewer=None, verdict="")
                | Q(reviewed_at__isnull=False, verdict__in=["justified", "not_justified"]),
                name="reviewed_as_a_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-begun"], name="uses_of_an_agency")]

    class Sensitivity:
        rows = Where(select=TOLD)
        open = {"id", "case", "agency", "user", "owner", "compartments", "reason", "reviewer", "verdict"}
        coarse = {"begun": "year", "until": "year", "reviewed_at": "year"}
        never = {"words", "sentence"}
