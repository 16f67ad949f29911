"""Brings a database to the state of the code: roles, tables, functions, policies. Run by `havre setup`."""

from __future__ import annotations

import json
import os
import secrets
from importlib.resources import files
from pathlib import Path

import psycopg
from psycopg import sql

LOGINS = ("havre_app", "havre_worker", "havre_stats", "havre_backup")
OWNER = "havre_owner"


def make_roles(url: str, passwords: Path) -> None:
    """Makes the owner's role and the four logins, and keeps their passwords in a private file."""
    known = json.loads(passwords.read_text()) if passwords.exists() else {}
    with psycopg.connect(url) as owner:
        exists = {row[0] for row in owner.execute("select rolname from pg_roles")}
        if OWNER not in exists:
            owner.execute(sql.SQL("create role {} nologin").format(sql.Identifier(OWNER)))
        owner.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(OWNER)))
        for role in LOGINS:
            known.setdefault(role, secrets.token_urlsafe(24))
            verb = "alter" if role in exists else "create"
            owner.execute(
                sql.SQL("{} role {} login nocreatedb nocreaterole noinherit password {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.Literal(known[role])
                )
            )
            # A role may set defaults for itself: what was left there by somebody else's hand goes.
            owner.execute(sql.SQL("alter role {} reset all").format(sql.Identifier(role)))
        owner.execute("revoke create on schema public from public")
        owner.execute(sql.SQL("grant usage, create on schema public to {}").format(sql.Identifier(OWNER)))
        owner.execute(sql.SQL("create schema if not exists havre authorization {}").format(sql.Identifier(OWNER)))
    write_private(passwords, json.dumps(known))


def write_private(path: Path, text: str) -> None:
    """Replaces a file that its owner alone may read."""
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def functions() -> str:
    """All that runs with the owner's rights: the files of `functions/` in the order of their numbers."""
    parts = (each for each in files(__package__).joinpath("functions").iterdir() if each.name.endswith(".sql"))
    return "\n".join(each.read_text() for each in sorted(parts, key=lambda each: each.name))


def migrate() -> None:
    """Tables, functions, policies and the claims key, as the owner."""
    from django.db import connections, transaction

    from havre.platform.crypto.keyring import claims_pads
    from havre.platform.notices.kinds import every
    from havre.platform.permissions import ROLES, Permission

    from .policies import statements
    from .tables import bring_up

    bring_up("owner")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(7203)")
        cursor.execute(functions())
        for statement in statements():
            cursor.execute(statement)
        cursor.execute("delete from accounts_rolereach")
        for role in ROLES.values():
            reach = [int(role.compartments), role.holds_cases, role.sees_agency, role.audits_agency]
            opens = Permission.CASE_OPEN in role.permissions
            cursor.execute("insert into accounts_rolereach values (%s, %s, %s, %s, %s, %s)", [role.code, *reach, opens])
        cursor.execute("delete from notices_kind")
        cursor.execute("insert into notices_kind (code) select unnest(%s::text[])", [sorted(every())])
        cursor.execute("delete from accounts_secret")
        cursor.execute("insert into accounts_secret (id, inner_pad, outer_pad) values (1, %s, %s)", claims_pads())
