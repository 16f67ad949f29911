"""The acts on accounts. The database holds every limit in its functions; here they get words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.platform import notices
from havre.platform.accounts.models import Agency, Team, User
from havre.platform.audit.actions import Refused, action
from havre.platform.audit.recorder import current
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission

from . import tokens

WRITE = Permission.ACCOUNTS_WRITE
# What the functions of the database say, by how their sentence begins.
SAID: dict[str, Promise] = {
    "only an administrator": gettext_lazy("Only an administrator of your agency changes its accounts."),
    "accounts are changed only": gettext_lazy("Show again that it is you, then send this once more."),
    "an administrator looks after colleagues": gettext_lazy(
        "This account cannot be changed by you: it is your own, or it was removed. Ask another administrator."
    ),
    "the last administrator": gettext_lazy(
        "This is the last administrator of your agency. Invite another one first, then do this again."
    ),
    "roles are those": gettext_lazy(
        "Choose one role or more. Whoever is administrator holds no other role, since an administrator sees no file."
    ),
    "a team is one": gettext_lazy("This team has ended. Choose another one."),
    "nobody could agree": gettext_lazy(
        "A role that reaches people in care needs a second person, and your agency has no supervisor and no"
        " data-protection lead who could agree. Whoever runs Havre makes the first one: havre add user."
    ),
    "a team ends when": gettext_lazy("Somebody is still in this team. Move them first."),
    "an account has a name": gettext_lazy(
        "Write a name, and a login of two signs or more: small letters without accents, figures, dots and hyphens."
    ),
    "only somebody who has not come": gettext_lazy("This colleague has come already and needs no invitation."),
    "who is active": gettext_lazy("This was done already. Look at the account again."),
}


@action("account.invite", needs=WRITE)
def invite(
    agency: Agency, *, by: User, login: str, name: str, language: str, roles: Iterable[str], team: Team | None = None
) -> tuple[User, str]:
    """The account of somebody new and the secret of their invitation, which is told here once and kept nowhere."""
    key, secret = uuid.uuid4(), tokens.drawn()
    _about(key)
    wrapped = keyring.fresh(agency.pk, key)
    values = [key, login, name, language, list(roles), team and team.pk, wrapped, tokens.hashed(secret)]
    try:
        _call("select havre.invite(%s, %s, %s, %s, %s::text[], %s::uuid, %s, %s)", values)
    except IntegrityError:
        raise Refused(
            _("This login is taken, perhaps by somebody who left: a login is never given twice. Choose another one.")
        ) from None
    notices.mail_soon()
    return User.objects.get(pk=key), secret


@action("account.invite_again", needs=WRITE)
def invite_again(user: User, *, by: User) -> str:
    """The secret of a new invitation; the earlier one is worth nothing any more."""
    _about(user.pk)
    secret = tokens.drawn()
    _call("select havre.invite_again(%s, %s)", [user.pk, tokens.hashed(secret)])
    return secret


def invited(secret: str) -> User | None:
    """Whom an invitation is for; nobody for one that is forged, used, replaced or too old."""
    with connection.cursor() as cursor:
        cursor.execute("select user_id, login, name, language from havre.invited(%s)", [secret])
        row = cursor.fetchone()
    return User(pk=row[0], login=row[1], name=row[2], language=row[3]) if row else None


def accept(secret: str, password: str) -> bool:
    """Whoever holds the invitation chose this password: true once, false for an invitation that is worth nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select havre.accept(%s, %s)", [secret, make_password(password)])
        return bool(cursor.fetchone()[0])


@action("account.move", needs=WRITE)
def move(user: User, *, by: User, roles: Iterable[str], team: Team | None = None) -> None:
    """From now on this colleague holds these roles, in that team, and no other."""
    _about(user.pk)
    _call("select havre.appoint(%s, %s::text[], %s::uuid)", [user.pk, list(roles), team and team.pk])
    notices.mail_soon()


@action("account.address", needs=WRITE)
def keep_address(user: User, *, by: User, address: str) -> None:
    """Where this colleague gets mail from now on; empty: nowhere."""
    _about(user.pk)
    notices.keep_address(user, address)


@action("account.suspend", needs=WRITE)
def suspend(user: User, *, by: User) -> None:
    """This colleague reaches nothing from the next statement on."""
    _about(user.pk)
    _call("select havre.suspend(%s, false)", [user.pk])


@action("account.let_back", needs=WRITE)
def let_back(user: User, *, by: User) -> None:
    """A suspended colleague may sign in again."""
    _about(user.pk)
    _call("select havre.suspend(%s, true)", [user.pk])


@action("account.remove", needs=WRITE)
def remove(user: User, *, by: User) -> None:
    """This colleague is gone for good; the name stays in the record."""
    _about(user.pk)
    _call("select havre.remove(%s)", [user.pk])


@action("account.reset_factors", needs=WRITE)
def reset_factors(user: User, *, by: User) -> None:
    """Whoever lost their second factor sets one up anew at the next sign-in, and is told."""
    _about(user.pk)
    _call("select havre.reset_factors(%s)", [user.pk])
    notices.mail_soon()


@action("team.create", needs=WRITE)
def create_team(agency: Agency, *, by: User, name: str) -> None:
    """A new team."""
    _call("select havre.keep_team(%s, %s, false)", [uuid.uuid4(), name])


@action("team.rename", needs=WRITE)
def rename_team(team: Team, *, by: User, name: str) -> None:
    """Another name for a team."""
    _call("select havre.keep_team(%s, %s, false)", [team.pk, name])


@action("team.end", needs=WRITE)
def end_team(team: Team, *, by: User) -> None:
    """A team in which nobody is any more ends."""
    _call("select havre.keep_team(%s, '', true)", [team.pk])


def _about(account: uuid.UUID) -> None:
    recorder = current()
    if recorder:
        recorder.about(account)


def _call(function: str, values: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(function, values)
    except ProgrammingError as refused:
        told = getattr(getattr(refused.__cause__, "diag", None), "message_primary", None) or ""
        sentence = next((said for begins, said in SAID.items() if told.startswith(begins)), None)
        if sentence is None:
            raise
        raise Refused(str(sentence)) from None
