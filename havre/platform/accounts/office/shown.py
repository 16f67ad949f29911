"""What the pages of accounts show: who works here, in which state, and what was done to an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.platform.accounts.models import AccountChange, Agency, Invitation, Membership, Team, User
from havre.platform.agreements.models import Agreement
from havre.platform.permissions import ROLES
from havre.platform.ui.parts import Entry
from havre.platform.ui.templatetags.words import day

LEFT = """
    select c.user_id, c.files from havre.caseloads(array(
      select u.id from accounts_user u where u.agency_id = %s and not (u.is_active and exists (
        select 1 from accounts_membership m join accounts_rolereach r on r.code = m.role
        where m.user_id = u.id and r.opens_cases and m.begins <= clock_timestamp()
          and (m.ends is null or m.ends > clock_timestamp()))))) c"""
ACTIVE, INVITED, SUSPENDED, REMOVED = "active", "invited", "suspended", "removed"
TITLES: dict[str, tuple[Promise, str]] = {
    "account.invite": (gettext_lazy("Invited"), "send"),
    "account.invite_again": (gettext_lazy("Invited again"), "send"),
    "account.accept": (gettext_lazy("Chose a password"), "key"),
    "account.move": (gettext_lazy("Roles or team changed"), "arrow-forward-up"),
    "account.ask": (gettext_lazy("A second person was asked to agree to roles"), "clock"),
    "account.agree": (gettext_lazy("A second person agreed to roles, which hold from then on"), "arrow-forward-up"),
    "account.suspend": (gettext_lazy("Suspended"), "lock"),
    "account.let_back": (gettext_lazy("Opened again"), "door-enter"),
    "account.reset_factors": (gettext_lazy("Second key taken away"), "key"),
    "account.remove": (gettext_lazy("Removed"), "circle-off"),
}


def state(user: User) -> str:
    """Where an account stands."""
    if user.ended:
        return REMOVED
    if user.is_active:
        return ACTIVE
    return SUSPENDED if user.suspended else INVITED


def files_remain(users: Iterable[User]) -> dict[UUID, int]:
    """In whose care files are; how many only for a supervisor, to an administrator it is 1."""
    with connection.cursor() as cursor:
        cursor.execute("select * from havre.caseloads(%s::uuid[])", [[each.pk for each in users]])
        return dict(cursor.fetchall())


def left_behind(agency: UUID) -> dict[UUID, int]:
    """In whose care files are who cannot look after any: suspended, removed, or with other work now."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [agency])
        return dict(cursor.fetchall())


def colleagues(agency: Agency) -> QuerySet[User]:
    """Everybody who has or had an account here, with what they hold now."""
    held = Prefetch("memberships", Membership.objects.current().select_related("team").order_by("begins"))
    return User.objects.filter(agency=agency).prefetch_related(held).order_by("name", "login")


@dataclass(frozen=True)
class Account:
    """One account in a list."""

    user: User
    state: str
    held: list[Membership]


def accounts(agency: Agency) -> list[Account]:
    """Everybody, by name."""
    return [Account(each, state(each), list(each.memberships.all())) for each in colleagues(agency)]


def waits_until(user: User) -> datetime | None:
    """How long the invitation of somebody waits for an answer; nothing when it is too old or there is none."""
    standing = Invitation.objects.filter(user=user, used=None, replaced=None, expires__gt=timezone.now())
    return standing.order_by("-at").values_list("expires", flat=True).first()


def asked(user: User) -> Agreement | None:
    """The roles for which a second person is asked, while somebody may still answer."""
    waits = Agreement.objects.filter(subject_id=user.pk, answered_at=None, until__gt=timezone.now())
    return waits.select_related("team").order_by("-asked_at").first()


def history(user: User) -> list[Entry]:
    """What was done to an account, newest first."""
    changes = AccountChange.objects.filter(user=user).select_related("by", "team").order_by("-at")[:100]
    return [_entry(each) for each in changes]


def _entry(change: AccountChange) -> Entry:
    title, icon = TITLES.get(change.act, (gettext_lazy("Changed"), "circle-dot"))
    roles = [str(ROLES[code].title) for code in change.roles.split(";") if code in ROLES]
    parts = [", ".join(roles), change.team.name if change.team else ""]
    if change.by_id != change.user_id:
        parts.append(_("by %(name)s") % {"name": change.by.name})
    on = localdate(change.at)
    return Entry(day(on), str(title), icon, text=" · ".join(part for part in parts if part), iso=on.isoformat())


def earlier(user: User) -> list[Membership]:
    """Roles that ended, newest first."""
    ended = Membership.objects.filter(user=user, ends__lte=timezone.now()).select_related("team")
    return list(ended.order_by("-ends"))


@dataclass(frozen=True)
class Members:
    """A team and who is in it."""

    team: Team
    names: list[str]


def teams(agency: Agency) -> list[Members]:
    """The teams that have not ended, by name."""
    held = Membership.objects.current().filter(user__ended=None).select_related("user").order_by("user__name")
    found = Team.objects.filter(agency=agency, ended=None).prefetch_related(Prefetch("memberships", held))
    return [
        Members(team, list(dict.fromkeys(each.user.name for each in team.memberships.all())))
        for team in found.order_by("name")
    ]
