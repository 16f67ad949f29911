"""A law, a bill, a policy or a plan of a country, and what it covers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from havre.platform.keeping.models import OF_KEPT, Kept, codes, word, words
from havre.platform.keeping.rows import KeptRows

from .base import OF_SOURCED, Sourced


class NationalLaw(Sourced):
    """The record of a law (legislation_tracking_fields.csv); what it covers stands in its points."""

    title = models.CharField(max_length=300)
    original_title = word(300)  # in the language it was passed in
    law_type = word(30)
    stage = word(30)
    stage_on = models.DateField(null=True)
    assistance_role = word(30)
    summary = words()
    penalty_min_years = models.SmallIntegerField(null=True)
    penalty_max_years = models.SmallIntegerField(null=True)
    aggravating = codes()
    reflection_days = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["country"], name="laws_of_a_country")]
        constraints = [
            models.CheckConstraint(
                condition=Q(penalty_min_years=None)
                | Q(penalty_max_years=None)
                | Q(penalty_min_years__lte=F("penalty_max_years")),
                name="least_penalty_not_above_the_most",
            )
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_SOURCED | {"title", "original_title", "law_type", "stage", "stage_on", "assistance_role", "summary"}
        open |= {"penalty_min_years", "penalty_max_years", "aggravating", "reflection_days"}

    def __str__(self) -> str:
        return self.title


class LawPoint(Kept):
    """Whether a law covers one element of the definition, or one point of the checklist, and where."""

    law = models.ForeignKey(NationalLaw, models.CASCADE, related_name="points", db_index=False)
    point = models.CharField(max_length=20)  # of the lists palermo_elements and law_points
    answer = models.CharField(max_length=10)
    article = word(100)
    note = words()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["law", "point"], name="one_answer_on_a_point"),
            models.CheckConstraint(condition=Q(answer__in=("yes", "partly", "no")), name="a_point_is_covered_or_not"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"law", "point", "answer", "article", "note"}
