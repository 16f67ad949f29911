"""Recording a review, and letting reviews follow what they are about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.keeping.editing import keeps
from havre.platform.keeping.models import Kept
from havre.platform.permissions import Permission

from .models import RightsCheck


@action("rights.check", needs=Permission.PREVENTION_WRITE)
def record(subject: Kept, *, kind: str, answers: dict[str, str], note: str, by: User) -> RightsCheck:
    """The review of this campaign, course or law; earlier ones stay as they are."""
    keeps(subject, by)
    given = {code: answer for code, answer in answers.items() if answer}
    if not given:
        raise Refused(_("Answer at least one of the questions."))
    told: dict[str, Any] = {"kind": kind, "subject": subject.pk, "answers": given, "note": note, "by": by}
    return RightsCheck.objects.create(owner_id=subject.owner_id, visibility=subject.visibility, **told)


def follow(subject: Kept) -> None:
    """Reviews are seen as far as what they are about; called within the action that changes its visibility."""
    RightsCheck.objects.filter(subject=subject.pk).update(visibility=subject.visibility)
