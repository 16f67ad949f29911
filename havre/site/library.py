"""`havre library begin`: the publications that the founding brochure lists, to begin a library with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from havre.site.running import DATA, REFUSED, database, start_django


@click.group()
def library() -> None:
    """The library: begin it with the publications that the founding brochure lists."""


@library.command()
@click.option("--as", "login", required=True, help="Login of whoever keeps these records from now on.")
@DATA
def begin(login: str, data: Path | None) -> None:
    """Bring in the brochure's list, for everybody to see; numbers that do not fit are told and kept."""
    with database(data):
        start_django()
        from havre.exchange.register import as_somebody
        from havre.knowledge.library import actions, seed, shown
        from havre.platform.audit.actions import Refused

        try:
            with as_somebody(login, "publication.bring") as (user, recorder):
                recorder.begin("publication.bring")
                rows = actions.bring(seed.brochure(), by=user, visibility=0, source=seed.SOURCE)
                checks = [check for _row, found in shown.checks_of(rows) for check in found]
        except Refused as refusal:
            _refuse(str(refusal))
    click.echo(f"{len(rows)} publications came in.")
    for each in checks:
        click.echo(" ".join([each.sentence, *(twin.title for twin in each.twins)]))


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
