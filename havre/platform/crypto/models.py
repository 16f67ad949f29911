"""The wrapped data keys, one line of generations per subject."""

from __future__ import annotations

import uuid

from django.db import models

from havre.platform.database.rows import Where

REACH = (
    "crypto_subjectkey.subject_id = (select havre.actor())"
    " or exists (select 1 from people_caseaccess a where a.case_id = crypto_subjectkey.subject_id{write} offset 0)"
    " or exists (select 1 from people_caseaccess a where a.person_id = crypto_subjectkey.subject_id{write} offset 0)"
)
READ, WRITE = REACH.format(write=""), REACH.format(write=" and a.level = 'write'")


class SubjectKey(models.Model):
    """A data key of a person, a case or a user (drafts), wrapped by the agency's root. To destroy it is to erase."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField()
    generation = models.SmallIntegerField(default=1)
    kind = models.CharField(max_length=10)
    agency_id = models.UUIDField()
    wrapped = models.BinaryField(null=True)
    destroyed_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "generation"], name="one_key_a_generation"),
            models.CheckConstraint(
                condition=models.Q(wrapped=None, destroyed_on__isnull=False)
                | models.Q(wrapped__isnull=False, destroyed_on=None),
                name="a_key_is_held_or_destroyed",
            ),
        ]

    class Sensitivity:
        rows = Where(writes=("insert", "update"), select=READ, insert=WRITE, update=WRITE)
        open = {"id", "subject_id", "generation", "kind", "agency_id", "destroyed_on"}
        never = {"wrapped"}
