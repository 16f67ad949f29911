"""Help with making a law, a policy or a structure: what was asked, who came, the texts, what is said of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import WrittenByActions
from havre.platform.crypto.fields import ServerText
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, word, words
from havre.platform.keeping.rows import KeptRows, house_rows

from .laws import NationalLaw

KINDS = ("expert", "mission", "meeting", "deliverable")


class Help(Edited):
    """Technical assistance that a body of a country asked for, and what came of it."""

    country = models.CharField(max_length=2)
    about = models.CharField(max_length=20)  # law, policy, structure
    title = models.CharField(max_length=300)
    law = models.ForeignKey(NationalLaw, models.SET_NULL, null=True, related_name="helps")
    asked_by = word(300)  # the body, never a person
    asked_on = models.DateField(null=True)
    request = words()
    state = models.CharField(max_length=20, default="asked")
    result = words()
    result_on = models.DateField(null=True)

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"country", "about", "title", "law", "asked_by", "asked_on", "request", "state"}
        open |= {"result", "result_on"}

    def __str__(self) -> str:
        return self.title


class HelpStep(WrittenByActions):
    """One line of the log: an expert, a mission, a meeting or a deliverable. It names people: the house's alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    help = models.ForeignKey(Help, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    title = word(300)
    who = ServerText()
    on = models.DateField(null=True)  # the meeting, the first day of a mission; the day a deliverable is due
    until = models.DateField(null=True)  # the last day of a mission, or of an expert's work
    done_on = models.DateField(null=True)  # when a deliverable was handed over
    note = ServerText()
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="a_step_of_a_kind"),
            models.CheckConstraint(
                condition=Q(on=None) | Q(until=None) | Q(until__gte=F("on")), name="a_step_ends_after_it_begins"
            ),
        ]

    class Sensitivity:
        rows = house_rows("insert", "update", "delete")
        open = {"id", "owner", "help", "kind", "title", "on", "until", "done_on", "version", "changed_at", "changed_by"}
        never = {"who", "note"}


class TextVersion(Kept):
    """The text as it stood on a day; it is never changed, the next version stands beside it."""

    help = models.ForeignKey(Help, models.CASCADE, related_name="texts", db_index=False)
    number = models.SmallIntegerField()
    called = word(200)
    language = word(8)
    on = models.DateField(null=True)
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["help", "number"], name="versions_of_a_text_are_numbered")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"help", "number", "called", "language", "on", "body", "at", "by"}


class Comment(Kept):
    """What a reader says of one article of a version, and what became of it."""

    text = models.ForeignKey(TextVersion, models.CASCADE, related_name="comments")
    article = word(40)  # its number as the text has it; none for what stands before the first
    said = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = word(20)  # taken, partly, not_taken, or still open
    reply = words()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"text", "article", "said", "at", "by", "answer", "reply", "answered_at", "answered_by"}
