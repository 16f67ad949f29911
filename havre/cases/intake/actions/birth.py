"""When somebody was born, as it was told at the door."""

from __future__ import annotations

from dataclasses import dataclass

from havre.cases.people.models import Case, PersonIdentity
from havre.kernel.dates import PartialDate
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission


@dataclass
class Birth:
    """The date as far as it is known, how it is known, and whether the person is treated as a child in doubt."""

    when: PartialDate | None
    basis: str = ""
    presumed_minor: bool = False


@action("person.birth", needs=Permission.CASE_OPEN)
def write_birth(case: Case, *, by: User, birth: Birth | None) -> None:
    """The year stays plain, for the age; a whole date is sealed."""
    if birth is None:
        return
    person = case.person
    person.birth_year = birth.when.value.year if birth.when else None
    person.birth_precision = birth.when.precision if birth.when else ""
    person.age_basis, person.presumed_minor = birth.basis, birth.presumed_minor
    person.save(update_fields=["birth_year", "birth_precision", "age_basis", "presumed_minor"])
    if birth.when:
        PersonIdentity(person=person, born_on=str(birth.when)).save(force_insert=True)
