"""What somebody agreed to, refused or withdrew. A later decision supersedes; none is overwritten (SPEC 8.5)."""

from __future__ import annotations

from django.db import models

from havre.platform.accounts.models import Agency
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

from .base import Dated
from .case import Case
from .person import Person


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> ConsentQuerySet:
        """The latest decision for each scope and recipient."""
        return self.filter(superseded_by=None)


class Consent(Dated):
    """One decision about one scope, with the points that were explained and how."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=12)
    recipient = SealedText(subject="case_id")
    # The body when it works in this installation: the database opens a file to no other one under this yes.
    body = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    decision = models.CharField(max_length=10)
    given_by = models.CharField(max_length=10, default="self")
    assent = models.BooleanField(null=True)
    language = models.CharField(max_length=3, blank=True)
    interpreter = models.BooleanField(null=True)
    method = models.CharField(max_length=12, blank=True)
    points = models.CharField(max_length=200, blank=True)  # codes of the points explained, joined by ';'
    decided_on = models.DateField()
    expires = models.DateField(null=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = ConsentQuerySet.as_manager()

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {
            "id",
            "case",
            "person",
            "by",
            "scope",
            "body",
            "decision",
            "given_by",
            "assent",
            "language",
            "interpreter",
            "method",
        }
        open |= {"points", "supersedes"}
        coarse = {"at": "year", "decided_on": "year", "expires": "year"}
        never = {"recipient"}
