"""The key by which somebody's own calendar reads ours."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.audit.actions import WrittenByActions
from havre.platform.database.rows import OwnRows


class CalendarKey(WrittenByActions):
    """The hash of a secret; whoever has the secret reads the days that its owner may see, and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"id", "user", "made_at"}
        never = {"hash"}
