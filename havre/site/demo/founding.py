"""The two agencies of the demonstration and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from havre.platform.accounts.founding import found_agency, found_user
from havre.platform.accounts.models import Agency, User

PASSWORD = "havre-demo"  # noqa: S105 - printed for whoever tries the demonstration
AGENCIES = {"balise": "Maison Balise, Lyon", "phare": "Le Phare, Marseille"}


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as."""

    login: str
    name: str
    role: str
    agency: str
    language: str


PERSONAS = (
    Persona("amina", "Amina D.", "caseworker", "balise", "en"),
    Persona("gita", "Gita N.", "caseworker", "balise", "fr"),
    Persona("hana", "Hana S.", "health_worker", "balise", "en"),
    Persona("noor", "Noor B.", "child_specialist", "balise", "en"),
    Persona("lucas", "Lucas M.", "legal_adviser", "balise", "fr"),
    Persona("rita", "Rita V.", "return_officer", "balise", "en"),
    Persona("sami", "Sami E.", "reintegration_officer", "balise", "en"),
    Persona("chloe", "Chloé R.", "supervisor", "balise", "en"),
    Persona("dao", "Dao T.", "auditor", "balise", "en"),
    Persona("ines", "Inès L.", "data_protection_lead", "balise", "en"),
    Persona("ferdinand", "Ferdinand O.", "administrator", "balise", "en"),
    Persona("maya", "Maya P.", "prevention_officer", "balise", "fr"),
    Persona("emile", "Émile Q.", "editor", "balise", "fr"),
    Persona("boris", "Boris K.", "supervisor", "phare", "fr"),
)


def strangers() -> bool:
    """Whether somebody else's agency works in this database: then it is no demonstration."""
    return Agency.objects.using("owner").exclude(code__in=AGENCIES).exists()


def refuse_strangers() -> None:
    """A server that was started as a demonstration by mistake, where anybody comes in with a click, does not start."""
    from django.conf import settings

    from havre.platform.database.guard import Unsafe

    if settings.DEMO and Agency.objects.exclude(code__in=AGENCIES).exists():
        raise Unsafe("HAVRE_DEMO is set, and this database holds a register of its own: unset it, then start again")


def found() -> None:
    """Agencies and personas, those that are missing."""
    with transaction.atomic(using="owner"):
        houses = {house.code: house for house in Agency.objects.using("owner").filter(code__in=AGENCIES)}
        for code, name in AGENCIES.items():
            if code not in houses:
                houses[code] = found_agency(code, name, "FR", using="owner")
        there = set(User.objects.using("owner").values_list("login", flat=True))
        for each in PERSONAS:
            if each.login not in there:
                who = (each.login, each.name, each.role, PASSWORD)
                found_user(houses[each.agency], *who, using="owner", language=each.language)
