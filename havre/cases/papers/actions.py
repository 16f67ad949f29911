"""Printing: the one act of this stage. It keeps a number for each sheet before anything can be printed."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from . import letters, rules
from .models import KINDS, PrintedCopy


@action("paper.print", needs=Permission.CASE_WRITE)
def print_paper(case: Case, *, by: User, kind: str, values: dict[str, Any]) -> PrintedCopy:
    """The first of the copies asked for; each has a number of its own in the file."""
    hold(case)
    if kind not in KINDS:
        raise Refused(_("There is no such paper. Choose one of those listed."))
    if kind not in rules.ALSO_CLOSED:
        require_open(case)
    sentence = letters.missing(case, values.get("about")) if kind == "referral" else ""
    if sentence:
        raise Refused(sentence)
    copies = values.get("copies") or 1
    first = (case.printed_copies.aggregate(last=Max("number"))["last"] or 0) + 1
    made = [
        PrintedCopy(case=case, by=by, kind=kind, number=first + each, first=first, **values) for each in range(copies)
    ]
    for copy in made:
        copy.save(force_insert=True)
    return made[0]
