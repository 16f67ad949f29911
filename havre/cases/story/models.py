"""What happened to the person, as it was told: episodes, the legs of the way, coded facts, and who did it.

A date somebody half remembers is kept as the widest span it can mean: the earliest day it can have begun, the latest
it can have ended, and how much of it is known. So the database itself compares May 2025 with 12 May 2025 fairly.
"""

from __future__ import annotations

from datetime import date
from typing import cast

from django.db import models

from havre.cases.people.models import Case
from havre.cases.people.models.base import CaseTable
from havre.kernel.dates import PartialDate, Precision
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

STAGES = ("recruitment", "transit", "exploitation")
ANSWERS = ("yes", "no", "unknown")
PRECISIONS = ("day", "month", "year")


def _known(name: str) -> models.Q:
    """A date has a precision, and only a date has one."""
    without = models.Q(**{name: None, f"{name}_precision": ""})
    return without | models.Q(**{f"{name}__isnull": False, f"{name}_precision__in": PRECISIONS})


def _in_order(first: str, last: str) -> models.Q:
    return models.Q(**{first: None}) | models.Q(**{last: None}) | models.Q(**{f"{last}__gte": models.F(first)})


class Episode(CaseTable):
    """One story of trafficking told in a case; a person trafficked again has a second one."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="episodes", db_index=False)
    number = models.SmallIntegerField(default=1)
    opened_because = models.CharField(max_length=20, default="first")
    started = models.DateField(null=True)
    started_precision = models.CharField(max_length=5, blank=True, default="")
    ended = models.DateField(null=True)
    ended_precision = models.CharField(max_length=5, blank=True, default="")
    age_at_start = models.SmallIntegerField(null=True)
    internal = models.CharField(max_length=8, blank=True, default="")
    still_inside = models.CharField(max_length=8, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="episodes_are_numbered"),
            models.CheckConstraint(
                condition=_known("started") & _known("ended"), name="dates_of_an_episode_are_as_precise_as_said"
            ),
            models.CheckConstraint(condition=_in_order("started", "ended"), name="an_episode_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~models.Q(still_inside="yes") | models.Q(ended=None), name="what_goes_on_has_no_end"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "number", "opened_because", "internal", "still_inside", "version"}
        open |= {"started_precision", "ended_precision"}
        coarse = {"age_at_start": "age band", "started": "year", "ended": "year"}

    @property
    def start(self) -> PartialDate | None:
        """When it began, as far as it is known."""
        return _partial(self.started, self.started_precision)

    @property
    def end(self) -> PartialDate | None:
        """When it was over, as far as it is known."""
        return _partial(self.ended, self.ended_precision)


class EpisodeCode(CaseTable):
    """One coded fact of an episode: yes, no or unknown, never a missing value in a list."""

    episode = models.ForeignKey(Episode, models.CASCADE, related_name="codes", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    list = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    answer = models.CharField(max_length=8, default="yes")
    source_answer = models.CharField(max_length=10, blank=True, default="")  # the item of the interview; else a worker

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "list", "code"], name="a_code_once_an_episode"),
            models.CheckConstraint(condition=models.Q(answer__in=ANSWERS), name="a_code_is_yes_no_or_unknown"),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "episode", "case", "list", "code", "answer", "source_answer"}


class Leg(CaseTable):
    """One part of the way: from a place to a place, or what happened at one place when there is no other."""

    episode = models.ForeignKey(Episode, models.CASCADE, related_name="legs", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    seq = models.SmallIntegerField()
    stage = models.CharField(max_length=14, default="transit")
    from_country = models.CharField(max_length=2, blank=True, default="")
    from_place = SealedText(subject="case_id")
    country = models.CharField(max_length=2, blank=True, default="")
    place = SealedText(subject="case_id", table="screening_leg")
    began = models.DateField(null=True)
    began_precision = models.CharField(max_length=5, blank=True, default="")
    ended = models.DateField(null=True)
    ended_precision = models.CharField(max_length=5, blank=True, default="")
    transport = models.CharField(max_length=20, blank=True, default="")
    border_crossing = models.CharField(max_length=20, blank=True, default="")
    alone = models.CharField(max_length=8, blank=True, default="")
    document = models.CharField(max_length=20, blank=True, default="")
    note = SealedText(subject="case_id")
    event = models.BooleanField(db_default=False)  # came as a historic trafficking event of the data standard
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            # Looked at when a statement ends, so that two legs may change places in one.
            models.UniqueConstraint(
                fields=["episode", "seq"], name="legs_in_order", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.CheckConstraint(condition=models.Q(stage__in=STAGES), name="a_leg_has_a_stage"),
            models.CheckConstraint(
                condition=_known("began") & _known("ended"), name="dates_of_a_leg_are_as_precise_as_said"
            ),
            models.CheckConstraint(
                condition=_in_order("began", "ended"), name="a_leg_of_the_story_ends_after_it_begins"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update", "delete")
        open = {"id", "episode", "case", "seq", "stage", "transport", "border_crossing", "alone", "document", "version"}
        open |= {"event", "began_precision", "ended_precision"}
        coarse = {"from_country": "region", "country": "region", "began": "year", "ended": "year"}
        never = {"from_place", "place", "note"}

    @property
    def departs(self) -> PartialDate | None:
        """When it began, as far as it is known."""
        return _partial(self.began, self.began_precision)

    @property
    def arrives(self) -> PartialDate | None:
        """When it was over, as far as it is known."""
        return _partial(self.ended, self.ended_precision)


class Perpetrator(CaseTable):
    """Somebody who did it, as the person told it. It stays in this file."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="perpetrators")
    name = SealedText(subject="case_id")
    alias = SealedText(subject="case_id")
    sex = models.CharField(max_length=20, blank=True, default="")
    citizenship = models.CharField(max_length=2, blank=True, default="")
    relation = models.CharField(max_length=60, blank=True, default="")
    legal_stage = models.CharField(max_length=20, blank=True, default="")
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = case_rows(Compartment.IDENTITY, "insert", "update")
        open = {"id", "case", "sex", "relation", "legal_stage", "version"}
        coarse = {"citizenship": "region"}
        never = {"name", "alias"}


class PerpetratorRole(CaseTable):
    """What somebody did in it, by the code of the data standard."""

    perpetrator = models.ForeignKey(Perpetrator, models.CASCADE, related_name="roles", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["perpetrator", "code"], name="a_role_once_a_perpetrator")]

    class Sensitivity:
        rows = case_rows(Compartment.IDENTITY, "insert", "delete")
        open = {"id", "perpetrator", "case", "code"}


def _partial(value: date | None, precision: str) -> PartialDate | None:
    return PartialDate(value, cast(Precision, precision)) if value and precision else None
