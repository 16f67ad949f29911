"""What one person may not do alone: asked for by one, answered by a second one of the same agency (ADR 34)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from havre.platform.accounts.models import Agency, Team, User
from havre.platform.crypto.fields import ServerText
from havre.platform.database.rows import Where

EXPORT, APPOINT = "register.export", "account.appoint"
# Whoever asks, whoever may answer, and for an account all administrators of the agency.
TOLD = (
    "user_id = (select havre.actor()) or agency_id = (select havre.agrees())"
    f" or (act = '{APPOINT}' and agency_id = (select havre.administers()))"
)


class Agreement(models.Model):
    """One question. Written by functions of the database alone, so that nobody answers their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")  # who asks
    act = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)  # the account that is to get a role
    many = models.IntegerField(db_default=0)  # people whose register is to go out
    roles = models.CharField(max_length=400, blank=True, db_default="")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, db_index=False)
    words = ServerText()
    asked_at = models.DateTimeField()
    until = models.DateTimeField()  # the end of the question, then of the answer
    answered_at = models.DateTimeField(null=True)
    answerer = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)
    agreed = models.BooleanField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answerer=None) | ~Q(answerer=F("user")), name="agreed_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(answerer=None) | Q(subject_id=None) | ~Q(answerer=F("subject_id")),
                name="agreed_by_whom_it_is_not_about",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answerer=None, agreed=None)
                | Q(answered_at__isnull=False, answerer__isnull=False, agreed__isnull=False),
                name="answered_as_a_whole",
            ),
            models.CheckConstraint(condition=Q(used_at=None) | Q(agreed=True), name="used_when_agreed"),
            models.CheckConstraint(condition=Q(act__in=[EXPORT, APPOINT]), name="agreement_is_about"),
        ]
        indexes = [models.Index(fields=["agency", "-asked_at"], name="agreements_of_an_agency")]

    class Sensitivity:
        rows = Where(select=TOLD)
        open = {"id", "agency", "user", "act", "subject_id", "many", "roles", "team", "answerer", "agreed"}
        coarse = {"asked_at": "year", "until": "year", "answered_at": "year", "used_at": "year"}
        never = {"words"}
