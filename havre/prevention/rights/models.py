"""The short review of human rights, gender and health (SPEC 16), of a campaign, a course or a law."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.keeping.models import OF_KEPT, Kept, words
from havre.platform.keeping.rows import KeptRows


class RightsCheck(Kept):
    """One review, as it was on that day. A later one stands beside it; the newest counts."""

    kind = models.CharField(max_length=20)  # what is reviewed: campaign, course, law
    subject = models.UUIDField()
    answers = models.JSONField(default=dict)  # question: yes, partly or no
    note = words()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="check_of_subject")]

    class Sensitivity:
        rows = KeptRows(writes=("insert", "update"))  # the update is of how far it is seen, and of nothing else
        open = OF_KEPT | {"kind", "subject", "answers", "note", "at", "by"}

    @property
    def standing(self) -> str:
        """The answer that weighs most: no, else partly, else yes."""
        given = set(self.answers.values())
        return next((each for each in ("no", "partly", "yes") if each in given), "")

    @property
    def open_points(self) -> list[str]:
        """The questions that were answered by no or partly."""
        return [code for code, answer in self.answers.items() if answer != "yes"]


def checks_of(subject: UUID) -> list[RightsCheck]:
    """The reviews of a campaign, a course or a law, the newest first."""
    return list(RightsCheck.objects.filter(subject=subject).select_related("by", "owner").order_by("-at"))
