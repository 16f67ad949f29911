"""Where each field of HSDS stands here: read by every way in and every way out, so that they cannot drift.

Fields have the same names here, but for `organization`. What we know beyond HSDS goes as its attributes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models

from havre.directory.models import (
    Address,
    Contact,
    Language,
    Location,
    Organisation,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)

from .attributes import COMPLETES, EXTENSION, TAXONOMY, VISIBILITY, extension, ours, term
from .schema import ENTITIES, values

__all__ = ["COMPLETES", "EXTENSION", "TAXONOMY", "VISIBILITY", "extension", "ours", "term"]

MODELS: dict[str, type[models.Model]] = {
    "organization": Organisation,
    "program": Program,
    "service": Service,
    "location": Location,
    "service_at_location": ServiceAtLocation,
    "contact": Contact,
    "phone": Phone,
    "address": Address,
    "schedule": Schedule,
    "service_area": ServiceArea,
    "language": Language,
}
DETAILS = tuple(each for each in ENTITIES if each not in MODELS)
FREE = ("taxonomy", "taxonomy_term", "meta_table_description")  # rows of no organization
RENAMED = {"organization_id": "organisation_id", "parent_organization_id": "parent_organisation_id"}
CODES = {
    "org_category": "org_categories",
    "nrm_role": "nrm_roles",
    "mou_status": "mou_statuses",
    "vetting_status": "vetting_statuses",
    "verification_method": "verification_methods",
    "visibility": "visibilities",
    "service_type": "services",
    "population_served": "populations",
    "exploitation_types_served": "vic_TypeOfExploitation",
    "cost_to_person": "service_costs",
    "channels": "phone_channels",
    "focal_role": "focal_roles",
    "clearance": "clearances",
    "default_tlp_max": "tlp",
}


@cache
def entity(model: Any) -> str:
    """The entity whose rows stand in a table of ours."""
    return next(name for name, each in MODELS.items() if each is model)


@cache
def column(entity: str, name: str) -> str | None:
    """The column of ours that holds a field of HSDS; None where the row of another table does."""
    known = {each.attname for each in MODELS[entity]._meta.concrete_fields}
    ours = RENAMED.get(name, name)
    return ours if ours in known else None


def columns(entity: str) -> list[str]:
    """The cells of a table of an entity, in the order of the standard."""
    return list(values(entity))
