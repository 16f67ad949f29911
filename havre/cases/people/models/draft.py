"""What somebody typed and has not sent yet: sealed under their own key, gone after fourteen days."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import OwnRows

KEPT = timedelta(days=14)


class Draft(models.Model):
    """One form's unsent content for one user and one subject."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    form = models.CharField(max_length=60)
    subject = models.UUIDField()
    body = SealedText(subject="user_id")
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form", "subject"], name="one_draft_a_form")]

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"id", "user", "form", "subject", "saved"}
        never = {"body"}
