"""The worker's part: a mail for each notice, once, that says only that there is something to do."""

from __future__ import annotations

from django.db import connection, transaction

from havre.platform.jobs import each_minute, job

from . import MAIL, mail


@each_minute
def remind() -> None:
    """What no job has sent: after a restart, when the mail server was away, when the day of a notice has come."""
    mail.deliver()


@each_minute
def remind_of_heads() -> None:
    """Once a month whoever reads the record is told to take its newest head out."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select havre.remind_heads()")


@job(MAIL)
def send() -> None:
    """The mails of notices that were written a moment ago."""
    mail.deliver()
