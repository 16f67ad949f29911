"""What every row of the directory has: a keeper, a visibility, and the organisation it belongs to."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.directory.rows import CardRows, Visibility
from havre.platform.accounts.models import Agency
from havre.platform.audit.actions import WrittenByActions

OF_CARD = {"id", "owner", "visibility"}
OF_CHECK = {"verified_on", "verified_by", "verification_method", "next_check_due", "source", "version"}


def word(length: int = 40) -> models.CharField:
    """A code, or a short text that may be missing."""
    return models.CharField(max_length=length, blank=True, default="")


def words() -> models.TextField:
    """A longer text that may be missing."""
    return models.TextField(blank=True, default="")


def codes() -> ArrayField:
    """Codes of one list, in its order."""
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Kept(WrittenByActions):
    """A row that one agency keeps and that is seen as far as its visibility goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    visibility = models.SmallIntegerField(default=Visibility.PARTNERS)

    class Meta:
        abstract = True

    class Sensitivity:
        rows = CardRows()


class Checked(Kept):
    """A row that somebody checks again and again (SPEC 12: every 180 days)."""

    verified_on = models.DateField(null=True)
    verified_by = word(200)
    verification_method = word(20)
    next_check_due = models.DateField(null=True)
    source = word(500)
    version = models.IntegerField(default=1)

    class Meta:
        abstract = True
