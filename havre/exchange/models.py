"""A file on its way in: chosen, checked, shown, agreed to, written; and one on its way out. Registers, and cards."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.agreements.models import Agreement
from havre.platform.audit.actions import WrittenByActions
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import OwnRows

OPEN = ("waiting", "checking", "checked", "agreed", "importing")
STATES = (*OPEN, "faulty", "done", "cancelled", "failed")
LEAVING = ("asked", "waiting", "writing", "ready")
LEFT = (*LEAVING, "taken", "cancelled", "failed")


class Underway(WrittenByActions):
    """A file of somebody that a job works on; nobody else sees that it is there. It waits sealed on disk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    began = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, default="waiting")
    stop = models.BooleanField(default=False)  # whoever asked wants it no more
    staged = models.CharField(max_length=40, default="")  # the random name of the sealed file
    secret = SealedText(subject="user_id")  # opens that file

    class Meta:
        abstract = True


class Incoming(Underway):
    """A file that somebody brings in."""

    size = models.BigIntegerField(default=0)
    passed = models.BigIntegerField(default=0)  # bytes read so far; a workbook is read before its first row is tried
    tried = models.IntegerField(default=0)  # people, or rows of cards, so far
    name = SealedText(subject="user_id")  # the file's own
    told = SealedText(subject="user_id")  # what was found: counts, the first people, faults

    class Meta:
        abstract = True

    @property
    def waits(self) -> bool:
        """Whether it is the worker's turn."""
        return self.state in ("waiting", "checking", "agreed", "importing")


class Outgoing(Underway):
    """A file that somebody takes out: it goes once."""

    kind = models.CharField(max_length=8, default="xlsx")
    many = models.IntegerField(default=0)  # people or cards, when it was asked for; then those in the file
    done = models.IntegerField(default=0)  # of them so far

    class Meta:
        abstract = True


class RegisterImport(Incoming):
    """One register that somebody brings in."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(state__in=OPEN), name="one_register_at_a_time"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="register_state_is_known"),
        ]
        indexes = [models.Index(fields=["user", "-began"])]

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"id", "user", "began", "state", "size", "passed", "tried", "stop", "staged"}
        never = {"secret", "name", "told"}


class CardsImport(Incoming):
    """Cards of the directory that somebody brings in."""

    visibility = models.SmallIntegerField(default=1)  # how far they are read at most
    replace = models.BooleanField(default=False)  # cards of the same id are written anew

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=OPEN), name="cards_in_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="cards_in_state_is_known"),
        ]
        indexes = [models.Index(fields=["user", "-began"], name="cards_in_of_a_user")]

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"id", "user", "began", "state", "size", "passed", "tried", "stop", "staged", "visibility", "replace"}
        never = {"secret", "name", "told"}


class RegisterExport(Outgoing):
    """One register that somebody takes out."""

    strict = models.BooleanField(default=False)
    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="+", null=True)
    why = SealedText(subject="user_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=LEAVING), name="one_register_out_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(state__in=LEFT), name="register_out_state_is_known"),
            models.CheckConstraint(condition=models.Q(kind__in=["csv", "xlsx"]), name="register_out_kind_is_known"),
        ]
        indexes = [models.Index(fields=["user", "-began"], name="registers_out_of_a_user")]

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"id", "user", "began", "state", "kind", "strict", "many", "done", "stop", "agreement", "staged"}
        never = {"secret", "why"}


class CardsExport(Outgoing):
    """Cards of the directory that somebody takes out."""

    profile = models.CharField(max_length=4, default="hsds")
    country = models.CharField(max_length=2, default="", blank=True)  # empty: of all

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=LEAVING), name="cards_out_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(state__in=LEFT), name="cards_out_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["json", "tabular", "xlsx"], profile__in=["hsds", "full"]),
                name="cards_out_kind_is_known",
            ),
        ]
        indexes = [models.Index(fields=["user", "-began"], name="cards_out_of_a_user")]

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"id", "user", "began", "state", "kind", "profile", "country", "many", "done", "stop", "staged"}
        never = {"secret"}
