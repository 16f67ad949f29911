"""Rights and proceedings with their days: what ends soon is seen (SPEC 2.6, 8.2)."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import DateField, ExpressionWrapper, F, Q, Value

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

REFLECTION, ENDED = "reflection", "ended"
REFLECTION_DAYS = 30  # Council of Europe Convention (CETS 197), article 13


class LegalStatus(Dated):
    """One right, order or proceeding, who decides it, from when until when and how it stands."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="legal")
    kind = models.CharField(max_length=20)
    authority = SealedText(subject="case_id")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=12)
    note = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="a_legal_status_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind=REFLECTION)
                | Q(state=ENDED)
                | Q(since=None)
                | Q(until=None)
                | Q(
                    until__gte=ExpressionWrapper(
                        F("since") + Value(timedelta(REFLECTION_DAYS)), output_field=DateField()
                    )
                ),
                name="a_reflection_period_lasts_thirty_days",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.LEGAL, "insert", "update")
        open = {"id", "case", "by", "kind", "state", "version"}
        coarse = {"at": "year", "since": "year", "until": "year"}
        never = {"authority", "note"}
