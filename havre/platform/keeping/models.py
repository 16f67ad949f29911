"""Rows that one agency keeps, those that several people of it edit, and files."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import WrittenByActions

from .rows import KeptRows, Visibility

OF_KEPT = {"id", "owner", "visibility"}
OF_EDITED = OF_KEPT | {"version", "made_at", "made_by", "changed_at", "changed_by"}


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
        rows = KeptRows()


class Edited(Kept):
    """A kept row that people of the agency edit one after the other: `version` tells them apart."""

    version = models.IntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class StoredFile(Kept):
    """A file as it was given, in the database, so that it is saved, kept and lost together with what names it."""

    name = models.CharField(max_length=200)  # its own name, without folders
    media = models.CharField(max_length=80)  # as its first bytes tell
    size = models.IntegerField()  # bytes
    digest = models.CharField(max_length=64)  # SHA-256
    body = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"name", "media", "size", "digest", "at", "by"}
        never = {"body"}

    def __str__(self) -> str:
        return self.name
