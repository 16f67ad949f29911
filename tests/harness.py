"""A real PostgreSQL for the tests: one server, a template for each state of the code, a clone for each worker.

Loaded by pytest before Django reads its settings (`-p tests.harness`).
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[1]
os.environ["HAVRE_DATA"] = os.environ.get("HAVRE_TEST_DATA", str(ROOT / ".havre" / "test"))
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.site.settings_test"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the main thread
os.environ["HAVRE_OWNER"] = "1"
os.environ.pop("HAVRE_DEMO", None)

from havre.platform.database import setup  # noqa: E402
from havre.platform.database.cluster import Cluster  # noqa: E402
from havre.platform.database.places import Places, data_home  # noqa: E402

CLUSTER = Cluster(data_home())
PASSWORDS = Places(data_home()).keys / "roles.json"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
NAME = f"test_{WORKER}"


def _alone() -> psycopg.Connection:
    """A connection of the administrator that holds the lock all workers ask for."""
    admin = psycopg.connect(CLUSTER.url("postgres"), autocommit=True)
    admin.execute("select pg_advisory_lock(7204)")
    return admin


def _test_role(admin: psycopg.Connection) -> None:
    """The role of the tests becomes the application in each connection, the owner only where a factory asks for it."""
    if not admin.execute("select 1 from pg_roles where rolname = 'havre_test'").fetchone():
        admin.execute("create role havre_test login noinherit createdb")
    known = json.loads(PASSWORDS.read_text())
    known.setdefault("havre_test", os.urandom(18).hex())
    setup.write_private(PASSWORDS, json.dumps(known))
    admin.execute(f"alter role havre_test password '{known['havre_test']}'")
    for role in ("havre_app", "havre_worker", "havre_stats", "havre_backup", "havre_owner"):
        admin.execute(f"grant {role} to havre_test")


def begin() -> None:
    """Server, roles and an empty database stand before Django reads its settings."""
    CLUSTER.clear_orphan()  # of an earlier clone in this very place
    CLUSTER.attach_or_start()
    with _alone() as admin:
        setup.make_roles(CLUSTER.url("postgres"), PASSWORDS)
        _test_role(admin)
        if not admin.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
            admin.execute(f"create database {NAME}")
    os.environ["DATABASE_URL"] = CLUSTER.url(NAME)


begin()


def _state_of_the_code() -> str:
    """A name for the tables, functions and policies that the code asks for now."""
    patterns = (
        "migrations/*.py",
        "models.py",
        "models/*.py",
        "rows.py",
        "policies.py",
        "functions/*.sql",
        "permissions/*.py",
        "kinds.py",
    )
    parts = sorted(path for pattern in patterns for path in ROOT.glob(f"havre/**/{pattern}"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts) + b"1").hexdigest()[:16]


def _template(admin: psycopg.Connection) -> str:
    name = f"template_{_state_of_the_code()}"
    if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        from django.db import connections

        for (old,) in admin.execute("select datname from pg_database where datname like 'template\\_%%'").fetchall():
            admin.execute(f"drop database {old} with (force)")
        admin.execute(f"create database {name}_new")
        url = CLUSTER.url(f"{name}_new")
        setup.make_roles(url, PASSWORDS)
        saved = connections["owner"].settings_dict["NAME"]
        connections["owner"].settings_dict["NAME"] = f"{name}_new"
        try:
            setup.migrate()
        finally:
            connections["owner"].close()
            connections["owner"].settings_dict["NAME"] = saved
        admin.execute(f"alter database {name}_new rename to {name}")
    return name


def clone(name: str = NAME) -> None:
    """A fresh database for this worker."""
    from django.db import connections

    for each in connections.all():
        each.close()
    with _alone() as admin:
        template = _template(admin)
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name} template {template}")
