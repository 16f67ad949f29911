"""Agreements with partners: of what kind, on what, until when, and how they were renewed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.directory.models import Organisation
from havre.platform.accounts.models import User
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, codes, word, words
from havre.platform.keeping.rows import KeptRows


class Agreed(models.TextChoices):
    """How far it is; that it ran out is told by its last day. The words stand in `partnership_states.csv`."""

    DRAFT = "draft"
    SIGNED = "signed"
    ENDED = "ended"


class Partnership(Edited):
    """An agreement with a partner."""

    title = models.CharField(max_length=300)
    kind = word()
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    partner = word(300)  # as it is called, where it has no card
    country = word(2)
    areas = codes()
    state = models.CharField(max_length=8, choices=Agreed, default=Agreed.DRAFT)
    signed_on = models.DateField(null=True)
    until = models.DateField(null=True)
    focal_points = words()  # offices, not private numbers
    note = words()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Agreed.values), name="partnership_stands_somewhere"),
            models.CheckConstraint(
                condition=Q(state=Agreed.DRAFT) | Q(signed_on__isnull=False), name="partnership_signed_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(signed_on=None) | Q(until__gte=F("signed_on")),
                name="partnership_ends_after_it_begins",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"title", "kind", "organisation", "partner", "country", "areas", "state", "signed_on"}
        open |= {"until", "focal_points", "note"}

    def __str__(self) -> str:
        return self.title


class Renewal(Kept):
    """Until when an agreement was taken on, and from when."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    signed_on = models.DateField()
    before = models.DateField(null=True)  # its last day until then
    until = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"partnership", "signed_on", "before", "until", "at", "by"}
