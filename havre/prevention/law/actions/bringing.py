"""Treaties and laws of a spreadsheet, all of them or none."""

from __future__ import annotations

from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission
from havre.prevention.law.models import NationalLaw, TreatyStatus
from havre.prevention.law.reading import Reading

from .register import save_law, save_points, save_status


@action("law.import", needs=Permission.PREVENTION_WRITE)
def bring_in(reading: Reading, *, visibility: int, by: User) -> int:
    """How many treaties and laws were written down; Refused while something in the file is wrong."""
    if reading.faults or reading.agency != by.agency_id:
        raise Refused(_("Something in the file is still wrong. Nothing was brought in."))
    for (land, code), told in reading.statuses.items():
        save_status(TreatyStatus(country=land, instrument=code), {**told, "visibility": visibility}, by=by)
    for values, answers in reading.laws.values():
        law = save_law(NationalLaw(), {**values, "visibility": visibility}, by=by)
        if answers:
            save_points(law, answers, by=by)
    return len(reading.statuses) + len(reading.laws)
