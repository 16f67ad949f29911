"""What came with a register and has no place of its own here: kept as it was written, never dropped (SPEC 2.9)."""

from __future__ import annotations

from django.db import models

from havre.cases.people.models.base import CaseTable
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import CaseRows
from havre.platform.permissions import Compartment

from .case import Case


class KeptCell(CaseTable):
    """One filled cell, by the name of its column, in the compartment it belongs to."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="kept")
    compartment = models.SmallIntegerField(default=int(Compartment.FACTS))
    name = models.CharField(max_length=300)
    value = SealedText(subject="case_id")

    class Sensitivity:
        rows = CaseRows(writes=("insert",), per_row=True)
        open = {"id", "case", "compartment"}
        never = {"name", "value"}
