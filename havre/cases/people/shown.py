"""How a person is named at the head of a page."""

from __future__ import annotations

from havre.cases.people.models import Case, PersonName

ORDER = {"known_as": 0, "legal": 1, "alias": 2}


def called(case: Case) -> str:
    """The name the person wants to be called by, else one from papers, else nothing."""
    names = sorted(
        PersonName.objects.filter(person_id=case.person_id), key=lambda name: ORDER.get(name.kind, len(ORDER))
    )
    return next((name.full or f"{name.given} {name.family}".strip() for name in names), "")
