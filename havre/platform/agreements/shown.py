"""An agreement as its pages show it: what it is about, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from havre.platform.accounts.models import User
from havre.platform.permissions import ROLES, Role

from .models import EXPORT, Agreement

SHOWN = 50


def waiting_for(user: User) -> QuerySet[Agreement]:
    """What waits for this user's answer."""
    asked = _named().filter(answered_at=None, until__gt=timezone.now(), agency_id=user.agency_id)
    return asked.exclude(user=user).exclude(subject_id=user.pk)


def answered_in(user: User) -> QuerySet[Agreement]:
    """What was answered lately."""
    return _named().filter(agency_id=user.agency_id).exclude(answered_at=None)[:SHOWN]


def _named() -> QuerySet[Agreement]:
    return Agreement.objects.select_related("user", "answerer", "team").order_by("-asked_at")


def of(pk: UUID) -> Agreement | None:
    """The agreement of that number, for whoever it concerns."""
    return _named().filter(pk=pk).first()


@dataclass(frozen=True)
class Shown:
    """One agreement beside whoever looks at it."""

    row: Agreement
    user: User

    @property
    def export(self) -> bool:
        """Whether it is about the register; else it is about an account."""
        return self.row.act == EXPORT

    @property
    def runs(self) -> bool:
        """Whether its time is not over."""
        return self.row.until > timezone.now()

    @property
    def waits(self) -> bool:
        """Whether nobody answered and somebody still may."""
        return self.row.answered_at is None and self.runs

    @property
    def to_answer(self) -> bool:
        """Whether it is for this user to answer."""
        return self.waits and self.row.user_id != self.user.pk and self.row.subject_id != self.user.pk

    @property
    def mine(self) -> bool:
        """Whether this user asked."""
        return self.row.user_id == self.user.pk

    @property
    def about(self) -> User | None:
        """The account that is to get a role."""
        return User.objects.filter(pk=self.row.subject_id).first() if self.row.subject_id else None

    @property
    def roles(self) -> list[Role]:
        """The roles it is to get."""
        return [ROLES[code] for code in self.row.roles.split(";") if code in ROLES]
