"""What every row of the directory has: a keeper, a visibility, and the organisation it belongs to."""

from __future__ import annotations

from django.db import models

from havre.platform.keeping.models import OF_KEPT as OF_CARD
from havre.platform.keeping.models import Kept, codes, word, words

OF_CHECK = {"verified_on", "verified_by", "verification_method", "next_check_due", "source", "version"}
__all__ = ["OF_CARD", "OF_CHECK", "Checked", "Kept", "codes", "word", "words"]


class Checked(Kept):
    """A row that somebody checks again and again (SPEC 12: every 180 days)."""

    verified_on = models.DateField(null=True)
    verified_by = word(200)
    verification_method = word(20)
    next_check_due = models.DateField(null=True)
    source = word(500)
    version = models.IntegerField(default=1)

    class Meta:
        abstract = True
