"""The record of who did and saw what: written in the transaction of the act, never changed (SECURITY-DESIGN 5)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from havre.platform.database.rows import Where

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

    class Meta:
        indexes = [models.Index(fields=["watcher", "-at"], name="audit_of_an_agency")]

    class Sensitivity:
        rows = AuditRows(writes=("insert",), select=WATCHED, insert=MINE)
        open = {"id", "at", "user_id", "watcher", "act", "refused", "reason", "request_id"}


class AuditSubject(models.Model):
    """One row per case an event showed or changed: "who saw this file" is one index read."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField()
    case_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    user_id = models.UUIDField(null=True)
    watcher = models.BigIntegerField(null=True)
    act = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "-at"], name="who_saw_this_file"),
            models.Index(fields=["event_id"], name="files_of_an_event"),
        ]

    class Sensitivity:
        rows = AuditRows(writes=("insert",), select=f"{WATCHED} or {SHOWN}", insert=MINE)
        open = {"id", "event_id", "case_id", "at", "user_id", "watcher", "act"}
