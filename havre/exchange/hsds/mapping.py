"""Where each field of HSDS stands here: read by every way in and every way out, so that they cannot drift.

Fields have the same names here, but for `organization`. What we know beyond HSDS goes as its attributes.
"""

from __future__ import annotations

import uuid
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

from .schema import ENTITIES, values

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
CHECKED = ("verified_on", "verified_by", "verification_method", "next_check_due", "source")
VISIBILITY = "visibility"
# What HSDS has no field for, by entity: our extension (SPEC 12), and what completes a field of HSDS.
EXTENSION: dict[str, tuple[str, ...]] = {
    "organization": ("org_category", "mandate", "nrm_role", "countries", "mou_status", "vetting_status", *CHECKED),
    "service": (
        "service_type",
        "population_served",
        "accepts_children_accompanied",
        "accepts_unaccompanied_minors",
        "accepts_men",
        "accepts_with_pets_or_dependants",
        "exploitation_types_served",
        "conditional_on_cooperation",
        "capacity_total",
        "capacity_available",
        "capacity_as_of",
        "max_stay_days",
        "cost_to_person",
        "referral_procedure",
        *CHECKED,
    ),
    "location": ("address_confidential", *CHECKED),
    "contact": (
        "is_focal_point",
        "focal_role",
        "out_of_hours",
        "languages",
        "clearance",
        "public_key",
        "key_fingerprint",
        "key_expires",
        "default_tlp_max",
        *CHECKED,
    ),
    "phone": ("is_hotline", "hours_24_7", "toll_free", "reachable_from_abroad", "channels"),
}
COMPLETES: dict[str, tuple[str, ...]] = {
    "location": ("country", "region", "city"),  # a place without an address still lies somewhere
    "service_area": ("country",),
    "schedule": ("zone", "bymonthday", "byyearday"),  # HSDS knows hours from UTC, and one day of a month
}
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
_OURS = uuid.UUID("6f0d2f0a-7a54-5d0b-9a4e-0c3a4d1a7b11")  # the name space of the ids below
TAXONOMY = str(uuid.uuid5(_OURS, "havre directory extension"))


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


@cache
def extension(entity: str) -> tuple[str, ...]:
    """The fields of ours that an entity has as attributes."""
    more = (*EXTENSION.get(entity, ()), *COMPLETES.get(entity, ()))
    return (*more, VISIBILITY) if entity in MODELS else ()


@cache
def term(entity: str, name: str) -> str:
    """The id of the taxonomy term that says which field of ours an attribute is."""
    return str(uuid.uuid5(_OURS, f"{entity}.{name}"))


@cache
def ours() -> dict[str, tuple[str, str]]:
    """Entity and field of ours by the id of their term."""
    return {term(entity, name): (entity, name) for entity in MODELS for name in extension(entity)}


def columns(entity: str) -> list[str]:
    """The cells of a table of an entity, in the order of the standard."""
    return list(values(entity))
