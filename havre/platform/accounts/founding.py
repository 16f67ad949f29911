"""Making agencies and users. Done as the owner of the tables: at set-up, for the demonstration, in tests."""

from __future__ import annotations

from django.db import connections

from havre.platform.crypto import keyring
from havre.platform.crypto.models import SubjectKey
from havre.platform.permissions import ROLES

from .models import Agency, Membership, Team, User


def _principal(using: str) -> int:
    with connections[using].cursor() as cursor:
        cursor.execute("select nextval('accounts_principal')")
        return int(cursor.fetchone()[0])


def found_agency(code: str, name: str, country: str, *, using: str) -> Agency:
    """A new agency with the principal of its house and that of its auditors."""
    agency = Agency(
        code=code, name=name, country=country, principal=_principal(using), audit_principal=_principal(using)
    )
    agency.save(using=using, force_insert=True)
    return agency


def found_team(agency: Agency, name: str, *, using: str) -> Team:
    """A new team."""
    team = Team(agency=agency, name=name, principal=_principal(using))
    team.save(using=using, force_insert=True)
    return team


def found_user(
    agency: Agency,
    login: str,
    name: str,
    role: str,
    password: str,
    *,
    using: str,
    language: str = "en",
    team: Team | None = None,
) -> User:
    """A new user with one role, a password, and a key for drafts."""
    user = User(agency=agency, login=login, name=name, language=language, principal=_principal(using))
    user.set_password(password)
    user.save(using=using, force_insert=True)
    give_role(user, role, using=using, team=team)
    wrapped = keyring.fresh(agency.pk, user.pk)
    SubjectKey(subject_id=user.pk, kind="user", agency_id=agency.pk, wrapped=wrapped).save(
        using=using, force_insert=True
    )
    return user


def give_role(user: User, code: str, *, using: str, team: Team | None = None) -> Membership:
    """A membership that starts now, its reach copied from the role."""
    role = ROLES[code]
    membership = Membership(
        user=user,
        team=team,
        role=code,
        compartments=int(role.compartments),
        holds_cases=role.holds_cases,
        sees_agency=role.sees_agency,
        audits_agency=role.audits_agency,
    )
    membership.save(using=using, force_insert=True)
    return membership
