"""The entities of HSDS that Havre carries and shows, and does not reason about: kept as they came."""

from __future__ import annotations

from django.db import models

from havre.platform.database.rows import Unguarded
from havre.platform.keeping.rows import KeptRows

from .base import OF_CARD, Kept, word
from .organisations import Organisation


class Detail(Kept):
    """One row of accessibility, funding, cost_option, required_document, organization_identifier, taxonomy,
    taxonomy_term, attribute, metadata or meta_table_description, with the fields that HSDS names."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="details")
    entity = models.CharField(max_length=40)
    link_entity = word(40)  # what it belongs to, by HSDS's name
    link_id = models.UUIDField(null=True)
    fields = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["link_id"], name="detail_link")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "entity", "link_entity", "link_id", "fields"}


class Vetting(models.Model):
    """That an agency of this installation was vetted: said by whoever runs it, never by the agency itself."""

    agency = models.OneToOneField("accounts.Agency", models.PROTECT, primary_key=True, related_name="+")
    status = models.CharField(max_length=20)
    on = models.DateField()
    by = models.CharField(max_length=200)
    reason = models.TextField()

    class Sensitivity:
        rows = Unguarded(reason="which agencies are vetted is known to all who work here; it holds nobody in care")
        open = {"agency", "status", "on", "by", "reason"}
