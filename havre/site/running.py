"""What every command of `havre` shares: the database of a data folder, Django, the set-up, the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

REFUSED = 1
DATA = click.option(
    "--data", type=click.Path(path_type=Path), help="Folder of data, keys and files (default: $HAVRE_DATA)."
)


@contextmanager
def database(data: Path | None, *, alone: bool = False) -> Iterator[str]:
    """The owner's address: of DATABASE_URL, or of the embedded server, which runs until the block ends.

    A server process keeps it `alone`; any other command joins the one that runs.
    """
    from havre.platform.database.cluster import Cluster
    from havre.platform.database.places import data_home

    if data:
        os.environ["HAVRE_DATA"] = str(data.expanduser().absolute())
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    cluster = Cluster(data_home())
    with cluster if alone else cluster.attach_or_start():
        os.environ["DATABASE_URL"] = cluster.url()
        yield cluster.url()


def start_django(*, owner: bool = False) -> None:
    """Loads the settings; as the owner for set-up only."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "havre.site.settings"
    os.environ["HAVRE_OWNER"] = "1" if owner else ""
    django.setup()


def prepare(url: str) -> None:
    """Roles, tables, functions, policies and static files, brought to the state of the code."""
    from havre.platform.database import setup
    from havre.platform.database.places import Places, data_home

    setup.make_roles(url, Places(data_home()).keys / "roles.json")
    start_django(owner=True)
    setup.migrate()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def gunicorn(port: int) -> list[str]:
    """The command that serves the application on this machine alone."""
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    kind = ["--worker-class", "havre.site.serving.Worker"]
    return [sys.executable, "-m", "gunicorn", "havre.site.wsgi", *options, *kind]


def run_server(port: int) -> None:
    """Runs gunicorn, with a worker beside it, until it ends or we are stopped.

    Their sessions are their own: Ctrl-C must reach each of them once.
    """
    from havre.site.working import Beside

    environment = {**os.environ, "HAVRE_OWNER": ""}
    server = subprocess.Popen(gunicorn(port), env=environment, start_new_session=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: server.terminate())
    with Beside():
        code = server.wait()
    if code:
        sys.exit(REFUSED)
