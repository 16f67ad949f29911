"""Somebody new whom another body identified."""

from __future__ import annotations

from havre.cases.people.actions import Arrival, open_contact
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

from .birth import Birth, write_birth
from .finding import Elsewhere, receive_finding


@action("case.identified", needs=Permission.CASE_OPEN)
def open_identified(
    arrival: Arrival, *, by: User, birth: Birth | None = None, elsewhere: Elsewhere | None = None
) -> Case:
    """A case as of a first contact, with the finding on file: consent leads to the plan, past the screening."""
    case = open_contact(arrival, by=by)
    write_birth(case, by=by, birth=birth)
    if elsewhere:
        receive_finding(case, by=by, elsewhere=elsewhere)
    return case
