"""`havre digest mail-in`: a mail server's pipe leads here, and newsletters come to the desk of the digest."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from havre.site.running import DATA, database, start_django

UNREADABLE, LATER, NOBODY = 65, 75, 67  # as mail servers read them: EX_DATAERR, EX_TEMPFAIL, EX_NOUSER
ACT = "story.write"


@click.group()
def digest() -> None:
    """The quarterly digest: what a mail server hands over."""


@digest.command("mail-in")
@click.option("--as", "login", required=True, help="Login of the editor on whose agency’s desk it comes.")
@DATA
def mail_in(login: str, data: Path | None) -> None:
    """Read one mail from standard input: its text becomes a story on the desk, nothing attached is looked at."""
    from django.db.utils import DatabaseError

    try:
        with database(data):
            start_django()
            _take_in(sys.stdin.buffer.read(1_000_001), login)
    except DatabaseError as error:
        _end(f"The database refused ({type(error).__name__}): bring the mail again later.", LATER)


def _take_in(message: bytes, login: str) -> None:
    from havre.exchange.register import as_somebody
    from havre.knowledge.digest.incoming import take_in
    from havre.knowledge.digest.reading import Unreadable
    from havre.knowledge.digest.sentences import fault
    from havre.platform.accounts.models import User
    from havre.platform.audit.actions import Refused

    if not User.objects.filter(login=login, is_active=True).exists():
        _end(f"Nobody has the login {login}.", NOBODY)
    try:
        with as_somebody(login, ACT) as (user, recorder):
            recorder.begin(ACT)
            take_in(message, by=user)
    except Unreadable as unreadable:
        _end(fault(unreadable.code), UNREADABLE)
    except Refused as refused:
        click.echo(str(refused))  # it came before, as mails do: the mail server need not know


def _end(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)
