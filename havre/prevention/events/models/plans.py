"""Action plans: who does what by when, how one sees that it was done, and how far it is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.directory.models import Organisation
from havre.platform.accounts.models import User
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, word, words
from havre.platform.keeping.rows import KeptRows

from .events import Conclusion, Event


class Progress(models.TextChoices):
    """How far an action is; the words stand in `action_states.csv`."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    DELAYED = "delayed"
    DONE = "done"
    DROPPED = "dropped"


OPEN = (Progress.NOT_STARTED, Progress.ON_TRACK, Progress.DELAYED)


class Plan(Edited):
    """What is to be reached in a country in some years, on its own or after an event."""

    title = models.CharField(max_length=300)
    objective = words()
    country = word(2)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")) | Q(ends=None), name="plan_ends_after_it_begins")
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"title", "objective", "country", "begins", "ends", "event"}

    def __str__(self) -> str:
        return self.title


class Action(Edited):
    """One thing to do, with who answers for it, by when, and what shows that it was done."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    conclusion = models.ForeignKey(Conclusion, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=500)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    responsible = word(200)  # who answers for it, as that organisation or office is called
    partners = word(500)
    due = models.DateField()
    indicator = word(500)
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = word(3)
    status = models.CharField(max_length=12, choices=Progress, default=Progress.NOT_STARTED)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due"], name="actions_open", condition=Q(status__in=OPEN))]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Progress.values), name="action_stands_somewhere"),
            models.CheckConstraint(condition=Q(budget__gt=0) | Q(budget=None), name="action_budget_is_some"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, ended_on=None) | Q(ended_on__isnull=False) & ~Q(status__in=OPEN),
                name="action_that_ended_has_its_day",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"plan", "conclusion", "what", "organisation", "responsible", "partners", "due"}
        open |= {"indicator", "budget", "currency", "status", "ended_on"}

    def __str__(self) -> str:
        return self.what


class Note(Kept):
    """How far an action was on a day, in words."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="+")
    status = models.CharField(max_length=12, choices=Progress)
    text = words()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"action", "status", "text", "at", "by"}
