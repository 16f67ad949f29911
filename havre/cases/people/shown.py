"""How a person is named at the head of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from havre.cases.people.models import Case, Person, PersonName
from havre.cases.people.rules.consent import is_child

ORDER = {"known_as": 0, "legal": 1, "alias": 2}


def called(case: Case) -> str:
    """The name the person wants to be called by, else one from papers, else nothing."""
    return best(PersonName.objects.filter(person_id=case.person_id))


def best(names: Iterable[PersonName]) -> str:
    """Of the names of one person, the one they want to be called by, else one from papers, else nothing."""
    known = sorted(names, key=lambda name: ORDER.get(name.kind, len(ORDER)))
    return next((name.full or f"{name.given} {name.family}".strip() for name in known), "")


def child(person: Person, on: date) -> bool:
    """Whether the rules for children hold on that day."""
    return is_child(person.birth_year, person.presumed_minor, on)
