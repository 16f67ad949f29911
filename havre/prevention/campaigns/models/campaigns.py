"""The campaign itself (SPEC 13.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.keeping.models import OF_EDITED, Edited, codes, word, words
from havre.platform.keeping.rows import KeptRows
from havre.prevention.counting.models import counted, people


class Status(models.TextChoices):
    """From the first thought to what was learnt; the words stand in `campaign_statuses.csv`."""

    IDEA = "idea"
    PLANNED = "planned"
    PRETEST = "pretest"
    LIVE = "live"
    CLOSED = "closed"
    EVALUATED = "evaluated"


REVIEWED = (Status.LIVE, Status.CLOSED, Status.EVALUATED)  # entered after a review by somebody else
OPEN_TO_ALL = Status.LIVE  # while it has a page for everybody, if its visibility says so
PLAN = {"title", "problem", "objective", "measure", "achievable", "relevant", "due", "country", "area"}
PEOPLE = {"target_groups", "audience", "baseline", "pretest_on", "pretest_people", "pretest_result"}
SAID = {"messages", "call_to_action", "hotline", "channels", "languages", "said_at", "said_by"}
WORK = {"begins", "ends", "budget", "spent", "currency", "status", "lessons"}


class Campaign(Edited):
    """What is to change for whom, what is said to them, and how far the work is."""

    title = models.CharField(max_length=300)
    problem = words()
    # The objective, a field for each letter of SMART.
    objective = words()
    measure = words()
    achievable = words()
    relevant = words()
    due = models.DateField(null=True)
    country = word(2)
    area = word(300)
    target_groups = codes()
    audience = people()
    baseline = words()
    messages = words()
    call_to_action = words()
    hotline = word(60)
    said_at = models.DateTimeField(default=timezone.now)  # when what is said to people was last changed, and by whom
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    channels = codes()
    languages = codes()
    pretest_on = models.DateField(null=True)
    pretest_people = people()
    pretest_result = words()
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = word(3)
    status = models.CharField(max_length=10, choices=Status, default=Status.IDEA)
    lessons = words()

    class Meta:
        indexes = [models.Index(fields=["country", "status"], name="campaign_country")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="campaign_stands_somewhere"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")) | Q(ends=None), name="campaign_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(budget__gt=0) | Q(budget=None), name="campaign_budget_is_some"),
            models.CheckConstraint(condition=Q(spent__gt=0) | Q(spent=None), name="campaign_spent_is_some"),
            counted("audience", "campaign_audience_counted"),
            counted("pretest_people", "campaign_pretest_counted"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | PLAN | PEOPLE | SAID | WORK

    def __str__(self) -> str:
        return self.title
