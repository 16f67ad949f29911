"""Notices and where mail goes. A notice says what kind of thing waits and about which row; it holds no words."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.crypto.fields import ServerText
from havre.platform.database.rows import OwnRows, Unguarded, Where

# One's own, and of one's own agency for whoever administers it now.
ADDRESSES = (
    "notices_mailaddress.user_id = (select havre.actor()) or exists (select 1 from accounts_user u"
    " where u.id = notices_mailaddress.user_id and u.agency_id = (select havre.administers()) offset 0)"
)


class NoticeKind(models.Model):
    """The kinds that the code knows, written at set-up: the functions of the database take no other."""

    code = models.CharField(primary_key=True, max_length=40)

    class Meta:
        db_table = "notices_kind"

    class Sensitivity:
        rows = Unguarded(reason="a list of codes of the program itself")
        open = {"code"}


class Notice(models.Model):
    """Something waits for somebody. Written by functions of the database alone; its user marks it as read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(db_default=0)  # of its mail
    next_try = models.DateTimeField(null=True)
    taken = models.DateTimeField(null=True)  # the mail is on its way, or gone: it is never sent again
    mailed = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="notices_of_a_user"),
            models.Index(fields=["at"], name="mail_to_send", condition=models.Q(taken=None, read_at=None)),
        ]

    class Sensitivity:
        rows = OwnRows(writes=("update",))
        open = {"id", "user", "kind", "subject_id", "at", "read_at", "tries", "next_try", "taken", "mailed"}


class MailAddress(models.Model):
    """Where somebody who works here gets mail, under a key of the server: the worker opens it, a thief does not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = ServerText()
    since = models.DateTimeField(default=timezone.now)

    class Sensitivity:
        rows = Where(
            writes=("insert", "update", "delete"),
            select=ADDRESSES,
            insert=ADDRESSES,
            update=ADDRESSES,
            delete=ADDRESSES,
        )
        open = {"id", "user", "since"}
        never = {"text"}
