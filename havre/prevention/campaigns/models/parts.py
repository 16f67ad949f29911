"""What hangs on a campaign. Keeper and visibility are those of the campaign: the database sees to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.directory.models import Organisation
from havre.platform.accounts.models import User
from havre.platform.keeping.models import OF_KEPT, Kept, StoredFile, word, words
from havre.platform.keeping.rows import KeptRows
from havre.prevention.counting.models import counted, people

from .campaigns import Campaign

STAYS = KeptRows(writes=("insert",))  # never changed, never taken back


class Partner(Kept):
    """An organisation of the directory that takes part."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="partners", db_index=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    does = word(300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="a_partner_once")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"campaign", "organisation", "does"}


class Material(Kept):
    """One version of a poster, a spot, a script, in one language."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="materials", db_index=False)
    title = models.CharField(max_length=200)
    language = word(3)
    number = models.IntegerField(default=1)  # of the version, from one
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    note = words()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "title", "language", "number"], name="a_version_once")
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"campaign", "title", "language", "number", "file", "note", "at", "by"}

    def __str__(self) -> str:
        return self.title


class HarmReview(Kept):
    """Whether it does no harm, said by somebody else than the author (SPEC 13.1). Each stays; the newest counts."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="reviews", db_index=False)
    stereotypes = models.BooleanField()  # True: it is free of them
    identifiable = models.BooleanField()  # True: nobody can be recognised
    fear = models.BooleanField()  # True: it says more than what to be afraid of
    note = words()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["campaign", "-at"], name="review_of_campaign")]

    class Sensitivity:
        rows = STAYS
        open = OF_KEPT | {"campaign", "stereotypes", "identifiable", "fear", "note", "at", "by"}

    @property
    def passed(self) -> bool:
        """Whether nothing stands against it."""
        return self.stereotypes and self.identifiable and self.fear


class Output(Kept):
    """What was done on one day, at one place, through one channel, and the people it reached."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="outputs", db_index=False)
    on = models.DateField()
    until = models.DateField(null=True)
    title = models.CharField(max_length=200)
    channel = word()
    group = word()  # of the target groups, when it was for one of them
    place = word(200)
    country = word(2)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    people = people()
    again = models.IntegerField(default=0)  # of them, how many the campaign had reached before
    times = models.IntegerField(default=1)  # how often each of them saw or heard it
    engaged = models.IntegerField(null=True)  # asked, answered, shared
    clicks = models.IntegerField(null=True)
    material = models.ForeignKey(Material, models.SET_NULL, null=True, related_name="outputs")
    copies = models.IntegerField(null=True)
    note = words()

    class Meta:
        indexes = [models.Index(fields=["campaign", "on"], name="output_of_campaign")]
        constraints = [
            counted("people", "output_people_counted"),
            models.CheckConstraint(condition=Q(until__gte=F("on")) | Q(until=None), name="output_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(again__gte=0, times__gte=1), name="output_is_of_somebody"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="output_on_earth",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"campaign", "on", "until", "title", "channel", "group", "place", "country", "latitude"}
        open |= {"longitude", "people", "again", "times", "engaged", "clicks", "material", "copies", "note"}

    def __str__(self) -> str:
        return self.title


class Calls(Kept):
    """How many calls the hotline had in some days."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="calls", db_index=False)
    begins = models.DateField()
    ends = models.DateField()
    calls = models.IntegerField()
    trafficking = models.IntegerField(null=True)  # of them, those about trafficking

    class Meta:
        indexes = [models.Index(fields=["campaign", "begins"], name="calls_of_campaign")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="calls_end_after_they_begin"),
            models.CheckConstraint(
                condition=Q(calls__gte=0) & (Q(trafficking=None) | Q(trafficking__gte=0, trafficking__lte=F("calls"))),
                name="calls_counted",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"campaign", "begins", "ends", "calls", "trafficking"}
