"""What every page of this stage begins with: the file, the person's name, the colleagues who may be named."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from havre.cases.people import circle
from havre.cases.people.models import Case, CaseAccess
from havre.cases.people.shown import called
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment, Permission

READ, WRITE, LEGAL = Permission.CASE_READ, Permission.CASE_WRITE, Permission.LEGAL_WRITE


def file(reference: str) -> Case:
    """The file under that reference, when it is among those this user sees."""
    return get_object_or_404(Case.objects.select_related("person", "owner"), reference=reference)


def frame(case: Case, **more: Any) -> dict[str, Any]:
    """The context of a page about a person."""
    return {"case": case, "called": called(case), **more}


def colleagues(case: Case, user: User, *others: User, part: Compartment = Compartment.FACTS) -> list[User]:
    """Who may be named as looking after something: whoever works with the person and reaches that part of the file."""
    there = [each.principal for each in circle.rows_of(case) if each.compartments & part]
    found = User.objects.filter(principal__in=there, is_active=True).order_by("name")
    return list(dict.fromkeys([user, case.owner, *found, *others]))


def reaches(case: Case, part: Compartment) -> bool:
    """Whether that part of the file is open to the reader."""
    return any(each.compartments & part for each in CaseAccess.objects.filter(case=case))
