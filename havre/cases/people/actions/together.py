"""Who belongs to whom: each act writes what stands in the file of either."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from havre.cases.people.models import Case, CaseGroup, PersonLink
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .record import require_open


@action("link.add", needs=Permission.CASE_WRITE)
def link_people(case: Case, *, by: User, other: Case, kind: str) -> PersonLink:
    """The person of `other` is the `kind` (parent, child…) of this person; the inverse stands in the other file."""
    require_open(case)
    require_open(other)
    if case.person_id == other.person_id:
        raise Refused(_("This is the same person. Choose another file."))
    inverse = load("person_link_kinds").row(kind)["inverse"]
    here = _linked(case, other, kind)
    _linked(other, case, inverse)
    return here


def _linked(case: Case, other: Case, kind: str) -> PersonLink:
    PersonLink.objects.filter(person_id=case.person_id, other_id=other.person_id).delete()
    link = PersonLink(person_id=case.person_id, other_id=other.person_id, kind=kind)
    link.save(force_insert=True)
    return link


@action("link.remove", needs=Permission.CASE_WRITE)
def unlink_people(case: Case, *, by: User, other: Case) -> None:
    """The two are nothing to each other any more, in either file."""
    require_open(case)
    for one, two in ((case, other), (other, case)):
        PersonLink.objects.filter(person_id=one.person_id, other_id=two.person_id).delete()


@action("group.mark", needs=Permission.CASE_WRITE)
def mark_group(
    cases: Sequence[Case], *, by: User, kind: str = "same_event", group: uuid.UUID | None = None
) -> uuid.UUID:
    """The mark that these files carry from now on; with `group`, they join the files that carry it already."""
    mark = group or uuid.uuid4()
    for case in cases:
        require_open(case)
        if not CaseGroup.objects.filter(case=case, group=mark).exists():
            CaseGroup(case=case, group=mark, kind=kind).save(force_insert=True)
    return mark
