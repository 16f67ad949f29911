"""What somebody rebuilds a life with: grants, their instalments, an enterprise, and surveys of how life goes."""

from __future__ import annotations

from django.db import models

from havre.cases.people.models import Case
from havre.cases.people.models.base import CaseTable, Dated
from havre.cases.screening.models import Interview
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

RECEIPTS = ["yes", "no", "waived"]


class Grant(Dated):
    """Money or goods promised to the person, paid in one instalment or in several (SPEC 9.2)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="grants")
    kind = models.CharField(max_length=20)
    title = SealedText(subject="case_id")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    provider = models.CharField(max_length=200, blank=True, default="")
    condition = SealedText(subject="case_id")
    decided_on = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_grant_is_more_than_nothing"),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "kind", "currency", "version"}
        coarse = {"at": "year", "decided_on": "year", "amount": "amount band"}
        never = {"title", "provider", "condition"}


class Instalment(Dated):
    """One part of a grant: when it is due, when it was paid, and whether a receipt is kept."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="instalments", db_index=False)
    seq = models.SmallIntegerField()
    purpose = SealedText(subject="case_id")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    due = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    receipt = models.CharField(max_length=6, default="no")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "seq"], name="instalments_in_order"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="an_instalment_is_more_than_nothing"),
            models.CheckConstraint(condition=models.Q(receipt__in=RECEIPTS), name="receipt_known"),
            models.CheckConstraint(
                condition=models.Q(paid_on__isnull=False) | models.Q(receipt="no"), name="a_receipt_of_what_was_paid"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update", "delete")
        open = {"id", "case", "by", "grant", "seq", "receipt", "version"}
        coarse = {"at": "year", "due": "year", "paid_on": "year", "amount": "amount band"}
        never = {"purpose"}


class Enterprise(Dated):
    """A business of the person's own: what was planned and what it began with."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="enterprises")
    sector = models.CharField(max_length=20)
    plan = SealedText(subject="case_id")
    capital = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    own_share = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    licence = models.CharField(max_length=12, blank=True, default="")
    started_on = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(own_share=None) | models.Q(own_share__gte=0, own_share__lte=models.F("capital")),
                name="the_own_share_is_part_of_the_capital",
            ),
            models.CheckConstraint(
                condition=models.Q(capital=None) | models.Q(capital__gt=0) & ~models.Q(currency=""),
                name="a_capital_has_a_currency",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "sector", "currency", "licence", "version"}
        coarse = {"at": "year", "started_on": "year", "capital": "amount band", "own_share": "amount band"}
        never = {"plan"}


class EnterpriseCheck(Dated):
    """How an enterprise stands three, six or twelve months after it began."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="checks", db_index=False)
    month = models.SmallIntegerField(default=3)
    status = models.CharField(max_length=8, default="open")
    turnover_band = models.CharField(max_length=12, blank=True, default="")
    profit_band = models.CharField(max_length=12, blank=True, default="")
    jobs = models.SmallIntegerField(null=True)
    on = models.DateField()
    words = SealedText(subject="case_id")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "month"], name="a_check_once_a_month"),
            models.CheckConstraint(condition=models.Q(month__in=[3, 6, 12]), name="a_check_at_3_6_or_12_months"),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "closed", "changed"]), name="a_check_says_how_it_stands"
            ),
            models.CheckConstraint(condition=models.Q(jobs=None) | models.Q(jobs__gte=0), name="jobs_are_counted"),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "enterprise", "month", "status", "turnover_band", "profit_band", "jobs", "version"}
        coarse = {"at": "year", "on": "year"}
        never = {"words"}


class Survey(CaseTable):
    """The reintegration survey of one contact; its answers are those of the interview, kept item by item (SPEC 9.3)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="surveys", db_index=False)
    interview = models.OneToOneField(Interview, models.PROTECT, related_name="+")
    contact = models.CharField(max_length=4)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "contact"], name="a_survey_once_a_contact")]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "interview", "contact"}
        coarse = {"on": "year"}
