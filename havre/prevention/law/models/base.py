"""What rows about the law of a country have in common: how sure it is, and where it was read."""

from __future__ import annotations

from django.db import models

from havre.platform.keeping.models import OF_EDITED, Edited, word

OF_SOURCED = OF_EDITED | {"country", "standing", "source", "checked_on"}


class Sourced(Edited):
    """Something said of a country: from where, and how sure it is."""

    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    standing = models.CharField(max_length=20, default="recalled")  # of the list law_standings
    source = word(500)
    checked_on = models.DateField(null=True)

    class Meta:
        abstract = True
