"""`havre mail`: one mail goes out, to see that the mail server takes it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from havre.site.running import DATA, REFUSED, database, start_django


@click.command()
@click.argument("address")
@DATA
def mail(address: str, data: Path | None) -> None:
    """Send one mail as a notice does, to ADDRESS: it says that there is a task, and nothing else."""
    with database(data):
        start_django()
        from django.conf import settings

        from havre.platform.notices.mail import try_out

        if not settings.EMAIL_HOST:
            _refuse("HAVRE_MAIL_HOST is not set: notices stand on the first page only.")
        if fault := try_out(address):
            _refuse(f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} did not take it: {fault}")
    click.echo(f"{settings.EMAIL_HOST} took a mail for {address}.")


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
