"""What makes a card trusted: who checked it, what others say of it, which is twice there, and what was changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from havre.directory.rows import suggestion_rows
from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import WrittenByActions
from havre.platform.crypto.fields import ServerText
from havre.platform.keeping.rows import KeptRows, house_rows

from .base import OF_CARD, Kept, word
from .organisations import Contact, Organisation


def loose(to: type[models.Model], *, null: bool = False, db_index: bool = True) -> models.ForeignKey:
    """A key to a row that its keeper may remove, though whoever removes it may not remove this one: a trigger does."""
    how: dict[str, Any] = {"related_name": "+", "db_constraint": False, "db_index": db_index}
    return models.ForeignKey(to, models.DO_NOTHING, null=null, **how)


class OfHouse(WrittenByActions):
    """A row about a card that its keeper alone reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    entity = word()  # the table, as HSDS calls it: organization is `organisation` here
    row_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Verification(OfHouse):
    """One check of a row: by a colleague, or asked of its contact by mail with a link that is good once."""

    organisation = loose(Organisation)
    contact = loose(Contact, null=True)  # who was asked by mail
    method = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)  # the day for which a mail was sent: one for each
    token_hash = models.BinaryField(null=True, unique=True)
    ends = models.DateTimeField(null=True)  # after which the link is worth nothing
    tries = models.SmallIntegerField(default=0)  # of the mail
    next_try = models.DateTimeField(null=True)
    taken = models.DateTimeField(null=True)  # the mail is on its way, or gone
    mailed = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    answer = word(20)  # confirmed, corrected

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "due"], condition=Q(method="email", by=None), name="one_mail_for_each_due_day"
            )
        ]
        indexes = [
            models.Index(fields=["row_id", "-at"], name="checks_of_a_row"),
            models.Index(fields=["at"], condition=Q(method="email", taken=None), name="check_mail_to_send"),
        ]

    class Sensitivity:
        rows = house_rows("insert")
        open = {"id", "owner", "organisation", "entity", "row_id", "at", "contact", "method", "by", "due", "ends"}
        open |= {"tries", "next_try", "taken", "mailed", "answered", "answer"}
        never = {"token_hash"}


class Suggestion(OfHouse):
    """What somebody who does not keep a card would have otherwise in it; its keeper decides."""

    organisation = loose(Organisation)
    kind = models.CharField(max_length=10, default="change")  # change, add, gone
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    why = ServerText()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: the contact, by its link
    verification = loose(Verification, null=True)
    status = word(10)  # approved, refused, or still to decide
    answer = ServerText()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "at"], condition=Q(status=""), name="suggestions_to_decide")]

    class Sensitivity:
        rows = suggestion_rows()
        open = {"id", "owner", "organisation", "entity", "row_id", "at", "kind", "agency", "user", "verification"}
        open |= {"status", "decided_by", "decided_at"}
        never = {"before", "after", "why", "answer"}


class Duplicate(Kept):
    """What an agency decided of two cards that look alike; as open as the less open of the two."""

    first = loose(Organisation, db_index=False)
    second = loose(Organisation)
    same = models.BooleanField()
    leads_to = loose(Organisation, null=True)  # which card counts
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "owner"], name="one_decision_of_an_agency_on_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="a_pair_in_its_order"),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"first", "second", "same", "leads_to", "by", "at"}


class Change(OfHouse):
    """One change of a row: what stood there and what stands there now. It outlives the row, without its values."""

    card = models.UUIDField()  # of the organisation, which may be gone
    place = models.UUIDField(null=True)  # the location the row hangs on: the values go when it becomes confidential
    how = word(20)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["card", "-at"], name="history_of_a_card"),
            models.Index(fields=["row_id"], name="history_of_a_row"),
            models.Index(fields=["place"], name="history_of_a_place", condition=~Q(place=None)),
        ]

    class Sensitivity:
        rows = house_rows("insert")
        open = {"id", "owner", "entity", "row_id", "at", "card", "place", "how", "by"}
        never = {"before", "after"}
