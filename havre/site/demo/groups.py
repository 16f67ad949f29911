"""A few families and groups among the invented people: those of one country whom one worker follows."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from uuid import UUID

from havre.cases.people.models import CaseGroup, PersonLink
from havre.site.demo.sheets import File

LEAST, MOST = 3, 5
CHILDREN = ("girl", "boy")


def join(files: Sequence[File]) -> None:
    """Marks a group where several come from one country, and makes a mother and child, or sisters, of two of them."""
    by_country: dict[str, list[File]] = {}
    for file in files:
        told = file.told
        if not (told.refused or told.restricted or told.imported):
            by_country.setdefault(told.origin["country"], []).append(file)
    for theirs in by_country.values():
        if len(theirs) >= LEAST:
            _group(theirs[:MOST], theirs[0].rng)
            _family(theirs)


def _group(files: Sequence[File], rng: Random) -> None:
    mark, kind = UUID(int=rng.getrandbits(128)), rng.choice(["same_recruiter", "travelled_with"])
    for file in files:
        file.of_case(CaseGroup, group=mark, kind=kind)


def _family(files: Sequence[File]) -> None:
    mother = next((each for each in files if each.told.who == "woman" and each.told.age >= 33), None)
    child = next((each for each in files if each.told.who in CHILDREN), None)
    if mother and child:
        _link(mother, child, "child", "parent")
        return
    sisters = [each for each in files if each.told.who == "woman" and each.told.age < 33][:2]
    if len(sisters) == 2:
        _link(sisters[0], sisters[1], "sibling", "sibling")


def _link(one: File, other: File, kind: str, inverse: str) -> None:
    one.of_person(PersonLink, other_id=other.person.pk, kind=kind)
    other.of_person(PersonLink, other_id=one.person.pk, kind=inverse)
