"""Start-up refuses a role or a server that would make the promises of this installation untrue."""

from __future__ import annotations

from django.db import connection

ROLE = """
    select r.rolsuper, r.rolbypassrls, r.rolcreaterole or r.rolcreatedb,
           exists (select 1 from pg_class c where c.relowner = r.oid),
           has_schema_privilege(r.oid, 'public', 'create'),
           exists (select 1 from pg_auth_members m where m.member = r.oid)
    from pg_roles r where r.rolname = session_user"""
WORDS = (
    "is a superuser",
    "can bypass row policies",
    "can create roles or databases",
    "owns tables",
    "may create tables",
    "is a member of another role",
)
SERVER = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on"}


class Unsafe(Exception):
    """The application must not start on this database: one line that says why and what to do."""


def refuse_unsafe() -> None:
    """Raises Unsafe when the application's role could reach past the policies, or the server could lose something."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        faults = [words for words, found in zip(WORDS, cursor.fetchone(), strict=True) if found]
        if faults:
            user = connection.settings_dict["USER"]
            raise Unsafe(
                f"database role {user} {', '.join(faults)}: run `havre setup` and start with HAVRE_ROLE=havre_app"
            )
        for name, wanted in SERVER.items():
            cursor.execute("select current_setting(%s)", [name])
            if cursor.fetchone()[0] != wanted:
                raise Unsafe(
                    f"database setting {name} is not {wanted}: what was acknowledged could be lost; "
                    "set it and restart the server"
                )
        cursor.execute("select current_setting('server_version_num')::int / 10000")
        if cursor.fetchone()[0] < 15:
            raise Unsafe("the database server is older than PostgreSQL 15: use 15 or newer")
