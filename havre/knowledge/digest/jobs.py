"""The worker's rounds: feeds are read, mails go out, what is no longer needed goes."""

from __future__ import annotations

from django.db import connection, transaction

from havre.platform.jobs import each_minute, job

from . import SEND, gathering, post


@each_minute
def read_feeds() -> None:
    """What is due; a round of bad feeds takes ten seconds at most."""
    gathering.gather()


@each_minute
def send_digests() -> None:
    """So many mails a round that nothing else waits long; the rest go with the next ones."""
    post.send()


@each_minute
def forget() -> None:
    """Who never confirmed, and old stories that nobody picked."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select havre.digest_forget()")


@job(SEND)
def send() -> None:
    """Mails that were asked for a moment ago."""
    post.send()
