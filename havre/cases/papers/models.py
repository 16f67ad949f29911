"""Which papers of a file were printed: for whom, why, in which language, and under which number."""

from __future__ import annotations

from django.db import models

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

KINDS = ["consent", "plan", "referral", "seen", "summary"]
LANGUAGES = ["en", "fr"]
MOST = 5  # copies at once


class PrintedCopy(Dated):
    """One sheet that left the house, by its number in the file. It is never changed: what it says is made anew."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="printed_copies", db_index=False)
    kind = models.CharField(max_length=10, default="summary")
    number = models.IntegerField()
    first = models.IntegerField()  # the number of the first of the copies that were asked for together
    copies = models.SmallIntegerField(default=1)
    about = models.UUIDField(null=True)  # the referral of a letter
    reason = models.CharField(max_length=20)
    purpose = SealedText(subject="case_id")
    language = models.CharField(max_length=2, default="en")
    named = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_copy_has_a_number_of_its_own"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="kinds_of_paper"),
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="languages_of_paper"),
            models.CheckConstraint(
                condition=models.Q(
                    copies__gte=1,
                    copies__lte=MOST,
                    first__gte=1,
                    number__gte=models.F("first"),
                    number__lt=models.F("first") + models.F("copies"),
                ),
                name="a_copy_is_one_of_those_asked_for",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="referral", about__isnull=False)
                | ~models.Q(kind="referral") & models.Q(about=None),
                name="a_letter_is_about_a_referral",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert")
        open = {"id", "case", "by", "kind", "number", "first", "copies", "about", "reason", "language", "named"}
        coarse = {"at": "year"}
        never = {"purpose"}

    @property
    def place(self) -> int:
        """Which of the copies asked for together this one is, counted from one."""
        return self.number - self.first + 1
