"""What was looked for and found nowhere: numbers, of nobody."""

from __future__ import annotations

from django.db import models

from havre.platform.audit.actions import WrittenByActions
from havre.platform.database.rows import Unguarded


class Missing(WrittenByActions):
    """How often, in one month, nothing was found in a country for one kind of need. No file and no agency is named."""

    country = models.CharField(max_length=2)
    need = models.CharField(max_length=20)  # a code of `needs`
    month = models.DateField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "need", "month"], name="what_is_missing_once_a_month")
        ]

    class Sensitivity:
        rows = Unguarded(reason="counts of needs by country, of nobody", verbs=("select", "insert", "update"))
        open = {"id", "country", "need", "month", "count"}
