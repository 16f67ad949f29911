"""One agency's work with one person, who may see it, and what happened in it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from functools import cache
from typing import Any, Self

from django.db import models
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils import timezone

from havre.platform.accounts.models import Agency, User
from havre.platform.audit.recorder import current
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import CaseRows, Where, case_rows
from havre.platform.permissions import Compartment

from .base import CaseTable, Dated
from .person import Person

# The number of the transaction that writes: PostgreSQL casts it by way of text only.
TRANSACTION = Cast(
    Cast(models.Func(function="pg_current_xact_id", output_field=models.TextField()), models.TextField()),
    models.BigIntegerField(),
)
# Why a row of access ended before its day: somebody ended it, the consent went, the file became restricted, the row it
# was shared on from ended, it was given anew, the file went to another owner, its user went to other work, or away.
ENDED = ("withdrawn", "consent", "restricted", "onward", "replaced", "handed_over", "moved", "removed")


@cache
def _way() -> tuple[str, str]:
    """The address of any file, before and after its reference: Django would look for each one anew."""
    before, _reference, after = reverse("casefile:case", args=["AAA-AAA"]).partition("AAA-AAA")
    return before, after


class Case(CaseTable):
    """A case file. Reading one is recorded by itself: nobody has to remember to."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=9, unique=True)
    state = models.CharField(max_length=3)
    before_safety = models.CharField(max_length=3, blank=True, db_default="")
    opened_on = models.DateField()
    cohort_year = models.SmallIntegerField()
    referred_by = models.CharField(max_length=20, blank=True, db_default="")
    in_danger = models.CharField(max_length=10, blank=True, db_default="")  # yes, no, unknown; empty: not asked
    dangers = models.CharField(max_length=200, blank=True, db_default="")  # codes joined by ';'
    immediate_needs = models.CharField(max_length=200, blank=True, db_default="")  # codes joined by ';'
    anonymous = models.BooleanField(db_default=False)  # consent was refused: nothing here names anybody
    imported = models.BooleanField(db_default=False)
    closed_on = models.DateField(null=True)
    closure_reason = models.CharField(max_length=20, blank=True, db_default="")
    restricted = models.BooleanField(db_default=False)
    version = models.IntegerField(db_default=1)

    class Meta:
        db_table = "people_case"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="S13", closed_on__isnull=False)
                | ~models.Q(state="S13") & models.Q(closed_on=None),
                name="closed_with_a_date",
            )
        ]
        # Whoever is in danger is found at once, in a house of any size.
        indexes = [models.Index(fields=["agency", "state", "opened_on"], name="house_by_state")]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "update", column="id")
        open = {"id", "person", "agency", "owner", "state", "before_safety", "cohort_year", "referred_by", "in_danger"}
        open |= {"dangers", "immediate_needs", "anonymous", "imported", "closure_reason", "restricted", "version"}
        coarse = {"opened_on": "year", "closed_on": "year"}
        never = {"reference"}

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        case = super().from_db(db, field_names, values, **more)
        recorder = current()
        if recorder:
            recorder.showed(case.pk)
        return case

    def get_absolute_url(self) -> str:
        return self.reference.join(_way())

    @property
    def is_open(self) -> bool:
        """Services, notes, tasks and consent are recorded in every open state."""
        return self.state != "S13"


class CaseAccess(models.Model):
    """Who may reach a case, which parts, and why. Written by functions of the database alone (docs/adr/0024)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="access", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    principal = models.BigIntegerField()
    compartments = models.IntegerField()
    level = models.CharField(max_length=5)
    purpose = models.CharField(max_length=40, db_default="")
    basis = models.CharField(max_length=40, blank=True, db_default="")
    consent_id = models.UUIDField(null=True)
    onward = models.BooleanField(db_default=False)  # may be shared on by whoever it was given to
    given_by = models.UUIDField(null=True)  # the user; none for the owner and the house of a new file
    via = models.UUIDField(null=True)  # the row by which whoever gave it could share on: it ends with that one
    opened = models.DateField()  # the day of the case, for the order of a caseload
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, blank=True, db_default="")  # why it ended before its day; see ENDED
    ended_by = models.UUIDField(null=True)
    mark = models.BigIntegerField(db_default=TRANSACTION)  # that wrote this row, or a name of the person, last

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "principal"], name="one_access_row_a_principal"),
            models.CheckConstraint(condition=models.Q(level__in=["read", "write"]), name="access_level_known"),
            models.CheckConstraint(condition=models.Q(ended="") | ~models.Q(until=None), name="ended_with_a_moment"),
        ]
        indexes = [
            models.Index(fields=["principal", "-opened", "case"], name="caseload"),
            models.Index(fields=["person", "principal"], name="access_by_person"),
            # Partial for the planner alone: no list of a caseload may mistake it for its own index.
            models.Index(fields=["principal", "mark"], name="access_by_mark", condition=models.Q(mark__gt=0)),
        ]

    class Sensitivity:
        rows = Where(
            select="principal = any((select havre.principals())::bigint[])"
            " and (until is null or until > statement_timestamp())"
        )
        open = {
            "id",
            "case",
            "person",
            "principal",
            "compartments",
            "level",
            "purpose",
            "basis",
            "consent_id",
            "onward",
            "given_by",
            "via",
            "opened",
            "since",
            "until",
            "ended",
            "ended_by",
            "mark",
        }


class PastAccess(models.Model):
    """What a row of access was before the same principal was let in anew; written by a trigger alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    principal = models.BigIntegerField()
    compartments = models.IntegerField()
    level = models.CharField(max_length=5)
    purpose = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=40, blank=True)
    consent_id = models.UUIDField(null=True)
    onward = models.BooleanField()
    given_by = models.UUIDField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.CharField(max_length=12, blank=True)
    ended_by = models.UUIDField(null=True)

    class Sensitivity:
        rows = case_rows(Compartment.FACTS)
        open = {"id", "case", "principal", "compartments", "level", "purpose", "basis", "consent_id", "onward"}
        open |= {"given_by", "ended", "ended_by"}
        coarse = {"since": "year", "until": "year"}


class CaseMove(Dated):
    """A move from one state to another: who, when, why."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=3, blank=True)
    to_state = models.CharField(max_length=3)
    kind = models.CharField(max_length=10)
    reason = SealedText(subject="case_id")

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "from_state", "to_state", "kind"}
        coarse = {"at": "year"}
        never = {"reason"}


class CaseHandover(Dated):
    """A file went from one colleague to another: who, when, why, and whether the first one still reads it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers")
    before = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    after = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=20)
    stays = models.BooleanField(default=False)

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "before", "after", "why", "stays"}
        coarse = {"at": "year"}


class CaseNote(Dated):
    """A note, in the compartment it belongs to."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    compartment = models.SmallIntegerField(default=int(Compartment.FACTS))
    kind = models.CharField(max_length=20, blank=True)
    text = SealedText(subject="case_id")

    class Sensitivity:
        rows = CaseRows(writes=("insert", "delete"), per_row=True)
        open = {"id", "case", "by", "compartment", "kind"}
        coarse = {"at": "year"}
        never = {"text"}


class Task(CaseTable):
    """Something to do for a person by a day."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    assignee = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = SealedText(subject="case_id")
    due = models.DateField()
    done_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "assignee", "version"}
        coarse = {"due": "year", "done_on": "year", "made_at": "year"}
        never = {"text"}
