"""What somebody needs and the help they get: recorded in every open state, since help never waits for paper."""

from __future__ import annotations

from django.db import models

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.directory.models import Service
from havre.platform.accounts.models import User
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment


def offer() -> models.ForeignKey:
    """The service of the directory that was chosen. Its keeper may take the card away without touching a file."""
    return models.ForeignKey(
        Service, models.DO_NOTHING, related_name="+", null=True, db_constraint=False, db_index=False
    )


class Need(Dated):
    """Something the person needs, by the code of the service that would meet it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    code = models.CharField(max_length=20)
    goal = SealedText(subject="case_id")
    urgency = models.CharField(max_length=10, blank=True)
    met_on = models.DateField(null=True)
    lacking = models.CharField(
        max_length=600, blank=True, default=""
    )  # countries where nothing was found, joined by ';'
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "code", "urgency", "version"}
        coarse = {"at": "year", "met_on": "year"}
        never = {"goal", "lacking"}


class ServiceDelivery(Dated):
    """One service for one person: who gives it, from when, how it stands."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="services")
    need = models.ForeignKey(Need, models.PROTECT, related_name="services", null=True)
    code = models.CharField(max_length=20)
    provider = models.CharField(max_length=200, blank=True)
    offer = offer()
    offer_version = models.IntegerField(null=True)  # of the card, as it stood when it was chosen
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10)
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    end = models.DateField(null=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    funder = models.CharField(max_length=200, blank=True, default="")
    outcome = SealedText(subject="case_id")
    conditional = models.BooleanField(default=False)  # made to depend on testimony: warned about (SPEC 8.2)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(start=None) | models.Q(end__gte=models.F("start")),
                name="a_service_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=None, currency="") | models.Q(cost__gt=0) & ~models.Q(currency=""),
                name="a_cost_has_a_currency",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.FACTS, "insert", "update")
        open = {"id", "case", "by", "need", "code", "worker", "status", "conditional", "version"}
        open |= {"currency", "offer_version"}
        coarse = {"at": "year", "start": "year", "due": "year", "end": "year", "cost": "band"}
        never = {"provider", "offer", "funder", "outcome"}
