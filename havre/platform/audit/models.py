"""The record of who did and saw what: written in the transaction of the act, never changed (SECURITY-DESIGN 5)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from havre.platform.database.rows import Queue, Where

MINE = "user_id is not distinct from (select havre.actor())"
WATCHED = "watcher = any((select havre.principals())::bigint[])"
SHOWN = "exists (select 1 from people_caseaccess a where a.case_id = audit_auditsubject.case_id offset 0)"


class AuditRows(Where):
    """As other rows, without the floor: an act is recorded for somebody who is not signed in, too."""

    def sql(self, table: str) -> list[str]:
        return [line for line in super().sql(table) if "policy floor" not in line]


class AuditEvent(models.Model):
    """One request or command: who, what, whether it was refused. No foreign key: it outlives what it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    user_id = models.UUIDField(null=True)
    watcher = models.BigIntegerField(null=True)  # the principal that audits the agency
    act = models.CharField(max_length=80)
    refused = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField()
    files = models.IntegerField(null=True)  # how many it showed; of a long work, which are named later, nothing
    file = models.UUIDField(null=True)  # which, when it was one or the page is about one
    through = models.CharField(max_length=40, blank=True)  # the purpose of the row of access that let the user see it
    mark = models.BigIntegerField(default=0)  # the number of the transaction that wrote it, whatever is given here

    class Meta:
        indexes = [
            models.Index(fields=["watcher", "-at"], name="audit_of_an_agency"),
            models.Index(fields=["mark"], name="events_to_seal"),
        ]

    class Sensitivity:
        rows = AuditRows(writes=("insert",), select=WATCHED, insert=MINE)
        open = {"id", "at", "user_id", "watcher", "act", "refused", "reason", "request_id"}
        open |= {"files", "file", "through", "mark"}


class AuditSubject(models.Model):
    """One row per case an event showed or changed: "who saw this file" is one index read."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField()
    case_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    user_id = models.UUIDField(null=True)
    watcher = models.BigIntegerField(null=True)
    act = models.CharField(max_length=80)
    through = models.CharField(max_length=40, blank=True)
    mark = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "-at"], name="who_saw_this_file"),
            models.Index(fields=["event_id"], name="files_of_an_event"),
            models.Index(fields=["mark"], name="subjects_to_seal"),
        ]

    class Sensitivity:
        rows = AuditRows(writes=("insert",), select=f"{WATCHED} or {SHOWN}", insert=MINE)
        open = {"id", "event_id", "case_id", "at", "user_id", "watcher", "act", "through", "mark"}


class AuditSeal(models.Model):
    """A closed batch of the record: the root of its rows, linked to the seal before and signed (ADR 26)."""

    number = models.BigIntegerField(primary_key=True)
    since = models.BigIntegerField()  # the marks of its rows: from this one
    upto = models.BigIntegerField()  # up to this one, which belongs to the next batch
    rows = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    at = models.DateTimeField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Sensitivity:
        rows = Queue(
            reason="hashes and counts of the record, which names nobody; the worker seals, whoever audits reads",
            app="select",
            worker="select, insert",
        )
        open = {"number", "since", "upto", "rows", "first_at", "last_at", "at", "root", "previous", "key", "signature"}
