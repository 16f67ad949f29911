"""A server and a database of our own, beside any register that is in use."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from havre.platform.database.address import PREPARED_AFTER

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results"
HOME = Path(os.environ.get("HAVRE_BENCH_DATA", ROOT / ".havre" / "bench"))
PASSWORDS = HOME / "keys" / "roles.json"


@contextmanager
def running() -> Iterator[Any]:
    """The server of the benchmarks, until the block ends."""
    os.environ.update(HAVRE_DATA=str(HOME), HAVRE_OWNER="1", HAVRE_HOSTS="localhost testserver")
    os.environ["DJANGO_SETTINGS_MODULE"] = "havre.site.settings"
    os.environ.pop("HAVRE_DEMO", None)
    from havre.platform.database.cluster import Cluster

    with Cluster(HOME) as cluster:
        yield cluster


def database(cluster: Any, name: str) -> bool:
    """Django works on that database, up to date with the code; True when it is new and empty."""
    import django

    from havre.platform.database import setup

    state = state_of_the_code()
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        found = admin.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
        ).fetchone()
        if found is None or found[0] != state:
            admin.execute(f"drop database if exists {name} with (force)")
            admin.execute(f"create database {name}")
    os.environ["DATABASE_URL"] = cluster.url(name)
    setup.make_roles(cluster.url(name), PASSWORDS)
    django.setup()
    setup.migrate()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    return found is None or found[0] != state


def finished(cluster: Any, name: str) -> None:
    """The register of that database is complete and may be used again."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        admin.execute(f"comment on database {name} is '{state_of_the_code()}'")


def connect(cluster: Any, name: str, role: str) -> psycopg.Connection:
    """A connection of that role with its own password."""
    password = json.loads(PASSWORDS.read_text())[role]
    # As the application asks: what is asked often is prepared.
    address = make_conninfo(cluster.url(name), user=role, password=password)
    return psycopg.connect(address, prepare_threshold=PREPARED_AFTER)


def state_of_the_code() -> str:
    """A name for the tables and policies of the code, and for the register built from it."""
    patterns = (
        "havre/**/migrations/*.py",
        "havre/**/rows.py",
        "havre/**/functions.sql",
        "bench/register.py",
        "bench/rows.py",
    )
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def commit() -> str:
    """The last commit that changed the code, marked when the checkout differs from it; results do not count."""
    code = ("--", "havre", "bench", ":!bench/results")

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", *code)
    return git("log", "-1", "--format=%h", "--abbrev=12", *code) + ("+changes" if changed else "")


def machine(cluster: Any) -> dict[str, Any]:
    """What the figures were measured on."""
    with psycopg.connect(cluster.url("postgres")) as admin:
        version = admin.execute("show server_version").fetchone()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "postgresql": version[0] if version else "",
        "system": f"{platform.system()} {platform.machine()}",
    }


def keep(name: str, figures: dict[str, Any]) -> Path:
    """Writes figures to bench/results, the file as a whole or not at all."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{name}.json"
    new = target.with_suffix(".new")
    new.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    new.replace(target)
    return target
