"""The one entry point `havre`. Heavy libraries are imported inside the commands, so that `--help` is quick."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from havre import __version__

REFUSED = 1
DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder of data, keys and files (default: $HAVRE_DATA).")


class Group(click.Group):
    """Shows what the program refuses as one line, and leaves with 1."""

    def invoke(self, ctx: click.Context) -> object:
        from havre.platform.crypto.provider import KeyFault
        from havre.platform.database.places import ClusterError

        try:
            return super().invoke(ctx)
        except (ClusterError, KeyFault) as error:
            click.echo(str(error), err=True)
            sys.exit(REFUSED)


@click.group(cls=Group)
@click.version_option(__version__, prog_name="havre")
def main() -> None:
    """Havre: an information system against trafficking in persons."""


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


@main.command()
@DATA
def setup(data: Path | None) -> None:
    """Make the roles, tables and policies of an installation, or bring them up to date."""
    with database(data) as url:
        prepare(url)
    click.echo("Ready. Start it with: havre serve")


@main.command()
@click.option("--port", default=8000, show_default=True)
@DATA
def serve(port: int, data: Path | None) -> None:
    """Serve on 127.0.0.1; a reverse proxy with TLS stands before it outside a demonstration."""
    with database(data, alone=True):
        run_server(port)


def run_server(port: int) -> None:
    """Runs gunicorn until it is stopped."""
    environment = {**os.environ, "HAVRE_OWNER": ""}
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    try:
        code = subprocess.run([sys.executable, "-m", "gunicorn", "havre.site.wsgi", *options], env=environment).returncode
    except KeyboardInterrupt:
        return
    if code:
        sys.exit(REFUSED)


# They stand in files of their own and take `main`'s parts from here, which are made by now.
from havre.site.adding import add  # noqa: E402
from havre.site.demo.command import demo  # noqa: E402
from havre.site.importing import bring  # noqa: E402

for each in (add, bring, demo):
    main.add_command(each)


if __name__ == "__main__":
    main()
