"""Whose files they are, which of them the reader can hand over, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from havre.cases.people.models import Case, CaseAccess, CaseGroup
from havre.cases.people.rules.moves import CLOSED
from havre.platform.accounts.models import Membership, User
from havre.platform.accounts.office.shown import files_remain, state
from havre.platform.permissions import ROLES, Permission

OPENS = [code for code, role in ROLES.items() if Permission.CASE_OPEN in role.permissions]


@dataclass(frozen=True)
class Caseload:
    """The files of one colleague, as far as whoever asks may hand them over; those that are open first."""

    ids: list[UUID]
    closed: int
    out_of_reach: int

    @property
    def open(self) -> int:
        """How many are open."""
        return len(self.ids) - self.closed


def of(before: User) -> Caseload:
    """The files of that colleague, without opening one."""
    mine = CaseAccess.objects.filter(level="write", case__owner=before, case__agency=before.agency_id)
    found = dict(mine.order_by("-opened", "case_id").values_list("case_id", "case__state"))
    ids = sorted(found, key=lambda each: found[each] == CLOSED)
    everything = files_remain([before]).get(before.pk, 0)
    return Caseload(ids, sum(each == CLOSED for each in found.values()), max(0, everything - len(ids)))


def marks(files: Sequence[UUID]) -> dict[UUID, UUID]:
    """The group a file belongs to; of several the first."""
    found = CaseGroup.objects.filter(case__in=files).order_by("-group").values_list("case_id", "group")
    return dict(found)


def receivers(before: User) -> list[User]:
    """Colleagues who may look after files of their own: at work, in the same agency."""
    now = timezone.now()
    held = Membership.objects.filter(Q(ends=None) | Q(ends__gt=now), begins__lte=now, role__in=OPENS)
    users = User.objects.filter(agency=before.agency_id, is_active=True, memberships__in=held).exclude(pk=before.pk)
    return list(users.distinct().order_by("name", "login"))


def sees_the_house(user: User) -> bool:
    """Whether somebody looks after the files of the whole agency."""
    return any(each.sees_agency for each in user.held)


@dataclass(frozen=True)
class Colleague:
    """A colleague with how many files are in their care, and whether they can still look after them."""

    user: User
    files: int
    state: str
    able: bool


def colleagues(reader: User) -> list[Colleague]:
    """Everybody of the agency in whose care files are, those first who can look after none any more."""
    users = list(User.objects.filter(agency=reader.agency_id).order_by("name", "login"))
    files = files_remain(users)
    able = {each.pk for each in receivers(User(agency_id=reader.agency_id))}
    found = [Colleague(each, files[each.pk], state(each), each.pk in able) for each in users if each.pk in files]
    return sorted(found, key=lambda each: each.able)


def listed(ids: Sequence[UUID]) -> list[Case]:
    """These files in this order, with their person."""
    found = {each.pk: each for each in Case.objects.select_related("person", "owner").filter(pk__in=ids)}
    return [found[each] for each in ids if each in found]
