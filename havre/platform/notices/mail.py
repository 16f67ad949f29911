"""Sends the mails that are due. All of them say the same: nothing of a person, a file or a colleague."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.ui.errors import place_of

from . import address_of

log = logging.getLogger("havre.mail")
# The server answered that it did not take the mail. After any other fault nobody knows, and it is not sent again.
NOT_TAKEN = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


def deliver() -> None:
    """Sends each mail that is due; when the server is away, all of them wait."""
    if not settings.EMAIL_HOST or not _next():
        return
    server = EmailBackend()
    try:
        server.open()
    except OSError as error:  # of smtplib too
        log.warning("mail waits: %s", place_of(error))
        _ask("select havre.mail_wait()")
        return
    try:
        while due := _next():
            _send(server, *due)
    except OSError as error:
        log.warning("a mail may be lost: %s", place_of(error))
    finally:
        with suppress(OSError):
            server.close()


def _send(server: EmailBackend, notice: UUID, user: UUID) -> None:
    """The mail of one notice, unless another worker took it; taken at the last moment, for it is never sent again."""
    message = _written(notice, user)
    if not _ask("select havre.mail_take(%s)", notice)[0] or message is None:
        return
    try:
        server.send_messages([message])
    except NOT_TAKEN as error:
        log.warning("a mail is tried again: %s", place_of(error))
        _ask("select havre.mail_end(%s, false)", notice)
    else:
        _ask("select havre.mail_end(%s, true)", notice)


def _written(notice: UUID, user: UUID) -> EmailMessage | None:
    try:
        return _message(notice, user)
    except Exception as error:  # of this mail alone: the others are not held up
        log.error("a mail was not written: %s", place_of(error))
        return None


def _message(notice: UUID, user_id: UUID) -> EmailMessage | None:
    """The mail, or nothing for somebody who gave no address."""
    user = User.objects.get(pk=user_id)
    with acting_as(user):
        address = address_of(user)
    if not address:
        return None
    with translation.override(user.language):
        words = _("You have a task in Havre")
    sender = settings.DEFAULT_FROM_EMAIL
    # The usual number of a message names the machine and its process.
    number = keyring.mac("mail", str(notice)).hex()[:32]
    headers = {"Message-ID": f"<{number}@{sender.rpartition('@')[2].strip('> ')}>"}
    return EmailMessage(words, f"{words}.\n", sender, [address], headers=headers)


def _next() -> tuple[UUID, UUID] | None:
    with connection.cursor() as cursor:
        cursor.execute("select * from havre.mail_next()")
        found = cursor.fetchone()
    return found or None


def _ask(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()
