"""The same tables for a role that policies do not bind, each with the filter that an application would write itself."""

from __future__ import annotations

import json
import secrets

import psycopg
from django.apps import apps
from psycopg import sql

from havre.platform.accounts.models import User
from havre.platform.database.policies import rows_of
from havre.platform.database.rows import CaseRows, OwnRows, Unguarded
from havre.platform.database.setup import write_private

from .ground import PASSWORDS

ROLE = "havre_bench"
SCHEMA = "explicit"


def condition(table: str, rows: object, user: User, principals: list[int]) -> str:
    """The filter of one table, with the user and the principals written out."""
    held = f"a.principal = any (array[{','.join(map(str, principals))}]::bigint[])"
    if isinstance(rows, CaseRows):
        mask = f"{table}.compartment" if rows.per_row else str(int(rows.compartment))
        return (
            f"exists (select 1 from public.people_caseaccess a where a.{rows.key} = {table}.{rows.column}"
            f" and {held} and a.compartments & {mask} <> 0)"
        )
    if isinstance(rows, OwnRows):
        return f"{rows.column} = '{user.pk}'"
    if table == "people_caseaccess":
        return held.replace("a.", "") + " and (until is null or until > statement_timestamp())"
    if table == "crypto_subjectkey":
        one = f"exists (select 1 from public.people_caseaccess a where a.{{}} = subject_id and {held})"
        return f"subject_id = '{user.pk}' or {one.format('case_id')} or {one.format('person_id')}"
    return "true"


def make(admin: psycopg.Connection, user: User, principals: list[int]) -> None:
    """The role, and its tables as this user would see them."""
    if not admin.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
        admin.execute(f"create role {ROLE} login bypassrls")
    known = json.loads(PASSWORDS.read_text())
    known.setdefault(ROLE, secrets.token_urlsafe(24))
    write_private(PASSWORDS, json.dumps(known))
    admin.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(ROLE), sql.Literal(known[ROLE])))
    admin.execute(f"grant select, insert, update, delete on all tables in schema public to {ROLE}")
    admin.execute(f"grant usage on all sequences in schema public to {ROLE}")
    admin.execute(f"grant usage on schema havre to {ROLE}")
    admin.execute(f"grant execute on function havre.record_base() to {ROLE}")  # a trigger of the record calls it
    admin.execute(f"drop schema if exists {SCHEMA} cascade")
    admin.execute(f"create schema {SCHEMA} authorization {ROLE}")
    admin.execute(f"set role {ROLE}")
    views(admin, user, principals)
    admin.execute("reset role")
    admin.execute(f"alter role {ROLE} set search_path = {SCHEMA}, public")


def views(asked: psycopg.Connection, user: User, principals: list[int]) -> None:
    """The guarded tables with the filter of this user, in a schema that stands before the tables themselves."""
    for model in apps.get_models():
        table, rows = model._meta.db_table, rows_of(model)
        if not isinstance(rows, Unguarded):
            where = condition(table, rows, user, principals)
            asked.execute(f"create view {SCHEMA}.{table} as select * from public.{table} where {where}".encode())
