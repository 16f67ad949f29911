"""A conference, a workshop or a seminar: who came, what was given, what was concluded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, StoredFile, word, words
from havre.platform.keeping.rows import KeptRows
from havre.prevention.counting.models import counted, people


class Level(models.TextChoices):
    """How far it reaches; the words stand in `event_levels.csv`."""

    GLOBAL = "global"
    REGIONAL = "regional"
    NATIONAL = "national"


class Event(Edited):
    """When and where, by whom, and what for."""

    title = models.CharField(max_length=300)
    kind = word()
    level = models.CharField(max_length=10, choices=Level, default=Level.NATIONAL)
    begins = models.DateField()
    ends = models.DateField()
    place = word(200)
    country = word(2)
    host = word(300)
    aims = words()
    agenda = words()

    class Meta:
        indexes = [models.Index(fields=["country", "begins"], name="event_country")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="event_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="event_has_a_level"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"title", "kind", "level", "begins", "ends", "place", "country", "host", "aims", "agenda"}

    def __str__(self) -> str:
        return self.title


class OfEvent(Kept):
    """What hangs on an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Came(OfEvent):
    """Who came from one kind of organisation, by sex and age."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+", db_index=False)
    body = word()  # `org_categories`
    people = people()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "body"], name="each_kind_of_organisation_comes_once"),
            counted("people", "event_people_counted"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"event", "body", "people"}


class Paper(OfEvent):
    """A paper or a talk that was given, with its file if there is one."""

    title = models.CharField(max_length=300)
    author = word(200)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"event", "title", "author", "file", "at", "by"}


class Conclusion(OfEvent):
    """What those who came agreed on, one sentence each; actions say what is done about it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="each_conclusion_has_its_number")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"event", "number", "text"}
