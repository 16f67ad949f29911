"""Courses and the days on which they are held; who came is the agency's own, with names and addresses sealed."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import WrittenByActions
from havre.platform.crypto.fields import ServerText
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, codes, word, words
from havre.platform.keeping.rows import KeptRows, house_rows
from havre.prevention.counting.models import counted, people

LONGEST = 31  # days of a session


def _hours() -> models.DecimalField:
    return models.DecimalField(max_digits=5, decimal_places=1, null=True)


def _many() -> models.PositiveIntegerField:
    return models.PositiveIntegerField(null=True)


class Course(Edited):
    """What is taught, to whom, and with which materials."""

    title = word(200)
    summary = words()
    aims = words()  # what somebody can do afterwards
    roles = codes()  # for whom
    languages = codes()
    hours = _hours()
    materials = words()

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"title", "summary", "aims", "roles", "languages", "hours", "materials"}

    def __str__(self) -> str:
        return self.title


class Module(Kept):
    """A part of a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="modules")
    place = models.SmallIntegerField(default=1)  # in the order of the course
    title = word(200)
    hours = _hours()

    class Meta:
        ordering = ("place",)

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"course", "place", "title", "hours"}


class Session(Edited):
    """The days on which a course is held, somewhere, in one language."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    begins = models.DateField()
    ends = models.DateField()
    place = word(200)
    country = word(2)
    language = word(10)
    hours = _hours()
    top_score = models.PositiveSmallIntegerField(null=True)  # what the test gives at most

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="a_session_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(ends__lte=F("begins") + timedelta(LONGEST)), name="a_session_is_short"),
            models.CheckConstraint(condition=Q(top_score=None) | Q(top_score__gt=0), name="a_test_gives_something"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"course", "begins", "ends", "place", "country", "language", "hours", "top_score"}

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.begins + timedelta(each) for each in range((self.ends - self.begins).days + 1)]


class OfSession(WrittenByActions):
    """A row about a session that the agency alone reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class Trainer(OfSession):
    """Somebody who teaches."""

    name = ServerText()
    body = word(200)  # the organisation they come from

    class Sensitivity:
        rows = house_rows("insert", "delete")
        open = {"id", "owner", "session", "body"}
        never = {"name"}


class Trainee(OfSession):
    """Somebody who is asked, comes and learns. An invitation is a mail with a link that is kept as a hash."""

    name = ServerText()
    mail = ServerText()
    body = word(200)
    role = word()
    sex = word(10)
    age = word(10)
    country = word(2)
    origin = models.CharField(max_length=10, default="hand")  # mail, hand, file
    version = models.IntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    asked = models.DateTimeField(null=True)
    taken = models.DateTimeField(null=True)
    mailed = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    token_hash = models.BinaryField(null=True, unique=True)
    answer = word(10)  # accepted, declined
    answered = models.DateTimeField(null=True)

    attended = ArrayField(models.DateField(), default=list, blank=True)
    pre = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    post = models.DecimalField(max_digits=6, decimal_places=1, null=True)

    class Meta:
        indexes = [models.Index(fields=["asked"], condition=Q(taken=None), name="trainee_to_ask")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(pre=None) | Q(pre__gte=0)) & (Q(post=None) | Q(post__gte=0)), name="no_score_below_nothing"
            ),
            models.CheckConstraint(condition=Q(answer__in=("", "accepted", "declined")), name="a_known_answer"),
        ]

    class Sensitivity:
        rows = house_rows("insert", "update", "delete")
        open = {"id", "owner", "session", "body", "role", "origin", "version", "at", "asked", "taken", "mailed"}
        open |= {"tries", "next_try", "answer", "answered", "attended", "pre", "post", "sex", "age", "country"}
        never = {"name", "mail", "token_hash"}

    @property
    def came(self) -> bool:
        """Whether they were there on one day at least."""
        return bool(self.attended)


def _mark() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True)


def _marked(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5})


class Reaction(OfSession):
    """One satisfaction form, without a name (level 1)."""

    relevance = _mark()
    engagement = _mark()
    satisfaction = _mark()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_marked("relevance") & _marked("engagement") & _marked("satisfaction"),
                name="from_one_to_five",
            )
        ]

    class Sensitivity:
        rows = house_rows("insert", "delete")
        open = {"id", "owner", "session", "relevance", "engagement", "satisfaction", "at"}


class Outcome(OfSession):
    """What was asked months later, of those who came (level 3) or of their agencies (level 4)."""

    level = models.SmallIntegerField(default=3)
    on = models.DateField()
    asked = _many()  # of how many people or agencies it is told
    screenings = _many()
    referrals = _many()
    rating = models.DecimalField(max_digits=2, decimal_places=1, null=True)  # of supervisors, 1 to 5
    identified = people()
    investigations = _many()
    correct_referrals = _many()
    note = words()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            counted("identified", "people_identified_are_counted"),
            models.CheckConstraint(condition=Q(level__in=(3, 4)), name="a_level_that_comes_later"),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="rated_one_to_five"
            ),
        ]

    class Sensitivity:
        rows = house_rows("insert", "delete")
        open = {"id", "owner", "session", "level", "on", "asked", "screenings", "referrals", "rating", "identified"}
        open |= {"investigations", "correct_referrals", "note", "at", "by"}


def nobodys() -> bytes:
    """The hash of no code."""
    return secrets.token_bytes(32)


class Certificate(OfSession):
    """That somebody took part, with a code that anybody may check (ADR 37): the code is kept as a hash, and sealed."""

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="certificates")
    code = ServerText()
    code_hash = models.BinaryField(unique=True, default=nobodys)
    name_mark = models.BinaryField()  # the name as it is compared, under a key of the server
    hours = _hours()
    issued = models.DateField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn = models.DateField(null=True)
    reason = word(200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"], condition=Q(withdrawn=None), name="one_certificate_that_is_good"
            ),
        ]

    class Sensitivity:
        rows = house_rows("insert", "update")
        open = {"id", "owner", "session", "trainee", "hours", "issued", "issued_by", "withdrawn", "reason"}
        never = {"code", "code_hash", "name_mark"}
