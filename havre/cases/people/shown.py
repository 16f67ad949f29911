"""How a person is named at the head of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import Http404
from django.utils.functional import SimpleLazyObject

from havre.cases.people.models import Case, Person, PersonName
from havre.cases.people.rules.consent import is_child
from havre.platform.database.reading import Prepared

ORDER = {"known_as": 0, "legal": 1, "alias": 2}


CASES = Prepared(lambda reference: Case.objects.select_related("person", "owner").filter(reference=reference))
NAMES = Prepared(lambda person: PersonName.objects.filter(person_id=person))


def case_of(reference: str) -> Case:
    """The case of that reference with its person and its owner; not found when it is out of reach."""
    found = CASES.first(reference)
    if found is None:
        raise Http404
    return found


def called(case: Case) -> SimpleLazyObject:
    """The name the person wants to be called by, else one from papers, else nothing; read only if a page shows it."""
    return SimpleLazyObject(lambda: best(NAMES(case.person_id)))


def best(names: Iterable[PersonName]) -> str:
    """Of the names of one person, the one they want to be called by, else one from papers, else nothing."""
    known = sorted(names, key=lambda name: ORDER.get(name.kind, len(ORDER)))
    return next((name.full or f"{name.given} {name.family}".strip() for name in known), "")


def child(person: Person, on: date) -> bool:
    """Whether the rules for children hold on that day."""
    return is_child(person.birth_year, person.presumed_minor, on)
