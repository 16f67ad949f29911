"""Who belongs to whom, and who was found together."""

from __future__ import annotations

import uuid

from django.db import models

from havre.platform.database.rows import case_rows, person_rows
from havre.platform.permissions import Compartment

from .base import CaseTable
from .case import Case
from .person import OfPerson, Person


class PersonLink(OfPerson):
    """What another person is to this one: read `other is the kind of person`. It stands on both, each in its way."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="links", db_index=False)
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, default="relative")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="a_link_once")]

    class Sensitivity:
        rows = person_rows(Compartment.IDENTITY, "insert", "delete")
        open = {"id", "person", "other", "kind"}


class CaseGroup(CaseTable):
    """The mark of a group on one file: files with the same mark belong together (ADR 0011)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="groups", db_index=False)
    group = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=20, default="same_event")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "group"], name="a_group_once")]
        indexes = [models.Index(fields=["group"], name="by_group")]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "delete")
        open = {"id", "case", "group", "kind"}
