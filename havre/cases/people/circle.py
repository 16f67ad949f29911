"""Who works with a person: everybody who has a row of access, in words, and whom one may bring in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.people.models import Case, CaseAccess
from havre.platform.accounts.models import Agency, Membership, Team, User
from havre.platform.permissions import ROLES, Compartment

PARTS: dict[Compartment, Promise] = {
    Compartment.FACTS: gettext_lazy("the course of things"),
    Compartment.IDENTITY: gettext_lazy("names"),
    Compartment.WHEREABOUTS: gettext_lazy("where the person is"),
    Compartment.HEALTH: gettext_lazy("health"),
    Compartment.LEGAL: gettext_lazy("the legal side"),
    Compartment.CHILD: gettext_lazy("what concerns a child"),
}
OWNER, HOUSE, COLLEAGUE, OUTSIDE = "owner", "house", "colleague", "outside"


@dataclass(frozen=True)
class Access:
    """One row of access as the database tells it."""

    principal: int
    compartments: Compartment
    level: str
    purpose: str
    since: datetime
    until: datetime | None
    basis: str = ""
    onward: bool = False
    given_by: UUID | None = None
    consent: UUID | None = None
    ended: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody who works with the person, how, and how far they reach."""

    access: Access
    name: str
    roles: str
    kind: str
    me: bool
    may_go: bool = False  # can be let out by whoever looks: the owner and the house stay

    @property
    def parts(self) -> str:
        """What they reach, in words."""
        return reach_in_words(self.access.compartments)

    @property
    def lacks(self) -> str:
        """What stays closed to them, in words."""
        return reach_in_words(~self.access.compartments & Compartment(63))

    @property
    def since(self) -> date:
        """The day they came in."""
        return localdate(self.access.since)

    @property
    def until(self) -> date | None:
        """Their last day."""
        return localdate(self.access.until - timedelta(seconds=1)) if self.access.until else None


def reach_in_words(parts: Compartment) -> str:
    """The parts of a file, named one after the other."""
    return ", ".join(str(said) for part, said in PARTS.items() if part & parts)


def rows_of(case: Case) -> list[Access]:
    """Every row of access that holds now; nothing for somebody who does not reach the file."""
    with connection.cursor() as cursor:
        cursor.execute("select * from havre.circle(%s)", [case.pk])
        return [Access(row[0], Compartment(row[1]), *row[2:]) for row in cursor.fetchall()]


def members(case: Case, me: User) -> list[Member]:
    """Who works with the person: the owner, the house, colleagues, those of other agencies, in that order."""
    rows = rows_of(case)
    keys = [each.principal for each in rows]
    known = _Known(
        case,
        me,
        {user.principal: user for user in User.objects.filter(principal__in=keys).select_related("agency")},
        {team.principal: team for team in Team.objects.filter(principal__in=keys).select_related("agency")},
        {agency.principal: agency for agency in Agency.objects.filter(principal__in=keys)},
    )
    found = [known.member(each) for each in rows]
    return sorted(found, key=lambda each: (OWNER, HOUSE, COLLEAGUE, OUTSIDE).index(each.kind))


def supervisors_of(agency: Agency) -> str:
    """How those who see the whole of an agency are called together."""
    return _("Supervisors of %(agency)s") % {"agency": agency.name}


def answers_for(case: Case, user: User) -> bool:
    """Whether this user answers for a file they may write in: its owner, or somebody who sees the whole agency."""
    sees = case.agency_id == user.agency_id and any(each.sees_agency for each in user.held)
    return sees or case.owner_id == user.pk


@dataclass(frozen=True)
class _Known:
    """Who stands behind the numbers of the rows, for whoever looks."""

    case: Case
    me: User
    users: dict[int, User]
    teams: dict[int, Team]
    agencies: dict[int, Agency]

    @cached_property
    def roles(self) -> dict[object, str]:
        """The roles of each user, in words."""
        return _roles(list(self.users.values()))

    @cached_property
    def answers(self) -> bool:
        """Whether the reader may let others out."""
        return answers_for(self.case, self.me)

    def member(self, row: Access) -> Member:
        """One row in words."""
        user, team = self.users.get(row.principal), self.teams.get(row.principal)
        if row.principal == self.case.agency.principal:
            return Member(row, supervisors_of(self.case.agency), "", HOUSE, me=False)
        agency = user.agency if user else team.agency if team else self.agencies.get(row.principal)
        inside = agency is not None and agency.pk == self.case.agency_id
        name = user.name if user else team.name if team else supervisors_of(agency) if agency else _("Another agency")
        if agency and not inside and (user or team):
            name = f"{name} · {agency.name}"
        kind = OWNER if user and user.pk == self.case.owner_id else COLLEAGUE if inside else OUTSIDE
        me = user is not None and user.pk == self.me.pk
        goes = kind != OWNER and not me and (self.answers or row.given_by == self.me.pk)
        return Member(row, name, self.roles.get(user.pk, "") if user else "", kind, me=me, may_go=goes)


def _roles(users: list[User]) -> dict[object, str]:
    held: dict[object, list[str]] = {}
    for each in Membership.objects.current().filter(user__in=users):
        held.setdefault(each.user_id, []).append(str(ROLES[each.role].title))
    return {user: ", ".join(dict.fromkeys(titles)) for user, titles in held.items()}


def ceiling(user: User) -> Compartment:
    """How far the roles of a colleague let a file be opened to them."""
    parts = Compartment(0)
    for role in user.roles:
        parts |= role.compartments if role.holds_cases else Compartment(0)
    return parts


def opened_to(case: Case, colleague: User | Team) -> Compartment:
    """What the reader can open to a colleague: what their role reaches, of what the reader reaches, and health."""
    mine = Compartment(0)
    for each in CaseAccess.objects.filter(case=case, level="write"):
        mine |= Compartment(each.compartments)
    if isinstance(colleague, Team):
        return Compartment(colleague.compartments) & mine
    return ceiling(colleague) & (mine | Compartment.HEALTH)


def teams(case: Case) -> list[Team]:
    """Teams of the agency that can be brought in: a file kept to named people is opened to no team."""
    if case.restricted:
        return []
    there = [each.principal for each in rows_of(case)]
    found = Team.objects.filter(agency=case.agency_id, ended=None).exclude(principal__in=there)
    return list(found.order_by("name"))


def colleagues(case: Case) -> list[User]:
    """Colleagues of the agency who can be brought in: at work, with a role that holds cases, not there already."""
    there = [each.principal for each in rows_of(case)]
    held = Membership.objects.current().filter(holds_cases=True, user__agency_id=case.agency_id, user__is_active=True)
    users = {each.user_id: each.user for each in held.select_related("user") if each.user.principal not in there}
    if case.agency.principal in there:
        seeing = set(held.filter(sees_agency=True).values_list("user_id", flat=True))
        users = {key: user for key, user in users.items() if key not in seeing}
    return sorted(users.values(), key=lambda each: each.name)


def described(users: list[User]) -> list[tuple[str, str]]:
    """Each colleague with their roles, as choices."""
    roles = _roles(users)
    return [(str(user.pk), f"{user.name} · {roles.get(user.pk, '')}") for user in users]
