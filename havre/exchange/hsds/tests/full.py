"""An invented directory in which every entity and every field of HSDS 3.0 says something, and all of ours too."""

from __future__ import annotations

import uuid

from havre.exchange.hsds import mapping
from havre.exchange.hsds.schema import ENTITIES, LINKS, links, values

SPACE = uuid.UUID("b4bba6f4-4f4f-4f59-9a1e-0a2a5a3a7a10")
SAID = {
    "year_incorporated": 1987,
    "latitude": 45.764,
    "longitude": 4.8357,
    "minimum_age": 18,
    "maximum_age": 64,
    "extension": 12,
    "timezone": 1,
    "interval": 2,
    "bymonthday": 3,
    "byyearday": 120,
    "count": "4",
    "wkst": "MON",
    "freq": "WEEKLY",
    "byday": "MO,TU",
    "opens_at": "22:00",
    "closes_at": "06:30",
    "status": "temporarily closed",
    "location_type": "physical",
    "address_type": "postal",
    "number": "+33 4 80 00 03 42",
    "amount": 12.5,
    "currency": "EUR",
    "country": "FR",
    "postal_code": "69001",
    "assured_date": "2026-05-01",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "dtstart": "2026-01-05",
    "until": "2026-12-20",
    "last_action_date": "2026-05-01",
}
OURS = {
    "org_category": "ngo",
    "nrm_role": "shelter;first_responder",
    "countries": "FR;MD",
    "mou_status": "signed",
    "vetting_status": "vetted",
    "verified_on": "2026-05-01",
    "verified_by": "Claire at the Quay",
    "verification_method": "call",
    "next_check_due": "2026-10-28",
    "visibility": "public",
    "service_type": "SHELTER_EMERG",
    "population_served": "men;boys",
    "exploitation_types_served": "SexualExploitation",
    "capacity_total": "20",
    "capacity_available": "3",
    "capacity_as_of": "2026-05-01T10:00:00+00:00",
    "max_stay_days": "90",
    "cost_to_person": "free",
    "languages": "ro;ar",
    "focal_role": "duty_officer",
    "clearance": "restricted",
    "key_expires": "2027-01-01",
    "default_tlp_max": "TLP:AMBER",
    "channels": "voice;sms",
    "country": "MD",
    "zone": "Europe/Paris",
}
TRUTHS = ("accepts_", "conditional", "is_", "out_of", "hours_", "toll", "reachable")


def key(entity: str, number: int = 0) -> str:
    """An id that is the same each time."""
    return str(uuid.uuid5(SPACE, f"{entity} {number}"))


def value(entity: str, name: str) -> object:
    """Something a field may say."""
    known = values(entity)[name]
    if name in SAID:
        return SAID[name]
    if entity == "language" and name == "code":
        return "ro"
    if known.format == "email":
        return f"{entity}@quay.example"
    if known.format == "uri":
        return f"https://quay.example/{entity}/{name}"
    return f"{entity} {name}, « dit », ل’eau — نعم"


def row(entity: str, parent: str = "", number: int = 0) -> dict[str, object]:
    """A row that fills every field; `parent` is what it hangs on, of several it could."""
    told: dict[str, object] = {}
    hangs = links(entity)
    for name in values(entity):
        if name == "id":
            told[name] = key(entity, number)
        elif name in hangs:
            of = hangs[name]
            if not parent or of == parent or entity in ("service_at_location", "service", "taxonomy_term"):
                told[name] = key(of)
        elif entity in LINKS and name in LINKS[entity]:
            told[name] = key(parent) if name == LINKS[entity][0] else parent
        elif name == "parent_organization_id" or name == "parent_id":
            continue
        else:
            told[name] = value(entity, name)
    return told


def rows() -> dict[str, list[dict[str, object]]]:
    """All of them."""
    found = {entity: [row(entity)] for entity in ENTITIES if entity not in ("attribute", "metadata")}
    for entity, parents in {
        "phone": ("organization", "service", "location", "contact", "service_at_location"),
        "contact": ("organization", "service", "location", "service_at_location"),
        "schedule": ("service", "location", "service_at_location"),
        "language": ("service", "location", "phone"),
        "funding": ("organization", "service"),
    }.items():
        found[entity] = [row(entity, parent, number) for number, parent in enumerate(parents)]
    found["organization"].append({**row("organization", number=1), "parent_organization_id": key("organization")})
    found["taxonomy_term"].append({**row("taxonomy_term", number=1), "parent_id": key("taxonomy_term")})
    parents = [each for each in ENTITIES if each != "metadata" and each not in mapping.FREE]
    found["metadata"] = [row("metadata", parent, number) for number, parent in enumerate(parents)]
    parents = [each for each in parents if each != "attribute"]
    found["attribute"] = [row("attribute", parent, number) for number, parent in enumerate(parents)]
    return {**found, "attribute": found["attribute"] + extension(found)}


def extension(found: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    """Our fields of every row that has some."""
    return [
        {
            "id": str(uuid.uuid5(uuid.UUID(str(each["id"])), name)),
            "link_id": each["id"],
            "taxonomy_term_id": mapping.term(entity, name),
            "link_type": name,
            "link_entity": entity,
            "value": "true" if name.startswith(TRUTHS) else OURS.get(name, f"{entity} {name}"),
        }
        for entity in mapping.MODELS
        for each in found[entity]
        for name in mapping.extension(entity)
        if name not in ("address_confidential", "bymonthday", "byyearday")
        and (name != "visibility" or entity == "organization")
    ]
