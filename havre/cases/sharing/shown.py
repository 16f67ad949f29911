"""What the pages of this stage show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.people import circle
from havre.cases.people.models import Case, CaseAccess
from havre.kernel import places
from havre.platform.accounts.models import Agency, User
from havre.platform.permissions import Compartment
from havre.platform.ui.parts import Condition
from havre.platform.ui.templatetags.words import day

from . import bodies, why


@dataclass(frozen=True)
class Mine:
    """How the reader reaches a file, and what follows for sharing it."""

    rows: list[CaseAccess]
    owner: bool
    house: bool  # a role that sees the whole agency, which is the file's
    outside: bool  # of another agency than the file

    @classmethod
    def of(cls, case: Case, user: User) -> Mine:
        """The rows of access of this user."""
        rows = list(CaseAccess.objects.filter(case=case).order_by("since"))
        house = case.agency_id == user.agency_id and any(each.sees_agency for each in user.held)
        return cls(rows, case.owner_id == user.pk, house, case.agency_id != user.agency_id)

    @cached_property
    def answers(self) -> bool:
        """Whether the reader answers for the file: the owner, or a supervisor who may write in it."""
        writes = any(each.level == "write" and each.purpose != why.EMERGENCY for each in self.rows)
        return writes and (self.owner or self.house)

    @property
    def shareable(self) -> Compartment:
        """The parts the reader may share outside."""
        parts = Compartment(0)
        for each in self.rows:
            if each.onward or (self.answers and each.level == "write"):
                parts |= Compartment(each.compartments)
        return parts


def sharing(case: Case, user: User, mine: Mine) -> dict[str, Any]:
    """The person's decisions about other agencies, and what is shared with them now."""
    asked = bodies.asked(case)
    members = [each for each in circle.members(case, user) if each.kind == circle.OUTSIDE]
    return {
        "case": case,
        "mine": mine,
        "conditions": [_condition(each, case) for each in asked if each.agency.pk != case.agency_id],
        "members": members,
        "versions": {each.consent.pk: each for each in asked},
        "others": [
            each.name for each in Agency.objects.exclude(pk__in=[case.agency_id, user.agency_id]).order_by("name")
        ],
        "consent_url": reverse("people:consent", args=[case.reference]),
    }


def _condition(body: bodies.Body, case: Case) -> Condition:
    """One agency: agreed with date, version and language, or what stands against it."""
    decided = {"day": day(body.consent.decided_on), "n": body.version}
    if body.agreed:
        said = _("Agreed on %(day)s, version %(n)d of the decision") % decided
        if body.consent.language:
            said += ", " + places.language_label(body.consent.language, get_language() or "en")
        if body.consent.expires:
            said += ", " + _("until %(day)s") % {"day": day(body.consent.expires)}
        return Condition(body.agency.name, "yes", said + ".")
    said = _("The consent ended on %(day)s.") % {"day": day(body.consent.expires)} if body.over else ""
    said = (
        said
        or {
            "withdrawn": _("Taken back on %(day)s, version %(n)d: what was shared has ended."),
            "refused": _("Refused on %(day)s."),
        }.get(body.consent.decision, "")
        % decided
    )
    return Condition(body.agency.name, "no", said, reverse("people:consent", args=[case.reference]), _("Ask again"))


class Told(NamedTuple):
    """A row of havre.shared_with_me."""

    file: UUID
    reference: str
    house: UUID
    principal: int
    compartments: int
    purpose: str
    basis: str
    onward: bool
    given_by: UUID
    since: datetime
    until: datetime | None
    ended: str


@dataclass(frozen=True)
class Shared:
    """A file of another agency that was shared with the reader, and who stands behind the row."""

    row: Told
    agency: str
    giver: str
    mine: bool
    may_end: bool

    @property
    def live(self) -> bool:
        """Whether it can be read now."""
        return self.row.until is None or self.row.until > now()

    @property
    def parts(self) -> str:
        """What it opens, in words."""
        return circle.reach_in_words(Compartment(self.row.compartments))

    @property
    def last(self) -> date | None:
        """Its last day, or the day on which it ended."""
        if self.row.until is None:
            return None
        return localdate(self.row.until if self.row.ended else self.row.until - timedelta(seconds=1))

    @property
    def handling(self) -> str:
        """How far it may travel (TLP 2.0): to the one named alone, or within the agency."""
        return "TLP:RED" if self.mine and not self.row.onward else "TLP:AMBER+STRICT"


def shared_with_me(user: User) -> dict[str, Any]:
    """What is open now, and what ended lately."""
    with connection.cursor() as cursor:
        cursor.execute("select * from havre.shared_with_me()")
        rows = [Told(*row) for row in cursor.fetchall()]
    houses = Agency.objects.in_bulk({row.house for row in rows})
    people = User.objects.in_bulk({row.given_by for row in rows})
    sees = any(each.sees_agency for each in user.held)
    found = [_shared(row, user, houses[row.house].name, people.get(row.given_by), sees=sees) for row in rows]
    return {"now": [each for each in found if each.live], "before": [each for each in found if not each.live]}


def _shared(row: Told, user: User, agency: str, giver: User | None, *, sees: bool) -> Shared:
    mine = row.principal == user.principal
    ends = mine or (sees and row.principal == user.agency.principal)
    return Shared(row, agency, giver.name if giver else "", mine, ends)
