"""Who else was asked to help, or asked us, and what they answered (HTCDS, outgoing and incoming referral)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from havre.cases.people.models import Case, Consent
from havre.cases.people.models.base import Dated
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

from .needs import offer


class Referral(Dated):
    """One referral to or from another organisation; one that goes out rests on the consent to share with it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    direction = models.CharField(max_length=3)  # in or out
    organisation = SealedText(subject="case_id")
    contact = SealedText(subject="case_id")
    offer = offer()
    checked = SealedText(subject="case_id")  # how somebody made sure of a contact that was not checked for long
    reason = models.CharField(max_length=40, blank=True, default="")  # a code of cas_ReasonFor…Referral
    services = models.CharField(max_length=600, blank=True, default="")  # codes joined by ';'
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)  # unknown only where it came with a register
    state = models.CharField(max_length=12, default="in_progress")
    answered_on = models.DateField(null=True)
    answer = SealedText(subject="case_id")
    details = SealedText(subject="case_id")
    handover = models.BooleanField(
        default=False
    )  # the other body hands its work with the person over to us, or we ours
    finding = models.CharField(
        max_length=40, blank=True, default=""
    )  # brought by the other body: vic_TraffickingStatus
    recalled_on = models.DateField(null=True)  # when we asked for what was shared to be given up
    imported = models.BooleanField(db_default=False)  # came with a register: who agreed to it is not known here
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("sent_on")),
                name="a_referral_is_answered_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(recalled_on=None) | Q(state="revoked"), name="what_is_recalled_is_revoked"
            ),
            models.CheckConstraint(
                condition=Q(imported=True) | Q(sent_on__isnull=False), name="only_an_imported_referral_lacks_its_day"
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "direction", "reason", "services", "consent", "state", "handover", "finding"}
        open |= {"version", "imported"}
        coarse = {"at": "year", "sent_on": "year", "answered_on": "year", "recalled_on": "year"}
        never = {"organisation", "contact", "offer", "checked", "answer", "details"}
