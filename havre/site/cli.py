"""The one entry point `havre`. Heavy libraries are imported inside the commands, so that `--help` is quick."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from havre import __version__
from havre.site import ledgers, releasing  # noqa: F401 - commands of `havre research`
from havre.site.research import research
from havre.site.running import DATA, REFUSED, database, prepare, run_server

WHOLE = find_spec("django") is not None  # else only the libraries of `havre research` are installed, havre[research]


class Group(click.Group):
    """Shows what the program refuses as one line, and leaves with 1."""

    def invoke(self, ctx: click.Context) -> object:
        if not WHOLE:
            return super().invoke(ctx)
        from django.core.exceptions import ImproperlyConfigured

        from havre.platform.crypto.provider import KeyFault
        from havre.platform.database.places import ClusterError

        try:
            return super().invoke(ctx)
        except (ClusterError, KeyFault, ImproperlyConfigured) as error:
            click.echo(str(error), err=True)
            sys.exit(REFUSED)


@click.group(cls=Group)
@click.version_option(__version__, prog_name="havre")
def main() -> None:
    """Havre: an information system against trafficking in persons."""


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


def commands() -> Iterator[click.Command]:
    """Those of other files: without Django `havre research` alone, and what checks a record where it can be checked."""
    yield research
    if find_spec("cryptography"):
        from havre.site.auditing import verify_audit

        yield verify_audit
    if not WHOLE:
        return
    from havre.site import vetting  # noqa: F401 - a command of `havre directory`
    from havre.site.adding import add
    from havre.site.auditing import audit_heads, audit_key, export_audit, seal_audit
    from havre.site.demo.command import demo
    from havre.site.digesting import digest
    from havre.site.directory import directory
    from havre.site.exporting import take_out
    from havre.site.importing import bring
    from havre.site.library import library
    from havre.site.posting import mail
    from havre.site.resetting import reset
    from havre.site.working import worker

    yield from (add, bring, take_out, directory, digest, library, demo, worker, mail, reset)
    yield from (seal_audit, audit_heads, audit_key, export_audit)


for each in commands():
    main.add_command(each)

if __name__ == "__main__":
    main()
