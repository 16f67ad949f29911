"""A server and a database of our own, beside any register that is in use."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from havre.platform.database.address import PREPARED_AFTER

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results"
HOME = Path(os.environ.get("HAVRE_BENCH_DATA", ROOT / ".havre" / "bench"))
PASSWORDS = HOME / "keys" / "roles.json"
BEGUN = "begun"  # noted of a database until its register is complete


@contextmanager
def running() -> Iterator[Any]:
    """The server of the benchmarks, until the block ends."""
    os.environ.update(HAVRE_DATA=str(HOME), HAVRE_OWNER="1", HAVRE_HOSTS="localhost testserver")
    os.environ["DJANGO_SETTINGS_MODULE"] = "havre.site.settings"
    os.environ.pop("HAVRE_DEMO", None)
    from havre.platform.database.cluster import Cluster

    cluster = Cluster(HOME)
    cluster.clear_orphan()
    with cluster:
        yield cluster


def database(cluster: Any, name: str, *, anew: bool = False) -> bool:
    """Django works on that database, up to date with the code; True when its register is not complete.

    One that is complete is kept and migrated; a load that was interrupted goes on; anything else begins anew.
    """
    import django

    from havre.platform.database import setup

    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        if anew or (_remark(admin, name) == BEGUN and not _going_on(cluster, name)):
            admin.execute(f"drop database if exists {name} with (force)")
        if not _remark(admin, name):
            admin.execute(f"create database {name}")
            admin.execute(f"comment on database {name} is '{BEGUN}'")
        complete = _remark(admin, name) != BEGUN
    os.environ["DATABASE_URL"] = cluster.url(name)
    setup.make_roles(cluster.url(name), PASSWORDS)
    django.setup()
    _work_on(name)
    if complete or not _going_on(cluster, name):
        setup.migrate()
    elif _tables_changed():  # while keys are away, nothing can be migrated
        raise SystemExit(f"The tables changed since the load of {name} was interrupted: load it --anew.")
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    return not complete


def _tables_changed() -> bool:
    """Whether the code has migrations that the database has not."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _work_on(name: str) -> None:
    """Django's connections lead to that database: settings are read once, and another may have come before."""
    from django.db import connections

    for each in connections.all():
        each.close()
        each.settings_dict["NAME"] = name


def _going_on(cluster: Any, name: str) -> bool:
    """Whether a load was begun there: bench.load keeps what it took away in a table."""
    with psycopg.connect(cluster.url(name)) as admin:
        return admin.execute("select to_regclass('public.bench_left')").fetchone() != (None,)


def _remark(admin: psycopg.Connection, name: str) -> str:
    """What is noted of a database: nothing when there is none."""
    told = "select coalesce(shobj_description(oid, 'pg_database'), %s) from pg_database where datname = %s"
    found = admin.execute(told, [BEGUN, name]).fetchone()
    return str(found[0]) if found else ""


def remark(cluster: Any, name: str) -> str:
    """The generator that made the register of that database; nothing when it is not complete."""
    with psycopg.connect(cluster.url("postgres")) as admin:
        found = _remark(admin, name)
    return "" if found == BEGUN else found


def finished(cluster: Any, name: str) -> None:
    """The register of that database is complete and may be used again."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        admin.execute(f"comment on database {name} is '{generator()}'")


def generator() -> str:
    """A name for what the people of a register are invented from."""
    here, demo = ROOT / "bench", ROOT / "havre" / "site" / "demo"
    files = [here / f"{name}.py" for name in ("rows", "help", "register")]
    files += [demo / "people.py", demo / "journey.py", *sorted(demo.glob("*.csv"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


@contextmanager
def in_bulk(cluster: Any) -> Iterator[None]:
    """The server takes in much at once: long between checkpoints, and nothing is tidied meanwhile."""
    settings = {"max_wal_size": "'16GB'", "checkpoint_timeout": "'30min'", "autovacuum": "off"}
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        try:
            for name, value in settings.items():
                admin.execute(f"alter system set {name} = {value}".encode())
            admin.execute("select pg_reload_conf()")
            yield
        finally:
            for name in settings:
                admin.execute(f"alter system reset {name}".encode())
            admin.execute("select pg_reload_conf()")
            admin.execute("checkpoint")


def connect(cluster: Any, name: str, role: str) -> psycopg.Connection:
    """A connection of that role with its own password."""
    return connect_to(cluster.url(name), role)


def connect_to(url: str, role: str) -> psycopg.Connection:
    """The same, from the owner's address of a database."""
    password = json.loads(PASSWORDS.read_text())[role]
    # As the application asks: what is asked often is prepared.
    return psycopg.connect(make_conninfo(url, user=role, password=password), prepare_threshold=PREPARED_AFTER)


def commit() -> str:
    """The last commit that changed the code, marked when the checkout differs from it; results do not count."""
    code = ("--", "havre", "bench", ":!bench/results")

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", *code)
    return git("log", "-1", "--format=%h", "--abbrev=12", *code) + ("+changes" if changed else "")


def machine(cluster: Any) -> dict[str, Any]:
    """What the figures were measured on, and how much it had to do besides."""
    with psycopg.connect(cluster.url("postgres")) as admin:
        version = admin.execute("show server_version").fetchone()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "postgresql": version[0] if version else "",
        "system": f"{platform.system()} {platform.machine()}",
        "load": [round(each, 1) for each in os.getloadavg()],
    }


def today() -> str:
    """The day of a figure."""
    return date.today().isoformat()


def keep(name: str, figures: dict[str, Any]) -> Path:
    """Writes figures to bench/results, the file as a whole or not at all."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{name}.json"
    new = target.with_suffix(".new")
    new.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    new.replace(target)
    return target
