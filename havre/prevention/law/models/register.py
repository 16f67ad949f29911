"""By country: where it stands with each treaty, and the scores of the 3P index."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from havre.platform.keeping.models import word, words
from havre.platform.keeping.rows import KeptRows

from .base import OF_SOURCED, Sourced

FIRST_YEAR, LAST_YEAR = 2000, 2100


class TreatyStatus(Sourced):
    """Where a country stands with one instrument, as one agency wrote it down."""

    instrument = models.CharField(max_length=20)  # of the list legal_instruments
    status = word(20)  # of the list treaty_statuses
    on = models.DateField(null=True)
    reservation = words()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "instrument", "owner"], name="one_status_of_a_treaty_each")
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_SOURCED | {"instrument", "status", "on", "reservation"}


def _mark(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{name}__range": (1, 5)}), name=f"{name}_from_one_to_five")


class Score(Sourced):
    """The 3P index of a country in one year: prosecution, protection, prevention, each from 1 to 5 (SPEC 13.3)."""

    year = models.SmallIntegerField()
    prosecution = models.SmallIntegerField()
    protection = models.SmallIntegerField()
    prevention = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "year", "owner"], name="one_score_of_a_year_each"),
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="score_of_a_year_there_is"),
            _mark("prosecution"),
            _mark("protection"),
            _mark("prevention"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_SOURCED | {"year", "prosecution", "protection", "prevention"}

    @property
    def total(self) -> int:
        """The three added up, unweighted: from 3 to 15."""
        return self.prosecution + self.protection + self.prevention
