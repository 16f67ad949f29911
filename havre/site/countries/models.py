"""A lawful way to work in a country: what somebody who is offered work abroad can hold against the offer."""

from __future__ import annotations

from django.db import models

from havre.platform.keeping.models import OF_EDITED, Edited, codes, word, words
from havre.platform.keeping.rows import KeptRows


class WayAbroad(Edited):
    """One permit, scheme or agency of a state, in one language."""

    country = models.CharField(max_length=2)  # where one works
    title = models.CharField(max_length=300)
    language = word(10)  # of what is written here
    origins = codes()  # for whom, by country; nobody named: for everybody
    how = words()
    costs = words()
    link = word(500)
    source = word(300)
    checked_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["country"], name="way_country")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"country", "title", "language", "origins", "how", "costs", "link", "source", "checked_on"}

    def __str__(self) -> str:
        return self.title
