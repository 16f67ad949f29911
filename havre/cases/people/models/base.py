"""What every case table has: a random key and a version that a stale edit is measured against."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from havre.platform.audit.actions import WrittenByActions


class CaseTable(WrittenByActions):
    """A row with a random key, written by actions only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Dated(CaseTable):
    """A row that remembers when it was written and by whom."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
