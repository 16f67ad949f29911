"""A survey: its items, the links by which it is answered, files that were loaded, and answers without a name."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import WrittenByActions
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, word
from havre.platform.keeping.rows import KeptRows, house_rows
from havre.prevention.campaigns.models import Campaign

KINDS = ("knowledge", "attitude", "practice")
WAVES = ("pre", "post", "follow_up")
GROUPS = ("exposed", "comparison")
DRAFT, OPEN, CLOSED = "draft", "open", "closed"
STATES = (DRAFT, OPEN, CLOSED)


def english() -> list[str]:
    """The language of a survey that names none."""
    return ["en"]


class Survey(Edited):
    """Questions on knowledge, attitude and practice; once somebody has answered, another edition takes changes."""

    title = models.JSONField(default=dict)  # by language
    intro = models.JSONField(default=dict)  # by language
    languages = ArrayField(
        models.CharField(max_length=8), default=english
    )  # the first is asked when no other is wanted
    status = models.CharField(max_length=10, default=DRAFT)
    pairing = models.BooleanField(default=False)  # asks for a code that only the person can make again
    edition = models.IntegerField(default=1)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, related_name="+")
    succeeds = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=STATES), name="a_state_of_a_survey"),
            models.CheckConstraint(condition=Q(languages__len__gte=1), name="a_survey_speaks"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"title", "intro", "languages", "status", "pairing", "edition", "succeeds", "campaign"}
        open |= {"opened_at", "closed_at"}


class Item(Kept):
    """One question: a sentence that is true or false, one to agree with, or something that is done or not."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="items", db_index=False)
    code = models.CharField(max_length=4)  # K1, A1, P1: what the columns of a spreadsheet are called
    place = models.SmallIntegerField(default=0)
    kind = models.CharField(max_length=10, default="knowledge")
    text = models.JSONField(default=dict)  # by language
    right = models.BooleanField(null=True)  # of knowledge: whether the sentence is true
    reverse = models.BooleanField(
        default=False
    )  # of the others: to agree, or to do it, is what the campaign is against

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["survey", "code"], name="an_item_once_in_a_survey"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="a_kind_of_item"),
            models.CheckConstraint(
                condition=Q(kind="knowledge") | Q(right=None), name="only_knowledge_has_a_right_answer"
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"survey", "code", "place", "kind", "text", "right", "reverse"}


class OfSurvey(WrittenByActions):
    """A row about who answers a survey, which its keeper alone reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Link(OfSurvey):
    """An address at which the survey is answered: whoever has it answers for this wave and group, and reads nothing."""

    wave = models.CharField(max_length=10, default="pre")
    group = models.CharField(max_length=10, default="exposed")
    note = word(120)  # where it hangs, or who gets it
    token_hash = models.BinaryField(null=True, unique=True)  # the token itself is made from the row's number
    doubles = models.IntegerField(default=0)  # answers that came twice and were not counted
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["survey"], name="links_of_a_survey")]
        constraints = [
            models.CheckConstraint(condition=Q(wave__in=WAVES, group__in=GROUPS), name="a_link_of_a_wave_and_a_group")
        ]

    class Sensitivity:
        rows = house_rows("insert", "update")
        open = {"id", "owner", "survey", "wave", "group", "note", "doubles", "made_at", "made_by", "ended_at"}
        never = {"token_hash"}


class Load(OfSurvey):
    """A spreadsheet of answers that was loaded; it can be taken out again as a whole."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # the same file is not loaded twice
    rows = models.IntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="a_file_once_in_a_survey")]

    class Sensitivity:
        rows = house_rows("insert", "delete")
        open = {"id", "owner", "survey", "name", "digest", "rows", "at", "by"}


class Answer(OfSurvey):
    """What one person answered: no name, no address, no hour. Functions of the database alone write it."""

    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    load = models.ForeignKey(Load, models.CASCADE, null=True, related_name="+")
    wave = models.CharField(max_length=10, default="pre")
    group = models.CharField(max_length=10, default="exposed")
    sex = word(10)
    age_group = word(10)
    language = word(8)
    person = models.BinaryField(null=True)  # keyed hash of the code that the person makes
    nonce = models.BinaryField(null=True)  # of the form that was sent
    answers = models.JSONField(default=dict)  # item code: true, false, "unknown", or 1 to 5
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wave__in=WAVES, group__in=GROUPS), name="an_answer_in_a_wave_and_a_group"
            ),
            models.UniqueConstraint(fields=["survey", "wave", "person"], name="a_person_once_in_a_wave"),
            models.UniqueConstraint(fields=["survey", "nonce"], name="a_form_once"),
        ]
        indexes = [models.Index(fields=["survey", "wave", "group"], name="answers_of_a_survey")]

    class Sensitivity:
        rows = house_rows("delete")
        open = {"id", "owner", "survey", "link", "load", "wave", "group", "sex", "age_group", "language", "on"}
        never = {"person", "nonce", "answers"}
