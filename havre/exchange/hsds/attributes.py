"""What HSDS has no field for and goes as its attributes. Plain Python, for the process that reads too."""

from __future__ import annotations

import uuid
from functools import cache

# The entities whose rows stand in tables of ours.
KEPT = (
    *("organization", "program", "service", "location", "service_at_location", "contact", "phone", "address"),
    *("schedule", "service_area", "language"),
)
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
_OURS = uuid.UUID("6f0d2f0a-7a54-5d0b-9a4e-0c3a4d1a7b11")  # the name space of the ids below
TAXONOMY = str(uuid.uuid5(_OURS, "havre directory extension"))


@cache
def extension(entity: str) -> tuple[str, ...]:
    """The fields of ours that an entity has as attributes."""
    more = (*EXTENSION.get(entity, ()), *COMPLETES.get(entity, ()))
    return (*more, VISIBILITY) if entity in KEPT else ()


@cache
def term(entity: str, name: str) -> str:
    """The id of the taxonomy term that says which field of ours an attribute is."""
    return str(uuid.uuid5(_OURS, f"{entity}.{name}"))


@cache
def ours() -> dict[str, tuple[str, str]]:
    """Entity and field of ours by the id of their term."""
    return {term(entity, name): (entity, name) for entity in KEPT for name in extension(entity)}
